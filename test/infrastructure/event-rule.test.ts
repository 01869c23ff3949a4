import { describe, expect, it } from 'vitest';
import { eventPattern } from '../../lib/infrastructure/event-rule.ts';
import { compilePattern } from '../../lib/local/event-bridge/compile-pattern.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';

const IMPORTED = 'Security Hub Findings - Imported';
const CUSTOM = 'Security Hub Findings - Custom Action';
const ACTION = 'arn:aws:securityhub:eu-west-1:111122223333:action/custom/';

describe('the event pattern', () => {
  it.each([
    ['an imported finding', IMPORTED, ['arn:aws:securityhub:eu-west-1::product/aws/guardduty/x'], true],
    ['our Re-triage action', CUSTOM, [`${ACTION}triageRetriage`], true],
    ['a custom action of the ruleset', CUSTOM, [`${ACTION}escalate`], true],
    ['a foreign custom action', CUSTOM, [`${ACTION}SendToJira`], false],
    ['an action whose name ends like ours', CUSTOM, [`${ACTION}de-escalate`], false],
    ['insight results', 'Security Hub Insight Results', [`${ACTION}triageRetriage`], false],
    ['an OCSF finding', 'Findings Imported V2', ['0a'], false],
  ])('judges %s', (_name, detailType, resources, expected) => {
    const pattern = compilePattern(eventPattern({ ...DEFAULT_CONFIG, customActions: ['escalate'] }));

    const matches = pattern.ok && pattern.matches(event(detailType, resources));

    expect(pattern.ok).toBe(true);
    expect(matches).toBe(expected);
  });

  it('leaves out other sources that use the same detail-type', () => {
    const pattern = compilePattern(eventPattern(DEFAULT_CONFIG));

    const matches = pattern.ok && pattern.matches({ ...event(IMPORTED, []), source: 'my.app' });

    expect(matches).toBe(false);
  });
});

function event(detailType: string, resources: readonly string[]) {
  return { source: 'aws.securityhub', 'detail-type': detailType, resources, detail: { findings: [] } };
}
