import { asked } from '../../account/call-failed.ts';
import { COMMAND_CLIENT } from '../../account/configured.ts';
import type { QueueState } from './letter-queue.ts';

/** What stands in an ARN between the service and the resource. */
interface Place {
  readonly region: string;
  readonly account: string;
}

/**
 * Why what Security Hub does not have is not gone: the credentials read another account's or Region's than the one whose
 * letters lie in the queue, and that one has none of its findings. Null where they are the same. Throws CallFailed.
 */
export async function foreignHub({ arn }: Pick<QueueState, 'arn'>): Promise<string | null> {
  const { DescribeHubCommand, SecurityHubClient } = await import('@aws-sdk/client-securityhub');
  const client = new SecurityHubClient(COMMAND_CLIENT);
  try {
    const { HubArn = '' } = await asked('securityhub:DescribeHub', 'the hub', () =>
      client.send(new DescribeHubCommand()),
    );
    const [hub, queue] = [placeOf(HubArn), placeOf(arn)];
    if (hub.account === queue.account && hub.region === queue.region) return null;
    return `you read Security Hub of account ${hub.account} in ${hub.region}, and the queue is of account ${queue.account} in ${queue.region}`;
  } finally {
    client.destroy();
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function placeOf(arn: string): Place {
  const [, , , region = '', account = ''] = arn.split(':');
  return { region, account };
}
