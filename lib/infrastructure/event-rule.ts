import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { TriageConfig } from '../rules/ruleset.ts';
import type { TriageQueues } from './queues.ts';
import { TARGET_RETRY } from './timings.ts';

/**
 * Brings findings, and presses of our own custom actions, from the default bus (the only one AWS services send to)
 * to the ingest queue. What EventBridge cannot deliver within a day goes to its own dead-letter queue.
 */
export function createEventRule(scope: Construct, queues: TriageQueues, config: TriageConfig): events.Rule {
  const rule = new events.Rule(scope, 'FindingEvents', {
    description: 'Security Hub findings to triage',
    targets: [
      new targets.SqsQueue(queues.ingest, {
        deadLetterQueue: queues.undelivered,
        maxEventAge: Duration.hours(TARGET_RETRY.hours),
        retryAttempts: TARGET_RETRY.attempts,
      }),
    ],
    eventPattern: { source: ['aws.securityhub'] },
  });
  const resource = rule.node.defaultChild;
  if (!(resource instanceof events.CfnRule))
    throw new Error(`${rule.node.path} has no EventBridge rule resource.`);
  // CDK's typed pattern knows no `$or`.
  resource.eventPattern = eventPattern(config);
  return rule;
}

/**
 * Which events are ours. Shapes: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 * The same bus carries other tools' custom actions; a finding sent to them must not be triaged again.
 */
export function eventPattern(config: TriageConfig): object {
  const actions = [...new Set([`${config.prefix}Retriage`, ...config.customActions])].sort();
  return {
    source: ['aws.securityhub'],
    $or: [
      { 'detail-type': ['Security Hub Findings - Imported'] },
      {
        'detail-type': ['Security Hub Findings - Custom Action'],
        resources: actions.map((id) => ({ suffix: `:action/custom/${id}` })),
      },
    ],
  };
}
