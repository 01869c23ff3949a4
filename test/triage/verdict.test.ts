import { describe, expect, it } from 'vitest';
import type { Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { readInstance } from '../../lib/triage/instance.ts';
import { mergeRules } from '../../lib/triage/merge.ts';
import { type Permissions, verdictsOn } from '../../lib/triage/verdict.ts';
import { viewOf } from '../../lib/triage/view.ts';
import { findingWith, markedFinding, ruleWriting } from '../reference/fixtures.ts';

const NONE: Permissions = { overwriteAll: false, reads: new Set() };
const ALL: Permissions = { overwriteAll: true, reads: new Set() };
const reading = (...reads: readonly string[]): Permissions => ({ overwriteAll: true, reads: new Set(reads) });

const SUPPRESSED: UpdateTemplate = { Workflow: { Status: 'SUPPRESSED' } };
const TEAM: UpdateTemplate = { UserDefinedFields: { team: 'ours' } };

/** What may be done with what the rules want, by field. */
function verdicts(
  finding: ReturnType<typeof findingWith>,
  permissions: Permissions,
  ...rules: readonly Rule[]
): Record<string, string> {
  const view = viewOf(finding, readInstance(finding, DEFAULT_CONFIG).mark, DEFAULT_CONFIG);
  const wishes = mergeRules(
    rules,
    () => undefined,
    () => undefined,
  );
  return Object.fromEntries(verdictsOn(finding, view, wishes, permissions));
}

describe('whether a wish may be carried out', () => {
  const persons = findingWith({
    Workflow: { Status: 'NOTIFIED' },
    Note: { Text: 'mine' },
    UserDefinedFields: { team: 'mine' },
  });

  it('is for rules to say where nobody else set the field', () => {
    expect(verdicts(findingWith(), NONE, ruleWriting(SUPPRESSED))).toEqual({ Workflow: 'write' });
  });

  it.each([
    ['SUPPRESSED', {}, 'held'],
    ['NOTIFIED', {}, 'same'],
    ['NOTIFIED', { adopt: true }, 'adopt'],
    ['SUPPRESSED', { adopt: true }, 'held'],
    ['SUPPRESSED', { overwrite: ['Workflow'] }, 'write'],
    ['NOTIFIED', { overwrite: ['Workflow'] }, 'write'],
    ['NOTIFIED', { overwrite: ['Workflow'], adopt: true }, 'adopt'],
    ['SUPPRESSED', { overwrite: ['Severity', 'UserDefinedFields'] }, 'held'],
  ] as const)('where a person set NOTIFIED: %s with %j is %s', (Status, members, verdict) => {
    const rule = ruleWriting({ Workflow: { Status } }, members as Partial<Rule>);

    expect(verdicts(persons, NONE, rule)).toEqual({ Workflow: verdict });
  });

  it('takes over nothing of a finding on which something else that the rule won is held', () => {
    const equal = { Workflow: { Status: 'NOTIFIED' }, ...TEAM } as const;
    const adopting = ruleWriting(equal, { name: 'adopting', adopt: true });

    expect(verdicts(persons, NONE, adopting)).toEqual({ Workflow: 'same', 'UserDefinedFields.team': 'held' });
    expect(verdicts(persons, ALL, adopting)).toEqual({
      Workflow: 'adopt',
      'UserDefinedFields.team': 'write',
    });
  });

  it.each([
    ['is decided by another rule', [ruleWriting(TEAM, { name: 'another' })], {}],
    ['may be overwritten', [], { overwrite: ['UserDefinedFields'] }],
  ] as const)('takes over what is equal where the other field %s', (_, before, members) => {
    const equal = { Workflow: { Status: 'NOTIFIED' }, ...TEAM } as const;
    const adopting = ruleWriting(equal, { name: 'adopting', adopt: true, ...(members as Partial<Rule>) });

    expect(verdicts(persons, NONE, ...before, adopting)).toMatchObject({ Workflow: 'adopt' });
  });

  it.each([
    ['SUPPRESSED', 'write'],
    ['NOTIFIED', 'adopt'],
  ] as const)('by Re-triage: %s is %s', (Status, verdict) => {
    expect(verdicts(persons, ALL, ruleWriting({ Workflow: { Status } }))).toEqual({ Workflow: verdict });
  });

  it('reaches every user-defined key where a rule overwrites the map', () => {
    expect(verdicts(persons, NONE, ruleWriting(TEAM, { overwrite: ['UserDefinedFields'] }))).toEqual({
      'UserDefinedFields.team': 'write',
    });
  });

  it.each([
    [reading('Note'), 'held', 'write'],
    [reading('UserDefinedFields.team'), 'write', 'held'],
    [reading('UserDefinedFields.*'), 'write', 'held'],
    [reading('UserDefinedFields.other', 'Workflow'), 'write', 'write'],
  ])('is no for a note or key that some rule reads (%#)', (permissions, note, key) => {
    const noting = ruleWriting({ Note: { Text: 'ours' } }, { name: 'note' });

    expect(verdicts(persons, permissions, noting, ruleWriting(TEAM))).toEqual({
      Note: note,
      'UserDefinedFields.team': key,
    });
  });

  it('leaves an equal note that some rule reads as it is', () => {
    const noting = ruleWriting({ Note: { Text: 'mine' } }, { adopt: true });

    expect(verdicts(persons, reading('Note'), noting)).toEqual({ Note: 'same' });
    expect(verdicts(persons, NONE, noting)).toEqual({ Note: 'adopt' });
  });

  it('is yes for a field that rules read, once it is no note or key', () => {
    expect(verdicts(persons, reading('Workflow'), ruleWriting(SUPPRESSED))).toEqual({ Workflow: 'write' });
  });
});

describe('the guard on CRITICAL', () => {
  const critical = { Severity: { Label: 'CRITICAL' } } as const;
  const low = { Severity: { Label: 'LOW' } } as const;

  it.each([
    ['a CRITICAL finding', critical, SUPPRESSED, {}, 'critical'],
    ['one by a rule with leave', critical, SUPPRESSED, { allowCritical: true }, 'write'],
    ['one that is only notified of', critical, { Workflow: { Status: 'NOTIFIED' } }, {}, 'write'],
    ['a LOW finding', low, SUPPRESSED, {}, 'write'],
    ['a LOW finding that becomes CRITICAL', low, { ...SUPPRESSED, ...critical }, {}, 'critical'],
    ['a CRITICAL finding that becomes LOW', critical, { ...SUPPRESSED, ...low }, {}, 'critical'],
    ['a finding without a label', {}, SUPPRESSED, {}, 'write'],
  ] as const)('of the suppression of %s', (_, members, params, rule, verdict) => {
    const finding = findingWith(members);

    expect(verdicts(finding, NONE, ruleWriting(params, rule)).Workflow).toBe(verdict);
  });

  it('stands above adoption: an equal SUPPRESSED is not made ours', () => {
    const finding = findingWith({ ...critical, Workflow: { Status: 'SUPPRESSED' } });

    expect(verdicts(finding, NONE, ruleWriting(SUPPRESSED, { adopt: true }))).toEqual({
      Workflow: 'critical',
    });
    expect(verdicts(finding, NONE, ruleWriting(SUPPRESSED))).toEqual({ Workflow: 'same' });
  });

  it('goes by the label that stands where the wanted one is held', () => {
    const finding = findingWith({ ...low, FindingProviderFields: { Severity: { Label: 'HIGH' } } });

    expect(verdicts(finding, NONE, ruleWriting({ ...SUPPRESSED, ...critical }))).toEqual({
      Workflow: 'write',
      Severity: 'held',
    });
  });

  it('goes by the label that a withdrawal brings back', () => {
    const members = { ...low, FindingProviderFields: critical };
    const ours = markedFinding({ Severity: 'LOW' }, members);
    const theirs = findingWith({ ...critical, FindingProviderFields: low });

    expect(verdicts(ours, NONE, ruleWriting(SUPPRESSED))).toEqual({ Workflow: 'critical' });
    expect(verdicts(theirs, NONE, ruleWriting(SUPPRESSED))).toEqual({ Workflow: 'critical' });
  });

  it("goes by the provider's label where ours would give way to it, not where a person's does", () => {
    const medium = { Severity: { Label: 'MEDIUM' }, FindingProviderFields: critical };
    const ours = markedFinding({ Severity: 'MEDIUM', was: { Severity: 'LOW' } }, medium);

    expect(verdicts(ours, NONE, ruleWriting(SUPPRESSED))).toEqual({ Workflow: 'critical' });
    expect(verdicts(findingWith(medium), NONE, ruleWriting(SUPPRESSED))).toEqual({ Workflow: 'write' });
  });
});

describe('a note', () => {
  const noted = (params: UpdateTemplate) =>
    ruleWriting({ Note: { Text: 'done' }, ...params }, { name: 'noted' });
  const held = findingWith({ Workflow: { Status: 'NOTIFIED' } });

  it('is not written where something else of its rule is not done', () => {
    expect(verdicts(held, NONE, noted(SUPPRESSED))).toEqual({ Workflow: 'held', Note: 'noteless' });
    expect(verdicts(held, NONE, noted({ Workflow: { Status: 'NOTIFIED' } }))).toEqual({
      Workflow: 'same',
      Note: 'noteless',
    });
    expect(verdicts(held, NONE, noted({ ...SUPPRESSED, Confidence: 5 }))).toMatchObject({ Note: 'noteless' });
  });

  it('is written beside what is done or taken over, or alone', () => {
    const adopting = { ...noted({ Workflow: { Status: 'NOTIFIED' } }), adopt: true };

    expect(verdicts(held, NONE, noted({ Confidence: 5 }))).toEqual({ Confidence: 'write', Note: 'write' });
    expect(verdicts(held, NONE, adopting)).toEqual({ Workflow: 'adopt', Note: 'write' });
    expect(verdicts(held, NONE, noted({}))).toEqual({ Note: 'write' });
  });

  it('is written whatever another rule may not do', () => {
    expect(verdicts(held, NONE, noted({ Confidence: 5 }), ruleWriting(SUPPRESSED))).toEqual({
      Confidence: 'write',
      Note: 'write',
      Workflow: 'held',
    });
  });
});
