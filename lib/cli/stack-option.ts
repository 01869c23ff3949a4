import { Option } from 'commander';
import { readStackOutputs } from '../account/stack-outputs.ts';
import { escapeText } from '../rules/escape-text.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_STACK = 'SecurityHubTriage';

export const stackOption = () => new Option('--stack <name>', 'the deployed stack').default(DEFAULT_STACK);

/**
 * Outputs of the stack that is named, by the ends of their names. `instead` completes "Name it with --stack" where the
 * things can be named without one. Throws UsageError where something is missing, CallFailed where it is denied.
 */
export async function stackOutputs<Name extends string>(
  stack: string,
  wanted: Readonly<Record<Name, string>>,
  instead = '',
): Promise<Readonly<Record<Name, string>>> {
  const reading = await readStackOutputs(stack, wanted);
  const shown = escapeText(stack);
  switch (reading.kind) {
    case 'found':
      return reading.outputs;
    case 'unconfigured':
      throw unconfigured(reading.why);
    case 'noStack':
      throw new UsageError(
        `There is no stack ${shown} in this account and Region. Name it with --stack${instead === '' ? '' : `, ${instead}`}.`,
      );
    case 'incomplete':
      throw new UsageError(
        `The stack ${shown} has no output …${reading.missing}: it is not this product's, or an older one. Name another${instead === '' ? '' : `, ${instead}`}.`,
      );
    default:
      return reading satisfies never;
  }
}

export function unconfigured(why: string): UsageError {
  return new UsageError(
    `There is no account to look at: ${escapeText(why)}. Set AWS_PROFILE or credentials, and AWS_REGION.`,
  );
}
