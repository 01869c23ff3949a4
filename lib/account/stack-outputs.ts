import { CallFailed } from './call-failed.ts';

export type OutputsReading<Name extends string> =
  | { readonly kind: 'found'; readonly outputs: Readonly<Record<Name, string>> }
  | { readonly kind: 'noStack' }
  /** It is no stack of this product, or of an older version: an output is missing. */
  | { readonly kind: 'incomplete'; readonly missing: string }
  | { readonly kind: 'unconfigured'; readonly why: string };

/**
 * Looks outputs of a deployed stack up, each by the end of its name: the construct's own path and a hash stand around
 * it. Needs cloudformation:DescribeStacks, without which it throws CallFailed.
 */
export async function readStackOutputs<Name extends string>(
  stackName: string,
  wanted: Readonly<Record<Name, string>>,
): Promise<OutputsReading<Name>> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
  try {
    await client.config.region();
    await client.config.credentials();
  } catch (error) {
    return { kind: 'unconfigured', why: error instanceof Error ? error.message : String(error) };
  }
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return pick(Stacks[0]?.Outputs ?? [], wanted);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ValidationError' && /does not exist/.test(message)) return { kind: 'noStack' };
    throw new CallFailed('cloudformation:DescribeStacks', `the stack ${stackName}`, error);
  } finally {
    client.destroy();
  }
}

function pick<Name extends string>(
  outputs: readonly { readonly OutputKey?: string | undefined; readonly OutputValue?: string | undefined }[],
  wanted: Readonly<Record<Name, string>>,
): OutputsReading<Name> {
  const found: Partial<Record<Name, string>> = {};
  for (const [name, part] of Object.entries(wanted) as [Name, string][]) {
    // `TriageDeadLetterQueueUrlB1E5C7A2`: what follows the name is the hash.
    const pattern = new RegExp(`${part}(?:[0-9A-F]{8})?$`);
    const value = outputs.find(({ OutputKey }) => pattern.test(OutputKey ?? ''))?.OutputValue;
    if (value === undefined) return { kind: 'incomplete', missing: part };
    found[name] = value;
  }
  return { kind: 'found', outputs: found as Record<Name, string> };
}
