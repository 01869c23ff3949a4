import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { readInstance } from '../../lib/triage/instance.ts';
import { mergeRules } from '../../lib/triage/merge.ts';
import { resolveWishes } from '../../lib/triage/resolve.ts';
import { viewOf } from '../../lib/triage/view.ts';
import { findingWith, markedFinding, ruleWriting } from '../reference/fixtures.ts';

const SUPPRESSED: UpdateTemplate = { Workflow: { Status: 'SUPPRESSED' } };

/** What the role may write here; of the others, Confidence shows what becomes of them. */
const WRITABLE = ['Workflow', 'Severity', 'VerificationState', 'Note', 'UserDefinedFields'];

/** What is to become of a finding, with maps as objects and the rules in force by name. */
function resolved(finding: Finding, ...rules: readonly Rule[]) {
  const { mark } = readInstance(finding, DEFAULT_CONFIG);
  const view = viewOf(finding, mark, DEFAULT_CONFIG);
  const wishes = mergeRules(
    rules,
    (field) => view.standing(field).base,
    () => undefined,
  );
  const {
    changes,
    held,
    mark: next,
    withdrawn,
    kept,
    adopted,
    inForce,
  } = resolveWishes(finding, view, mark, wishes, {
    overwriteAll: false,
    reads: new Set(),
    writable: new Set(WRITABLE),
  });
  return {
    changes: Object.fromEntries(changes),
    held,
    entries: Object.fromEntries(next.entries),
    was: Object.fromEntries(next.was),
    withdrawn,
    kept,
    adopted,
    inForce: [...inForce].map(({ name }) => name),
  };
}

const NOTHING = {
  ...{ changes: {}, held: [], entries: {}, was: {} },
  ...{ withdrawn: [], kept: [], adopted: [], inForce: [] },
};

describe('resolveWishes', () => {
  it('writes where nobody else did, and remembers what only the finding itself said', () => {
    const params: UpdateTemplate = { ...SUPPRESSED, Severity: { Label: 'LOW' } };

    expect(resolved(findingWith({ Severity: { Label: 'HIGH' } }), ruleWriting(params))).toStrictEqual({
      ...NOTHING,
      changes: { Workflow: 'SUPPRESSED', Severity: 'LOW' },
      entries: { Workflow: 'SUPPRESSED', Severity: 'LOW' },
      was: { Severity: 'HIGH' },
      inForce: ['rule-a'],
    });
  });

  it('claims nothing that stands so already', () => {
    const rule = ruleWriting({ Workflow: { Status: 'NEW' } });

    expect(resolved(findingWith(), rule)).toStrictEqual({ ...NOTHING, inForce: ['rule-a'] });
  });

  it('leaves what a person set, and says who', () => {
    const finding = findingWith({ Workflow: { Status: 'NOTIFIED' } });

    expect(resolved(finding, ruleWriting(SUPPRESSED))).toStrictEqual({
      ...NOTHING,
      held: [{ field: 'Workflow', by: 'person' }],
    });
  });

  it('says of the guard that it holds', () => {
    expect(resolved(findingWith({ Severity: { Label: 'CRITICAL' } }), ruleWriting(SUPPRESSED))).toStrictEqual(
      {
        ...NOTHING,
        held: [{ field: 'Workflow', by: 'critical' }],
      },
    );
  });

  it("carries someone else's entry forward, with what stood before", () => {
    const mark = { Workflow: '*', Confidence: 4, was: { Confidence: 9 } };
    const finding = markedFinding(mark, { Confidence: 5 });

    expect(resolved(finding)).toStrictEqual({
      ...NOTHING,
      entries: { Workflow: '*', Confidence: 4 },
      was: { Confidence: 9 },
    });
  });

  it('keeps its own value and what it remembered of it', () => {
    const mark = { Workflow: 'SUPPRESSED', was: { Workflow: 'NOTIFIED' } };
    const finding = markedFinding(mark, { Workflow: { Status: 'SUPPRESSED' } });

    expect(resolved(finding, ruleWriting(SUPPRESSED))).toStrictEqual({
      ...NOTHING,
      entries: { Workflow: 'SUPPRESSED' },
      was: { Workflow: 'NOTIFIED' },
      inForce: ['rule-a'],
    });
  });

  it('changes its own value, and remembers what stood before the first change', () => {
    const mark = { Workflow: 'NOTIFIED', was: { Workflow: 'RESOLVED' } };
    const finding = markedFinding(mark, { Workflow: { Status: 'NOTIFIED' } });

    expect(resolved(finding, ruleWriting(SUPPRESSED))).toStrictEqual({
      ...NOTHING,
      changes: { Workflow: 'SUPPRESSED' },
      entries: { Workflow: 'SUPPRESSED' },
      was: { Workflow: 'RESOLVED' },
      inForce: ['rule-a'],
    });
  });

  it('takes its own value back where no rule decides it any more', () => {
    const mark = { Workflow: 'SUPPRESSED', was: { Workflow: 'NOTIFIED' } };
    const finding = markedFinding(mark, { Workflow: { Status: 'SUPPRESSED' } });

    expect(resolved(finding)).toStrictEqual({
      ...NOTHING,
      changes: { Workflow: 'NEW' },
      entries: { Workflow: 'NEW' },
      was: { Workflow: 'NOTIFIED' },
      withdrawn: ['Workflow'],
    });
  });

  it('takes it back as well where a rule wants it but may not have it', () => {
    const members = { Workflow: { Status: 'SUPPRESSED' }, Severity: { Label: 'CRITICAL' } };

    expect(
      resolved(markedFinding({ Workflow: 'SUPPRESSED' }, members), ruleWriting(SUPPRESSED)),
    ).toStrictEqual({
      ...NOTHING,
      changes: { Workflow: 'NEW' },
      held: [{ field: 'Workflow', by: 'critical' }],
      entries: { Workflow: 'NEW' },
      withdrawn: ['Workflow'],
    });
  });

  it('keeps the entry of what cannot be taken back', () => {
    const mark = { Workflow: 'SUPPRESSED', was: { Workflow: 'NOTIFIED' } };
    const members = { Workflow: { Status: 'SUPPRESSED' }, Compliance: { Status: 'PASSED' } };

    expect(resolved(markedFinding(mark, members))).toStrictEqual({
      ...NOTHING,
      entries: { Workflow: 'SUPPRESSED' },
      was: { Workflow: 'NOTIFIED' },
      withdrawn: ['Workflow'],
    });
  });

  it('keeps a value of its own that the role may not write, and the entry with it', () => {
    const mark = { Confidence: 5, Severity: 'LOW', was: { Confidence: 9 } };
    const finding = markedFinding(mark, {
      ...{ Confidence: 5, Severity: { Label: 'LOW' } },
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
    });

    expect(resolved(finding)).toStrictEqual({
      ...NOTHING,
      changes: { Severity: 'HIGH' },
      entries: { Confidence: 5, Severity: 'HIGH' },
      was: { Confidence: 9 },
      withdrawn: ['Severity'],
      kept: ['Confidence'],
    });
  });

  it('takes a value for withdrawn that the role may not write where it stands as it would be put back', () => {
    const finding = markedFinding(
      { Confidence: 9 },
      { Confidence: 9, FindingProviderFields: { Confidence: 9 } },
    );

    expect(resolved(finding)).toStrictEqual({
      ...NOTHING,
      entries: { Confidence: 9 },
      withdrawn: ['Confidence'],
    });
  });

  it('changes nothing where it took the value back before', () => {
    expect(resolved(markedFinding({ Workflow: 'NEW' }))).toStrictEqual({
      ...NOTHING,
      entries: { Workflow: 'NEW' },
      withdrawn: ['Workflow'],
    });
  });

  it('forgets what the service reopened, also where a rule wants just that', () => {
    const rule = ruleWriting({ Workflow: { Status: 'NEW' } });

    expect(resolved(markedFinding({ Workflow: 'NOTIFIED' }))).toStrictEqual(NOTHING);
    expect(resolved(markedFinding({ Workflow: 'NOTIFIED' }), rule)).toStrictEqual({
      ...NOTHING,
      inForce: ['rule-a'],
    });
  });

  it('forgets what stood before a value of which it claims nothing', () => {
    const finding = markedFinding({ was: { Workflow: 'NOTIFIED' } }, { Workflow: { Status: 'RESOLVED' } });

    expect(resolved(finding, ruleWriting(SUPPRESSED))).toStrictEqual({
      ...NOTHING,
      held: [{ field: 'Workflow', by: 'person' }],
    });
  });

  it('takes over an equal value, and remembers it', () => {
    const finding = findingWith({ Workflow: { Status: 'SUPPRESSED' } });
    const adopting = ruleWriting(SUPPRESSED, { name: 'adopting', adopt: true });

    expect(resolved(finding, adopting)).toStrictEqual({
      ...NOTHING,
      entries: { Workflow: 'SUPPRESSED' },
      was: { Workflow: 'SUPPRESSED' },
      adopted: ['Workflow'],
      inForce: ['adopting'],
    });
    expect(resolved(finding, ruleWriting(SUPPRESSED))).toStrictEqual({ ...NOTHING, inForce: ['rule-a'] });
  });

  it('names the rules in force: those with one field at least that is not held', () => {
    const finding = findingWith({ Workflow: { Status: 'NOTIFIED' } });
    const both = ruleWriting({ ...SUPPRESSED, Confidence: 5 }, { name: 'both' });
    const held = ruleWriting(SUPPRESSED, { name: 'held' });

    expect(resolved(finding, both).inForce).toStrictEqual(['both']);
    expect(resolved(finding, held).inForce).toStrictEqual([]);
  });
});
