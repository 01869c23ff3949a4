import { CallFailed } from './call-failed.ts';
import { COMMAND_CLIENT, configured, type Unconfigured } from './configured.ts';

export type OutputsReading<Name extends string, Optional extends string = never> =
  | {
      readonly kind: 'found';
      readonly outputs: Readonly<Record<Name, string>> & Readonly<Partial<Record<Optional, string>>>;
    }
  | { readonly kind: 'noStack' }
  /** It is no stack of this product, or of an older version: an output is missing. */
  | { readonly kind: 'incomplete'; readonly missing: string }
  | Unconfigured;

/**
 * Looks outputs of a deployed stack up, each by the end of its name: the construct's own path and a hash stand around
 * it. Needs cloudformation:DescribeStacks, without which it throws CallFailed.
 *
 * @param optional outputs that a stack of this product may lack
 */
export async function readStackOutputs<Name extends string, Optional extends string = never>(
  stackName: string,
  wanted: Readonly<Record<Name, string>>,
  optional = {} as Readonly<Record<Optional, string>>,
): Promise<OutputsReading<Name, Optional>> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(COMMAND_CLIENT);
  try {
    const setUp = await configured(client);
    if (setUp.kind === 'unconfigured') return setUp;
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return pick(Stacks[0]?.Outputs ?? [], wanted, optional);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ValidationError' && /does not exist/.test(message)) return { kind: 'noStack' };
    throw new CallFailed('cloudformation:DescribeStacks', `the stack ${stackName}`, error);
  } finally {
    client.destroy();
  }
}

type Outputs = readonly {
  readonly OutputKey?: string | undefined;
  readonly OutputValue?: string | undefined;
}[];

function pick<Name extends string, Optional extends string>(
  outputs: Outputs,
  wanted: Readonly<Record<Name, string>>,
  optional: Readonly<Record<Optional, string>>,
): OutputsReading<Name, Optional> {
  const found = Object.fromEntries(
    Object.entries<string>({ ...optional, ...wanted }).flatMap(([name, part]) => {
      const value = outputOf(outputs, part);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const missing = Object.entries<string>(wanted).find(([name]) => found[name] === undefined);
  if (missing !== undefined) return { kind: 'incomplete', missing: missing[1] };
  return {
    kind: 'found',
    outputs: found as Record<Name, string> & Partial<Record<Optional, string>>,
  };
}

function outputOf(outputs: Outputs, part: string): string | undefined {
  // `TriageDeadLetterQueueUrlB1E5C7A2`: what follows the name is the hash.
  const pattern = new RegExp(`${part}(?:[0-9A-F]{8})?$`);
  return outputs.find(({ OutputKey }) => pattern.test(OutputKey ?? ''))?.OutputValue;
}
