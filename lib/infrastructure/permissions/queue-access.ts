import * as iam from 'aws-cdk-lib/aws-iam';
import type { TriageQueues } from '../queues/queues.ts';

/**
 * Says who may put messages into each queue, against everybody else in the account whatever their own rights are:
 * a forged event could make a rule suppress a real finding, and a forged dead letter could be redriven.
 */
export function restrictSenders(
  queues: TriageQueues,
  senders: {
    readonly ruleArn: string;
    readonly functionRoleArn: string;
    readonly redriveRoleArn: string;
    readonly sweepRoleArn: string;
  },
): void {
  const { ruleArn, functionRoleArn, redriveRoleArn, sweepRoleArn } = senders;

  // Both tests must hold for the denial: one that is neither our rule nor a role of ours. A request without
  // aws:SourceArn or aws:PrincipalArn is not equal to it, so the lack of a key helps nobody.
  queues.ingest.addToResourcePolicy(
    denySend('OnlyOurSenders', queues.ingest.queueArn, {
      ArnNotEquals: { 'aws:SourceArn': ruleArn, 'aws:PrincipalArn': [redriveRoleArn, sweepRoleArn] },
    }),
  );

  queues.undelivered.addToResourcePolicy(
    denySend('OnlyRule', queues.undelivered.queueArn, { ArnNotEquals: { 'aws:SourceArn': ruleArn } }),
  );

  // SQS itself moves messages here under the ingest queue's redrive policy, not as an IAM principal; the test for
  // the key's presence leaves it out of the denial. Nobody else without a principal is allowed anything.
  queues.deadLetter.addToResourcePolicy(
    denySend('OnlyFunctionAndRedrive', queues.deadLetter.queueArn, {
      ArnNotEquals: { 'aws:PrincipalArn': [functionRoleArn, redriveRoleArn] },
      Null: { 'aws:PrincipalArn': 'false' },
    }),
  );
}

function denySend(sid: string, queueArn: string, conditions: iam.Conditions): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['sqs:SendMessage'],
    resources: [queueArn],
    conditions,
  });
}
