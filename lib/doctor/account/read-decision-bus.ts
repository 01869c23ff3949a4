import { asked } from '../../account/call-failed.ts';
import { type Answer, answerOrMeaning } from './answer.ts';
import type { Connection } from './connect.ts';

/** Whether the event bus is there. */
export function readDecisionBus(
  { events: { client, sdk } }: Connection,
  arn: string,
): Promise<Answer<boolean>> {
  return answerOrMeaning(
    async () => {
      await asked('events:DescribeEventBus', arn, () =>
        client.send(new sdk.DescribeEventBusCommand({ Name: arn })),
      );
      return true;
    },
    ({ failure }) => (failure.cause.code === 'ResourceNotFoundException' ? { value: false } : null),
  );
}
