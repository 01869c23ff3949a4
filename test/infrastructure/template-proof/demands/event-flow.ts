import { expect } from 'vitest';
import { compilePattern } from '../../../../lib/event-bridge/compile-pattern.ts';
import { ACCOUNT, only, REGION, triageFunction } from '../../synthesized.ts';
import { findingRule } from '../access.ts';
import type { Demand } from '../demand.ts';

const IMPORTED = 'Security Hub Findings - Imported';
const ACTION = 'Security Hub Findings - Custom Action';
const MARKED = { UserDefinedFields: { triageSet: '{"v":1,"Workflow":"NOTIFIED"}' } };
const retriage = (account: string) => [
  `arn:aws:securityhub:${REGION}:${account}:action/custom/triageRetriage`,
];

/** An event of a finding that nobody has touched, of a control; the one rule looks for S3.8. */
const ofControl = (SecurityControlId: string) => ({
  detail: { findings: [{ Id: 'x', Compliance: { SecurityControlId } }] },
});

/** Events come in, and only ours; they go through one function, in large batches and few at a time. */
export const EVENT_FLOW_DEMANDS: readonly Demand[] = [
  {
    sentence:
      'the rule is on and takes what its rule looks for, marked findings and Re-triage; of others nothing',
    check: (stack) => {
      const rule = findingRule(stack);
      const pattern = compilePattern(rule.pattern);
      const passes = (changes: object) =>
        pattern.ok &&
        pattern.matches({
          source: 'aws.securityhub',
          'detail-type': IMPORTED,
          account: ACCOUNT,
          region: REGION,
          resources: ['arn:aws:securityhub:eu-west-1::product/aws/guardduty/x'],
          detail: { findings: [{ Id: 'x', ...MARKED }] },
          ...changes,
        });
      expect(rule.enabled).toBe(true);
      expect(passes({})).toBe(true);
      expect(passes({ 'detail-type': ACTION, resources: retriage(ACCOUNT) })).toBe(true);
      expect(
        passes({ 'detail-type': ACTION, resources: ['arn:aws:securityhub:x:y:action/custom/other'] }),
      ).toBe(false);
      expect(passes(ofControl('S3.8'))).toBe(true);
      expect(passes(ofControl('S3.9'))).toBe(false);
      expect(passes({ source: 'my.app' })).toBe(false);
      expect(passes({ 'detail-type': 'Findings Imported V2' })).toBe(false);
      expect(passes({ 'detail-type': 'Security Hub Insight Results' })).toBe(false);
    },
  },
  {
    sentence: 'what EventBridge cannot deliver in a day of trying is kept apart',
    check: (stack) => {
      expect(only(findingRule(stack).targets)).toMatchObject({
        arn: stack.ingest.arn,
        deadLetterArn: stack.undelivered.arn,
        maxEventAgeSeconds: 86_400,
        maxRetryAttempts: 185,
      });
    },
  },
  {
    sentence:
      'the function takes from the ingest queue, many at a time, two at once, and tells failures apart',
    check: (stack) => {
      const mapping = only(stack.resources.eventSourceMappings);
      expect(mapping).toMatchObject({
        queueArn: stack.ingest.arn,
        functionName: triageFunction(stack.resources).name,
        maxConcurrency: 2,
        reportsBatchItemFailures: true,
        enabled: true,
      });
      expect(mapping.batchSize).toBeGreaterThanOrEqual(100);
      expect(mapping.batchingWindowSeconds).toBeGreaterThanOrEqual(1);
      expect(mapping.batchingWindowSeconds).toBeLessThanOrEqual(60);
    },
  },
  {
    sentence: 'Security Hub has the button Re-triage, by the id the function knows',
    check: (stack) => {
      expect(stack.resources.actionTargets).toMatchObject([{ id: 'triageRetriage', name: 'Re-triage' }]);
    },
  },
];
