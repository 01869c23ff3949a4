import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, SEVERITY_LABELS } from '../../lib/findings/finding.ts';
import { applyUpdate } from './apply-update.ts';
import { freshFinding, type Incident, someIncident, someRuleset } from './arbitraries.ts';
import { referenceDecide } from './decide.ts';
import { currentValue, providerValue, sameValue, severityLabel, userDefined } from './fields.ts';
import { findingWith, IMPORTED, markedFinding, NOW, rulesetOf, WITHDRAWING_ALL } from './fixtures.ts';
import { rank } from './ownership.ts';

/** A provider's new values show on top only where nobody has changed the old ones. */
function imported(finding: Finding, members: Readonly<Record<string, unknown>>): Finding {
  const followed = Object.entries(members).filter(([field]) =>
    sameValue(currentValue(finding, field), providerValue(finding, field)),
  );
  const before = finding.FindingProviderFields ?? {};
  return {
    ...finding,
    ...Object.fromEntries(followed),
    FindingProviderFields: { ...before, ...members },
  };
}

function after(finding: Finding, incident: Incident): Finding {
  if (incident.by === 'provider') return imported(finding, incident.members);
  if (incident.by === 'person') {
    const keys = { ...Object.fromEntries(userDefined(finding)), ...incident.keys };
    return { ...finding, ...incident.members, UserDefinedFields: keys };
  }
  const decision = referenceDecide(finding, IMPORTED, incident.ruleset, NOW);
  return decision.kind === 'update' ? applyUpdate(finding, decision.update) : finding;
}

describe('a decision', () => {
  it('sends nothing when it is taken again after it was applied', () => {
    const history = fc.array(someIncident, { maxLength: 5 });

    fc.assert(
      fc.property(freshFinding, history, someRuleset, (fresh, incidents, ruleset) => {
        const finding = incidents.reduce(after, fresh);
        const first = referenceDecide(finding, IMPORTED, ruleset, NOW);
        fc.pre(first.kind === 'update');

        const second = referenceDecide(applyUpdate(finding, first.update), IMPORTED, ruleset, NOW);

        expect(second.update).toBeNull();
      }),
      { numRuns: 500, seed: 20260615 },
    );
  });

  it('only ever makes a finding more visible when no rule is left, whatever a mark says', () => {
    const label = fc.constantFrom(...SEVERITY_LABELS);
    const status = fc.constantFrom('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED');
    const forged = fc.record({
      Workflow: status,
      Severity: label,
      was: fc.record({ Workflow: status, Severity: label }, { requiredKeys: [] }),
    });

    fc.assert(
      fc.property(forged, label, label, status, fc.boolean(), (mark, top, provider, Status, told) => {
        const provided = told ? { FindingProviderFields: { Severity: { Label: provider } } } : {};
        const finding = markedFinding(mark, {
          Severity: { Label: top },
          Workflow: { Status },
          ...findingWith(provided),
        });

        const update = referenceDecide(
          finding,
          IMPORTED,
          rulesetOf([], { config: WITHDRAWING_ALL }),
          NOW,
        ).update;

        const floor = told ? provider : top;
        expect(update?.Workflow?.Status ?? 'NEW').toBe('NEW');
        expect(rank(severityLabel(update?.Severity) ?? floor)).toBeGreaterThanOrEqual(rank(floor));
      }),
      { numRuns: 500, seed: 20260615 },
    );
  });
});
