import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Condition, Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { PressedOn } from '../../lib/triage/pressed-on.ts';
import { actionEvent, findingWith, markedFinding, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

const ACCEPT = actionEvent('accept', 'Accept');
const RETRIAGE = actionEvent('triageRetriage', 'Re-triage');
const NEW = { Workflow: { Status: 'NEW' } };
const NOTIFIED = { Workflow: { Status: 'NOTIFIED' } };
const SUPPRESSED = { Workflow: { Status: 'SUPPRESSED' } } as const;

type Other = ReturnType<PressedOn['otherPress']>;

const onPress = (params: UpdateTemplate, members: Partial<Rule> = {}) =>
  ruleWriting(params, { name: 'on-press', conditions: pressed('Accept'), ...members });

function pressed(actionName: string): Condition {
  return { all: [{ fact: 'event.actionName', operator: 'equal', value: actionName }] };
}

function then(members: Record<string, unknown>, other: Other = 'none'): PressedOn {
  return { finding: findingWith({ FindingProviderFields: {}, ...members }), otherPress: () => other };
}

function now(members: Record<string, unknown>): Finding {
  return findingWith({ FindingProviderFields: {}, ...members });
}

async function decided(finding: Finding, on: PressedOn, event: TriageEvent, ...rules: readonly Rule[]) {
  const ruleset = rulesetOf(rules, { config: { ...DEFAULT_CONFIG, customActions: ['accept', 'reopen'] } });
  return decide(finding, event, ruleset, NOW, 'matching', on);
}

describe('a press on an older state', () => {
  it('leaves what someone set since, and carries out the rest', async () => {
    const both = onPress({ ...SUPPRESSED, Confidence: 7 });

    const decision = await decided(now(NOTIFIED), then(NEW), ACCEPT, both);

    expect(decision).toMatchObject({ kind: 'update', held: [{ field: 'Workflow', by: 'person' }] });
    expect(decision.update).toEqual({ Confidence: 7 });
  });

  it('is carried out over what stood when it was made', async () => {
    const decision = await decided(now(NOTIFIED), then(NOTIFIED), ACCEPT, onPress(SUPPRESSED));

    expect(decision).toMatchObject({ update: SUPPRESSED, held: [] });
  });

  it('is carried out where the change was ours', async () => {
    const ours = markedFinding({ Workflow: 'NOTIFIED' }, { ...NOTIFIED, FindingProviderFields: {} });

    const decision = await decided(ours, then(NEW), ACCEPT, onPress(SUPPRESSED));

    expect(decision).toMatchObject({ update: SUPPRESSED, held: [] });
  });

  it('is carried out where the change is the provider’s', async () => {
    const provided = (Label: string) => ({
      Severity: { Label },
      FindingProviderFields: { Severity: { Label } },
    });
    const lower = onPress({ Severity: { Label: 'LOW' } });

    const decision = await decided(now(provided('HIGH')), then(provided('MEDIUM')), ACCEPT, lower);

    expect(decision).toMatchObject({ update: { Severity: { Label: 'LOW' } }, held: [] });
  });

  it('leaves a finding that was put back to NEW since', async () => {
    const decision = await decided(now(NEW), then(NOTIFIED), ACCEPT, onPress(SUPPRESSED));

    expect(decision).toMatchObject({ kind: 'held', held: [{ field: 'Workflow', by: 'person' }] });
  });

  it('leaves what a later press made a person’s, though the value is the same', async () => {
    const later = markedFinding({ Workflow: '*' }, { ...NEW, FindingProviderFields: {} });

    const decision = await decided(later, then(NEW), ACCEPT, onPress(SUPPRESSED));

    expect(decision).toMatchObject({ kind: 'held', held: [{ field: 'Workflow', by: 'person' }] });
  });

  it('asks for nothing where someone set the same since', async () => {
    const decision = await decided(now(SUPPRESSED), then(NEW), ACCEPT, onPress(SUPPRESSED));

    expect(decision).toMatchObject({ kind: 'unchanged', held: [] });
  });

  it('writes no note of what was not done', async () => {
    const noted = onPress({ ...SUPPRESSED, Note: { Text: 'Accepted' } });

    const decision = await decided(now(NOTIFIED), then(NEW), ACCEPT, noted);

    expect(decision).toMatchObject({ kind: 'held', held: [{ field: 'Workflow' }] });
  });

  it('wins where its rule says so, as over anyone', async () => {
    const decision = await decided(
      now(NOTIFIED),
      then(NEW),
      ACCEPT,
      onPress(SUPPRESSED, { overwrite: ['Workflow'] }),
    );

    expect(decision).toMatchObject({ update: SUPPRESSED, held: [] });
  });

  it('that is not known leaves whatever someone set, and nothing else', async () => {
    const unknown: PressedOn = {
      finding: { Id: 'finding-1', ProductArn: 'product' },
      otherPress: () => 'earlier',
    };
    const both = onPress({ ...SUPPRESSED, Confidence: 7 });

    const taken = await decided(now(NOTIFIED), unknown, ACCEPT, both);
    const free = await decided(now(NEW), unknown, ACCEPT, both);

    expect([taken.update, free.update]).toEqual([{ Confidence: 7 }, { ...SUPPRESSED, Confidence: 7 }]);
  });
});

describe('two buttons, one after the other on the same state', () => {
  const reopen = ruleWriting({ ...NOTIFIED, Note: { Text: 'Look again' } } as UpdateTemplate, {
    name: 'on-reopen',
    conditions: pressed('Reopen'),
  });
  const accept = onPress({ ...SUPPRESSED, Note: { Text: 'Accepted' } });
  const reopened = now({ ...NOTIFIED, Note: { Text: 'Look again' } });

  it('leave the last word to the second, minutes later', async () => {
    const decision = await decided(reopened, then(NEW, 'earlier'), ACCEPT, accept, reopen);

    expect(decision.update).toMatchObject({ ...SUPPRESSED, Note: { Text: 'Accepted' } });
  });

  it.each<readonly [string, Finding, Other, Rule]>([
    ['hours later', reopened, 'none', reopen],
    ['where someone wrote another note', now({ ...NOTIFIED, Note: { Text: 'Mine' } }), 'earlier', reopen],
    ['where the other button is only observed', reopened, 'earlier', { ...reopen, mode: 'observe' }],
  ])('leave what stands %s', async (_, finding, other, second) => {
    const decision = await decided(finding, then(NEW, other), ACCEPT, accept, second);

    expect(decision).toMatchObject({ kind: 'held', held: [{ field: 'Workflow' }] });
  });
});

describe('a press from before the last one that was carried out', () => {
  const accept = onPress({ ...SUPPRESSED, Confidence: 7 });

  it.each([
    ['what it was made on', now(NOTIFIED)],
    ['what nobody set', now(NEW)],
    ['what a rule has taken over', markedFinding({ Workflow: 'NOTIFIED' }, NOTIFIED)],
  ])('leaves the fields of that one, also where they stand as %s', async (_, finding) => {
    const on: PressedOn = {
      ...then(NOTIFIED),
      otherPress: (field) => (field === 'Workflow' ? 'later' : 'none'),
    };

    const decision = await decided(finding, on, ACCEPT, accept);

    expect(decision).toMatchObject({ held: [{ field: 'Workflow' }], pressed: ['Confidence'] });
    expect(decision.update).toMatchObject({ Confidence: 7 });
    expect(decision.update?.Workflow?.Status).not.toBe('SUPPRESSED');
  });
});

describe('what a press has its will on', () => {
  it('is what it writes and what stands so, not what is held', async () => {
    const finding = now({ ...NOTIFIED, Confidence: 7 });
    const all = onPress({ ...SUPPRESSED, Confidence: 7, Criticality: 1 });

    const decision = await decided(finding, then({ ...NEW, Confidence: 7 }), ACCEPT, all);

    expect(decision.held).toMatchObject([{ field: 'Workflow' }]);
    expect([...(decision.pressed ?? [])].sort()).toEqual(['Confidence', 'Criticality']);
  });

  it('is of Re-triage what the rules say', async () => {
    const suppress = ruleWriting({ ...SUPPRESSED, Confidence: 9 }, { name: 'suppress' });

    expect((await decided(now(NEW), then(NEW), RETRIAGE, suppress)).pressed).toEqual([
      'Workflow',
      'Confidence',
    ]);
  });

  it('is nothing under a hold, and nothing at all of a plain event', async () => {
    const held = now({ UserDefinedFields: { triageHold: 'ann' } });
    const event: TriageEvent = { detailType: 'Security Hub Findings - Imported' };

    expect(await decided(held, then({}), ACCEPT, onPress(SUPPRESSED))).not.toHaveProperty('pressed');
    expect(await decided(now(NEW), then(NEW), event, onPress(SUPPRESSED))).not.toHaveProperty('pressed');
  });
});

describe('a button whose status our rules set, while someone wrote its note', () => {
  it('was not pressed: the note is theirs', async () => {
    const reopen = ruleWriting({ ...NOTIFIED, Note: { Text: 'Look again' } } as UpdateTemplate, {
      name: 'on-reopen',
      conditions: pressed('Reopen'),
    });
    const ours = { triageRules: '|notify|', triageSet: '{"v":1,"Workflow":"NOTIFIED"}' };
    const stands = now({ ...NOTIFIED, Note: { Text: 'Look again' }, UserDefinedFields: ours });
    const accept = onPress({ ...SUPPRESSED, Note: { Text: 'Accepted' } });

    const decision = await decided(stands, then(NEW, 'earlier'), ACCEPT, accept, reopen);

    expect(decision).toMatchObject({ update: SUPPRESSED, held: [{ field: 'Note', by: 'person' }] });
    expect(decision.update).not.toHaveProperty('Note');
  });
});

describe('Re-triage on an older state', () => {
  const suppress = ruleWriting({ ...SUPPRESSED, Confidence: 9 }, { name: 'suppress' });

  it('decides anew over what stood then, not over what came since', async () => {
    const decision = await decided(
      now({ ...NOTIFIED, Confidence: 5 }),
      then({ ...NEW, Confidence: 5 }),
      RETRIAGE,
      suppress,
    );

    expect(decision).toMatchObject({
      update: { Confidence: 9 },
      held: [{ field: 'Workflow', by: 'person' }],
    });
    expect(decision.update).not.toHaveProperty('Workflow');
  });

  it('decides what nobody holds, as any event would', async () => {
    const decision = await decided(now(NEW), then(NOTIFIED), RETRIAGE, suppress);

    expect(decision).toMatchObject({ update: SUPPRESSED, held: [] });
  });

  it.each([
    ['set since', {}, 'held'],
    ['set anew since', { UserDefinedFields: { triageHold: 'bob' } }, 'held'],
    ['that stood then', { UserDefinedFields: { triageHold: 'ann' } }, 'update'],
  ])('meets a hold %s', async (_, members, kind) => {
    const held = now({ UserDefinedFields: { triageHold: 'ann' } });

    expect((await decided(held, then(members), RETRIAGE, suppress)).kind).toBe(kind);
  });

  it('switches no hold off where its state is not known', async () => {
    const held = now({ UserDefinedFields: { triageHold: 'ann' } });
    const unknown: PressedOn = {
      finding: { Id: 'finding-1', ProductArn: 'product' },
      otherPress: () => 'none',
    };

    expect(await decided(held, unknown, RETRIAGE, suppress)).toMatchObject({ kind: 'held', update: null });
  });
});
