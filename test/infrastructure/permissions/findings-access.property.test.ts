import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingUpdate } from '../../../lib/findings/update.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { runs } from '../../contract/runs.ts';
import {
  IMPORTED,
  NOW,
  PRESS,
  RETRIAGE,
  ruleset,
  touch,
  untouchedFinding,
  WITHDRAWABLE,
} from '../../triage/generators.ts';
import { history, play } from '../../triage/history.ts';
import { mayWrite, withdrawing } from './asked-of-policy.ts';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(IMPORTED, IMPORTED, PRESS, RETRIAGE) },
  { weight: 2, arbitrary: touch.map((given) => ({ kind: 'touched' as const, touch: given })) },
  {
    weight: 2,
    arbitrary: untouchedFinding.map((refreshed) => ({ kind: 'refreshed' as const, refreshed })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopened' as const }) },
);

/** A request for each field and value that there is. */
const REQUESTS: readonly (readonly [member: string, value: string | null, request: object])[] = [
  ...['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'].map(
    (Status) => ['Workflow', Status, { Workflow: { Status } }] as const,
  ),
  ...['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'].map(
    (Label) => ['Severity', Label, { Severity: { Label } }] as const,
  ),
  ...['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE'].map(
    (state) => ['VerificationState', state, { VerificationState: state }] as const,
  ),
  ['never', null, { Severity: { Normalized: 5 } }],
  ['never', null, { Severity: { Product: 5 } }],
  ['Confidence', null, { Confidence: 5 }],
  ['Criticality', null, { Criticality: 0 }],
  ['Types', null, { Types: ['Effects'] }],
  ['RelatedFindings', null, { RelatedFindings: [{ Id: 'a', ProductArn: 'b' }] }],
  ['Note', null, { Note: { Text: 'a', UpdatedBy: 'b' } }],
  ['UserDefinedFields', null, { UserDefinedFields: { a: 'b' } }],
];

/** By the rules' own words, apart from how the policy is made. */
function isNeeded({ rules, config }: Ruleset, member: string, value: string | null): boolean {
  const enforced = rules.filter(({ mode }) => mode === 'enforce').map(({ event }) => event.params);
  if (member === 'never') return false;
  if (member === 'UserDefinedFields' || member === 'Note' || value === 'NEW' || value === 'UNKNOWN')
    return true;
  if (member === 'Workflow') return enforced.some(({ Workflow }) => Workflow?.Status === value);
  if (member === 'VerificationState') return enforced.some((params) => params.VerificationState === value);
  return (
    enforced.some((params) => Object.hasOwn(params, member)) || config.withdrawing.some((f) => f === member)
  );
}

function mayWriteMember(rules: Ruleset, field: string): boolean {
  return REQUESTS.some(([member, , request]) => member === field && mayWrite(rules, request));
}

function tellsWithdrawal({ UserDefinedFields }: FindingUpdate): boolean {
  return UserDefinedFields?.triageSet?.includes('"off"') === true;
}

describe("the policy of a ruleset's function", () => {
  it('allows every update and every withdrawal that is decided, whatever ruleset ran before', async () => {
    const seen = { pairs: 0, updates: 0, withdrawals: 0, byWithdrawing: 0 };
    await fc.assert(
      fc.asyncProperty(
        ruleset,
        ruleset,
        untouchedFinding,
        fc.array(step, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(IMPORTED, PRESS, RETRIAGE),
        async (earlier, after, first, drawn, event) => {
          const later = withdrawing(earlier, after);
          const steps = drawn.map((one) =>
            'kind' in one ? one : { kind: 'decided' as const, ruleset: earlier, event: one },
          );
          const finding = await play({ first, steps });

          const { update } = await decide(finding, event, later, NOW);

          seen.pairs += 1;
          if (update === null) return;
          seen.updates += 1;
          seen.withdrawals += Number(tellsWithdrawal(update));
          if (later.config.withdrawing.some((field) => Object.hasOwn(update, field))) seen.byWithdrawing += 1;
          expect(mayWrite(later, update)).toBe(true);
        },
      ),
      runs(20_000),
    );

    console.info('seen:', JSON.stringify(seen));
    expect(seen.updates).toBeGreaterThan(seen.pairs / 10);
    expect(seen.withdrawals).toBeGreaterThan(seen.pairs / 50);
    expect(seen.byWithdrawing).toBeGreaterThan(seen.pairs / 200);
  }, 300_000);

  it('allows all that is decided where nobody listed what to withdraw, and marks are forged', async () => {
    const seen = { pairs: 0, updates: 0, withdrawals: 0, kept: 0, wouldBeDenied: 0 };
    await fc.assert(
      fc.asyncProperty(
        history,
        ruleset,
        fc.boolean(),
        fc.constantFrom(IMPORTED, IMPORTED, PRESS, RETRIAGE),
        async (past, drawn, isListed, event) => {
          const finding = await play(past);
          const config = { ...drawn.config, withdrawing: isListed ? drawn.config.withdrawing : [] };
          const rules = { ...drawn, config };
          const bold = { ...drawn, config: { ...config, withdrawing: WITHDRAWABLE } };

          const { update, kept } = await decide(finding, event, rules, NOW);
          const boldly = await decide(finding, event, bold, NOW);

          seen.pairs += 1;
          seen.kept += Number(kept !== undefined);
          seen.wouldBeDenied += Number(boldly.update !== null && !mayWrite(rules, boldly.update));
          expect((kept ?? []).filter((field) => mayWriteMember(rules, field))).toEqual([]);
          if (update === null) return;
          seen.updates += 1;
          seen.withdrawals += Number(tellsWithdrawal(update));
          expect(mayWrite(rules, update)).toBe(true);
        },
      ),
      runs(20_000),
    );

    console.info('seen:', JSON.stringify(seen));
    expect(seen.updates).toBeGreaterThan(seen.pairs / 10);
    expect(seen.withdrawals).toBeGreaterThan(seen.pairs / 50);
    expect(seen.kept).toBeGreaterThan(seen.pairs / 50);
    expect(seen.wouldBeDenied).toBeGreaterThan(seen.pairs / 50);
  }, 300_000);

  it('denies every field and value that neither a rule nor a withdrawal needs, alone and among others', () => {
    const seen = { allowed: 0, denied: 0 };
    fc.assert(
      fc.property(ruleset, ruleset, (earlier, after) => {
        const later = withdrawing(earlier, after);
        for (const [member, value, request] of REQUESTS) {
          const expected = isNeeded(later, member, value);
          seen[expected ? 'allowed' : 'denied'] += 1;
          expect([member, value, mayWrite(later, request)]).toEqual([member, value, expected]);
          const among = { Workflow: { Status: 'NEW' }, UserDefinedFields: { a: 'b' }, ...request };
          expect(mayWrite(later, among)).toBe(expected);
          expect(mayWrite(later, request, 'observe')).toBe(false);
        }
      }),
      runs(1_000),
    );

    console.info('seen:', JSON.stringify(seen));
    expect(seen.denied).toBeGreaterThan(seen.allowed / 4);
  }, 300_000);
});
