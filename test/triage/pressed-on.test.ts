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

const onPress = (params: UpdateTemplate, members: Partial<Rule> = {}) =>
  ruleWriting(params, { name: 'on-press', conditions: pressed('Accept'), ...members });

function pressed(actionName: string): Condition {
  return { all: [{ fact: 'event.actionName', operator: 'equal', value: actionName }] };
}

function then(members: Record<string, unknown>, mayFollowPress = false): PressedOn {
  return { finding: findingWith({ FindingProviderFields: {}, ...members }), mayFollowPress };
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
    const unknown: PressedOn = { finding: { Id: 'finding-1', ProductArn: 'product' }, mayFollowPress: true };
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
    const decision = await decided(reopened, then(NEW, true), ACCEPT, accept, reopen);

    expect(decision.update).toMatchObject({ ...SUPPRESSED, Note: { Text: 'Accepted' } });
  });

  it.each([
    ['hours later', reopened, false, accept, reopen],
    ['where someone wrote another note', now({ ...NOTIFIED, Note: { Text: 'Mine' } }), true, accept, reopen],
    [
      'where the other button is only observed',
      reopened,
      true,
      accept,
      { ...reopen, mode: 'observe' as const },
    ],
  ])('leave what stands %s', async (_, finding, mayFollowPress, ...rules) => {
    const decision = await decided(finding, then(NEW, mayFollowPress), ACCEPT, ...rules);

    expect(decision).toMatchObject({ kind: 'held', held: [{ field: 'Workflow' }] });
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

    const decision = await decided(stands, then(NEW, true), ACCEPT, accept, reopen);

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
    const unknown: PressedOn = { finding: { Id: 'finding-1', ProductArn: 'product' }, mayFollowPress: false };

    expect(await decided(held, unknown, RETRIAGE, suppress)).toMatchObject({ kind: 'held', update: null });
  });
});
