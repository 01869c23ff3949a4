import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../lib/infrastructure/configuration.ts';
import { visibilityTimeoutSeconds } from '../../lib/infrastructure/timings.ts';
import { writeRules } from './fixture-rules.ts';
import { type Synthesized, synthesize } from './synthesized.ts';

let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ rulesDir: writeRules() });
});

describe('the alarms', () => {
  it.each([
    ['ApproximateNumberOfMessagesVisible', 'AWS/SQS', 2],
    ['ApproximateAgeOfOldestMessage', 'AWS/SQS', 1],
    ['Errors', 'AWS/Lambda', 1],
    ['Throttles', 'AWS/Lambda', 1],
    ['AccessDenied', 'securityhub-triage', 1],
  ])('watch %s', (metric, namespace, count) => {
    const watching = alarms().filter(
      ({ Properties }) => Properties.MetricName === metric && Properties.Namespace === namespace,
    );

    expect(watching).toHaveLength(count);
  });

  it('watch both dead-letter queues and not one of them twice', () => {
    const watched = alarms()
      .filter(({ Properties }) => Properties.MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(({ Properties }) => JSON.stringify(Properties.Dimensions));

    expect(new Set(watched).size).toBe(2);
    expect(watched.join()).toContain(stack.deadLetter.logicalId);
    expect(watched.join()).toContain(stack.undelivered.logicalId);
  });

  it("watch the metrics of this stack's function alone, as it names itself in them", () => {
    const denied = alarms().find(({ Properties }) => Properties.MetricName === 'AccessDenied');
    const [fn] = Object.keys(stack.template.findResources('AWS::Lambda::Function'));

    expect(denied?.Properties.Dimensions).toEqual([{ Name: 'service', Value: { Ref: fn } }]);
  });

  it('say when they go off and where the remedy is written', () => {
    for (const { Properties } of alarms())
      expect(Properties.AlarmDescription).toMatch(
        /^This alarm goes off when [^.]+\. What to do: "[A-Z][a-z ]+" in README\.md, Operations\.$/,
      );
  });

  it('stay quiet while there is nothing to measure', () => {
    for (const { Properties } of alarms()) expect(Properties.TreatMissingData).toBe('notBreaching');
  });

  it('go off on a quiet account, whose failed batches come again only after their visibility timeout', () => {
    const errors = alarms().find(({ Properties }) => Properties.MetricName === 'Errors')?.Properties;
    const visibilitySeconds = visibilityTimeoutSeconds(DEFAULT_CONFIGURATION);

    expect(errors?.DatapointsToAlarm).toBe(2);
    // Two failures one visibility timeout apart lie within the window, wherever the periods begin.
    expect((errors?.EvaluationPeriods ?? 0) * errors?.Period).toBeGreaterThanOrEqual(2 * visibilitySeconds);
  });

  it('go off on old events long before the queue forgets them', () => {
    const age = alarms().find(({ Properties }) => Properties.MetricName === 'ApproximateAgeOfOldestMessage');

    expect(age?.Properties.Threshold * 24).toBeLessThanOrEqual(
      Number(stack.ingest.attributes.MessageRetentionPeriod),
    );
  });
});

function alarms() {
  return Object.values(stack.template.findResources('AWS::CloudWatch::Alarm'));
}
