import { CallFailed } from '../account/call-failed.ts';
import { escapeText } from '../rules/escape-text.ts';
import { ProblemsFound } from './problems-found.ts';

/** Does the work; a call that failed for good ends it with what was asked, and what to grant. */
export async function tellFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CallFailed ? new ProblemsFound(failureText(error)) : error;
  }
}

/** A failed call in words. */
export function failureText({ action, resource, failure }: CallFailed): string {
  const { code, message } = failure.cause;
  const what = `${action} on ${escapeText(resource)} failed: ${escapeText(`${code}: ${message}`).replace(/\.?$/, '.')}`;
  return /AccessDenied|NotAuthorized|UnrecognizedClient|InvalidClientTokenId/.test(code)
    ? `${what}\n${grantText(action)}`
    : what;
}

function grantText(action: string): string {
  if (action.startsWith('states:'))
    return `Grant ${action} on the sweep's state machine, SweepMachineArn of the stack's outputs, and its executions.`;
  if (action.startsWith('securityhub:'))
    return `Grant ${action} on your hub: docs/verify-account.md has a policy with it.`;
  switch (action) {
    case 'sts:AssumeRole':
      return 'Let your identity sts:AssumeRole this role, or name another with --role; --no-role works with your own rights.';
    case 'cloudformation:DescribeStacks':
      return 'Grant it for the stack. Commands on dead letters take the queues by name instead: --dead-letter-queue, --undelivered-queue, --ingest-queue.';
    case 'sqs:SendMessage':
      return "The ingest queue takes messages from the event rule, the sweep and the stack's redrive role alone: --role <RedriveRoleArn>.";
    default:
      return `The stack's redrive role may: --role <RedriveRoleArn>. Otherwise grant ${action} on the queue.`;
  }
}
