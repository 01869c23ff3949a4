import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Names, Stage } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Ruleset } from '../../rules/ruleset.ts';
import { refuse } from '../configuration/refusal.ts';
import {
  type DerivedPattern,
  deriveEventPattern,
  MOST_PATTERN_BYTES,
} from '../event-pattern/derive-pattern.ts';
import { explainPattern } from '../event-pattern/explain-pattern.ts';
import { patternMarkdown } from '../event-pattern/pattern-markdown.ts';
import type { TriageQueues } from '../queues/queues.ts';
import { TARGET_RETRY } from '../queues/timings.ts';

/**
 * Brings findings that a rule may decide, and presses of our own custom actions, from the default bus (the only one
 * AWS services send to) to the ingest queue. What EventBridge cannot deliver within a day goes to its own dead-letter
 * queue. Beside the template stands why each event passes.
 */
export function createEventRule(scope: Construct, queues: TriageQueues, ruleset: Ruleset): events.Rule {
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
  const derived = deriveEventPattern(ruleset);
  if (derived.bytes > MOST_PATTERN_BYTES) {
    const { customActions, succeeds } = ruleset.config;
    refuse(
      `The event pattern takes ${derived.bytes} characters, and EventBridge ${MOST_PATTERN_BYTES}: rules/triage.config.json names ${customActions.length} customActions and ${succeeds.length} instances under succeeds. Name fewer.`,
    );
  }
  // CDK's typed pattern knows no `$or`.
  resource.eventPattern = derived.pattern;
  explainBesideTemplate(scope, ruleset, derived);
  return rule;
}

function explainBesideTemplate(scope: Construct, ruleset: Ruleset, derived: DerivedPattern): void {
  const assembly = Stage.of(scope)?.outdir;
  if (assembly === undefined) throw new Error(`${scope.node.path} is not inside a CDK app.`);
  const explanation = explainPattern(ruleset, derived);
  const base = join(assembly, `${Names.uniqueResourceName(scope, {})}.event-pattern`);
  writeFileSync(`${base}.json`, `${JSON.stringify(explanation, null, 2)}\n`);
  writeFileSync(`${base}.md`, patternMarkdown(explanation));
}
