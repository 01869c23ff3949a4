import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SEVERITY_LABELS } from '../../lib/findings/finding.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { findingTitled } from '../under-fire/range.ts';
import { HOSTILE_RULES } from './hostile-rules.ts';

const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
const numRuns = Number(process.env.HOSTILE_RUNS ?? 3_000);

let ruleset: Ruleset;
beforeAll(() => {
  const rules = HOSTILE_RULES.map((rule, n) => ({
    ...{ owner: '@acme/secops', mode: 'enforce', priority: 100 + n },
    ...rule,
  }));
  ruleset = loadRulesetOrThrow(writeRules({ succeeds: ['before'] }, rules));
});

const status = fc.constantFrom('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED', '*', '', 'x');
const label = fc.constantFrom(...SEVERITY_LABELS, 'x', null);
const score = fc.constantFrom(-1, 0, 50, 100, 1e21, null);
const count = fc.constantFrom(-1, 0, 1, 50, 1e9, null);
const hash = fc.constantFrom('00000000', 'ffffffff', '*', '');
const members = {
  Workflow: status,
  Severity: label,
  VerificationState: fc.constantFrom('UNKNOWN', 'FALSE_POSITIVE', '*'),
  Confidence: score,
  Criticality: score,
  Types: fc.oneof(hash, count),
  RelatedFindings: fc.oneof(hash, count),
  Note: hash,
};
const entries = fc.record(members, { requiredKeys: [] });
const mark = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({ v: fc.constantFrom(1, 1, 1, 2, -1, 1.5), ...markMembers() }, { requiredKeys: ['v'] })
      .map((content) => JSON.stringify(content)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{',
      '{"v":1',
      '{"__proto__":{"v":1}}',
      'null',
      `{"v":1,"Note":"${'f'.repeat(1_000)}"}`,
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 1_024 }) },
);

function markMembers() {
  return {
    ...members,
    was: entries,
    off: fc.array(fc.constantFrom(...Object.keys(members), '__proto__')),
    UserDefinedFields: fc.dictionary(
      fc.constantFrom('ticket', 'triageSet', '__proto__', 'constructor'),
      hash,
    ),
  };
}

const forged = fc.record({
  set: mark,
  rules: fc.constantFrom('|lower-it|', '|no-such-rule|', '|', '\u001b[2J', '|'.repeat(1_024)),
  prefix: fc.constantFrom('triage', 'before', 'other'),
  status: fc.constantFrom('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'),
  label: fc.constantFrom(...SEVERITY_LABELS),
  note: fc.option(fc.constantFrom('Seen: quote', 'x'), { nil: undefined }),
});

describe('a mark that somebody else wrote, on a finding that no rule touches', () => {
  it('makes it more visible at most, by at most one further update', async () => {
    let updates = 0;

    await fc.assert(
      fc.asyncProperty(forged, async ({ set, rules, prefix, status, label, note }) => {
        const finding = findingTitled('leave', 'forged', {
          Workflow: { Status: status },
          Severity: { Label: label },
          ...(note !== undefined && { Note: { Text: note, UpdatedBy: 'securityhub-triage' } }),
          UserDefinedFields: { ticket: 'SEC-1', [`${prefix}Set`]: set, [`${prefix}Rules`]: rules },
        });

        const first = await decide(finding, IMPORTED, ruleset, Date.now());
        const second = await decide(applyUpdate(finding, first.update), IMPORTED, ruleset, Date.now());

        updates += first.kind === 'update' ? 1 : 0;
        expect(['NEW', undefined]).toContain(first.update?.Workflow?.Status);
        const provider = SEVERITY_LABELS.indexOf('MEDIUM');
        const set_ = first.update?.Severity?.Label;
        if (set_ !== undefined) expect(SEVERITY_LABELS.indexOf(set_)).toBeGreaterThanOrEqual(provider);
        expect(second.kind).not.toBe('update');
      }),
      { seed: 20260727, numRuns },
    );

    console.log(`${numRuns} forged marks: ${updates} asked for an update`);
    expect(updates).toBeGreaterThan(numRuns / 50);
  }, 120_000);

  it('of a megabyte is read like any other text', async () => {
    const UserDefinedFields = { triageSet: `{"v":1,"Workflow":"SUPPRESSED","x":"${'x'.repeat(1_048_576)}"}` };
    const finding = findingTitled('leave', 'large mark', {
      UserDefinedFields,
      Workflow: { Status: 'SUPPRESSED' },
    });

    const { update } = await decide(finding, IMPORTED, ruleset, Date.now());

    expect(update?.Workflow).toEqual({ Status: 'NEW' });
  });
});
