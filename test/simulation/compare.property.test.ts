import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEVERITY_LABELS, WORKFLOW_STATUSES } from '../../lib/findings/finding.ts';
import { compareStandings, type Standing } from '../../lib/simulation/compare.ts';

const standing: fc.Arbitrary<Standing> = fc.record({
  workflow: fc.constantFrom(...WORKFLOW_STATUSES, 'OTHER'),
  severity: fc.constantFrom(...SEVERITY_LABELS, 'NONE'),
  others: fc.constantFrom('', '[{"Confidence":50}]', '[{"Confidence":60}]'),
});

const SWAPPED = {
  newlySuppressed: 'noLongerSuppressed',
  noLongerSuppressed: 'newlySuppressed',
  severityLowered: 'severityRaised',
  severityRaised: 'severityLowered',
  workflowChanged: 'workflowChanged',
  otherFieldsChanged: 'otherFieldsChanged',
} as const;

describe('how a finding stands under two rulesets', () => {
  it('is no change where it stands alike, and always one where it does not', () => {
    fc.assert(
      fc.property(standing, standing, (before, after) => {
        const alike =
          before.workflow === after.workflow &&
          before.severity === after.severity &&
          before.others === after.others;

        expect(compareStandings(before, after) === null).toBe(alike);
      }),
    );
  });

  it('has gains and losses swapped where the two are', () => {
    fc.assert(
      fc.property(standing, standing, (before, after) => {
        const change = compareStandings(before, after);
        const back = compareStandings(after, before);

        expect(back).toBe(change === null ? null : SWAPPED[change]);
      }),
    );
  });

  it.each([
    ['NEW', 'SUPPRESSED', 'CRITICAL', 'LOW', 'newlySuppressed'],
    ['SUPPRESSED', 'RESOLVED', 'HIGH', 'HIGH', 'noLongerSuppressed'],
    ['NEW', 'RESOLVED', 'HIGH', 'LOW', 'severityLowered'],
    ['NEW', 'NEW', 'NONE', 'INFORMATIONAL', 'severityRaised'],
    ['NEW', 'NOTIFIED', 'HIGH', 'HIGH', 'workflowChanged'],
  ])('from %s to %s, %s to %s, is %s', (from, to, severityBefore, severityAfter, expected) => {
    const change = compareStandings(
      { workflow: from, severity: severityBefore, others: '' },
      { workflow: to, severity: severityAfter, others: 'x' },
    );

    expect(change).toBe(expected);
  });
});
