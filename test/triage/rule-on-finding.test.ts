import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import { compileRuleset } from '../../lib/rules/engine/compiled-ruleset.ts';
import type { Condition, Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision, TraceDetail } from '../../lib/triage/decision.ts';
import { readInstance } from '../../lib/triage/instance.ts';
import { NOTHING_RULED, ruleOn } from '../../lib/triage/rule-on-finding.ts';
import type { Rulings } from '../../lib/triage/ruling.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import {
  actionEvent,
  findingWith,
  IMPORTED,
  markedFinding,
  NOW,
  ruleWriting,
} from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

const PRESSED: Condition = { all: [{ fact: 'event.actionName', operator: 'equal', value: 'Accept' }] };
const ACCEPT = actionEvent('accept', 'Accept');
const RETRIAGE = actionEvent('triageRetriage', 'Re-triage');
const NOTIFIED = { Workflow: { Status: 'NOTIFIED' } };

const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' } }, { name: 'suppress' });
const onPress = (params: UpdateTemplate, members: Partial<Rule> = {}) =>
  ruleWriting(params, { name: 'on-press', conditions: PRESSED, ...members });

function rules(...all: readonly Rule[]) {
  return rulesetOf(all, { config: { ...DEFAULT_CONFIG, customActions: ['accept'] } });
}

async function decided(finding: Finding, event: TriageEvent, ...all: readonly Rule[]): Promise<Decision> {
  return decide(finding, event, rules(...all), NOW);
}

describe('a custom action', () => {
  it('writes over a person without a mark, for it is a person', async () => {
    const decision = await decided(
      findingWith(NOTIFIED),
      ACCEPT,
      onPress({ Workflow: { Status: 'RESOLVED' } }),
    );

    expect(decision).toMatchObject({
      kind: 'update',
      update: { Workflow: { Status: 'RESOLVED' } },
      rules: ['on-press'],
      held: [],
    });
    expect(decision.update).not.toHaveProperty('UserDefinedFields');
  });

  it('enters a person where its value could be taken for an untouched one, so that it stays', async () => {
    const both = [onPress({ Workflow: { Status: 'NEW' } }), suppress];
    const suppressed = markedFinding({ Workflow: 'SUPPRESSED' }, { Workflow: { Status: 'SUPPRESSED' } });

    const pressed = await decided(suppressed, ACCEPT, ...both);
    const after = await decided(applyUpdate(suppressed, pressed.update), IMPORTED, ...both);

    expect(pressed.update).toEqual({
      Workflow: { Status: 'NEW' },
      UserDefinedFields: { triageRules: '|', triageSet: '{"v":1,"Workflow":"*"}' },
    });
    expect(after).toMatchObject({ kind: 'held', held: [{ field: 'Workflow', by: 'person' }] });
  });

  it('does not repeat a mark that says so already when it is pressed again', async () => {
    const fields = { triageRules: '|', triageSet: '{"v":1,"Confidence":"*"}' };
    const finding = findingWith({ Confidence: 5, UserDefinedFields: fields });

    const decision = await decided(finding, ACCEPT, onPress({ Confidence: 6 }));

    expect(decision.update).toEqual({ Confidence: 6 });
  });

  it('is asked for nothing where its value stands, unless our mark claims it', async () => {
    const resolve = onPress({ Workflow: { Status: 'RESOLVED' } });
    const persons = findingWith({ Workflow: { Status: 'RESOLVED' } });
    const ours = markedFinding({ Workflow: 'RESOLVED' }, { Workflow: { Status: 'RESOLVED' } });

    expect(await decided(persons, ACCEPT, resolve)).toMatchObject({
      kind: 'unchanged',
      rules: ['on-press'],
      trace: [{ rule: 'on-press', matched: true, stopped: false, won: ['Workflow'] }],
    });
    expect((await decided(ours, ACCEPT, resolve)).update).toEqual({
      UserDefinedFields: { triageRules: '|', triageSet: '{"v":1}' },
    });
  });

  it('lets the ordinary rules decide the rest on the finding it leaves', async () => {
    const downgrade = ruleWriting(
      { Severity: { Label: 'LOW' } },
      {
        name: 'downgrade',
        conditions: { all: [{ fact: 'Workflow.Status', operator: 'equal', value: 'RESOLVED' }] },
      },
    );

    const decision = await decided(
      findingWith({ Severity: { Label: 'HIGH' } }),
      ACCEPT,
      onPress({ Workflow: { Status: 'RESOLVED' } }),
      downgrade,
    );

    expect(decision.rules).toEqual(['on-press', 'downgrade']);
    expect(decision.update).toEqual({
      Workflow: { Status: 'RESOLVED' },
      Severity: { Label: 'LOW' },
      UserDefinedFields: {
        triageRules: '|downgrade|',
        triageSet: '{"v":1,"Severity":"LOW","was":{"Severity":"HIGH"}}',
      },
    });
  });

  it('cannot suppress a CRITICAL finding without leave', async () => {
    const finding = findingWith({ Severity: { Label: 'CRITICAL' } });
    const params: UpdateTemplate = { Workflow: { Status: 'SUPPRESSED' }, Confidence: 1 };

    const refused = await decided(finding, ACCEPT, onPress(params));
    const allowed = await decided(finding, ACCEPT, onPress(params, { allowCritical: true }));

    expect(refused).toMatchObject({ kind: 'update', held: [{ field: 'Workflow', by: 'critical' }] });
    expect(refused.update).not.toHaveProperty('Workflow');
    expect(allowed).toMatchObject({ update: { Workflow: { Status: 'SUPPRESSED' } }, newlySuppressed: true });
  });

  it.each([
    ['an imported finding', IMPORTED],
    ["someone else's action", actionEvent('theirs', 'Accept')],
  ])('is nothing that %s could bring about', async (_, event) => {
    const decision = await decided(findingWith(), event, onPress({ Confidence: 1 }));

    expect(decision).toMatchObject({ kind: 'unchanged', trace: [] });
  });
});

describe('ruling on a finding', () => {
  const ruled = (
    finding: Finding,
    detail: TraceDetail,
    ...all: readonly Rule[]
  ): Promise<Rulings> | Rulings => {
    const ruleset = rules(...all);
    const reading = readInstance(finding, ruleset.config);
    const hearing = { event: IMPORTED, nowMs: NOW, detail, compiled: compileRuleset(ruleset) };
    return ruleOn({ ...hearing, finding, reading, ownAction: false, retriage: false }, (rulings) => rulings);
  };
  const seen: Rule = { ...suppress, name: 'seen', mode: 'observe' };
  const NEVER: Condition = { all: [{ fact: 'AwsAccountId', operator: 'equal', value: 'none' }] };

  it('says of most findings the same: that nothing comes of them', async () => {
    const never = { ...suppress, conditions: NEVER };

    expect(ruled(findingWith(), 'matching', never)).toBe(NOTHING_RULED);
    const { enforced } = await ruled(findingWith(), 'all', never);
    expect(enforced.judgements).toHaveLength(1);
    expect({ ...enforced, judgements: [] }).toEqual(NOTHING_RULED.enforced);
  });

  it('is one ruling where no observed rule has a say, or else two', async () => {
    const agreeing = await ruled(findingWith(), 'all', suppress, { ...seen, conditions: NEVER });
    const { enforced, shadow } = await ruled(findingWith(), 'all', seen);

    expect(agreeing.shadow).toBe(agreeing.enforced);
    expect(agreeing.enforced.rules).toEqual(['suppress']);
    expect([enforced.rules, shadow.rules]).toEqual([[], ['seen']]);
  });
});

describe('Re-triage', () => {
  it('decides anew over what people set and switches the hold off', async () => {
    const finding = findingWith({ ...NOTIFIED, UserDefinedFields: { triageHold: 'on', team: 'red' } });

    const decision = await decided(finding, RETRIAGE, suppress);

    expect(decision.update).toEqual({
      Workflow: { Status: 'SUPPRESSED' },
      UserDefinedFields: {
        team: 'red',
        triageHold: 'off',
        triageRules: '|suppress|',
        triageSet: '{"v":1,"Workflow":"SUPPRESSED","was":{"Workflow":"NOTIFIED"}}',
      },
    });
  });

  it('switches the hold off even where there is nothing else to do', async () => {
    const finding = findingWith({ UserDefinedFields: { triageHold: 'on' } });

    const decision = await decided(finding, RETRIAGE);

    expect(decision.update).toEqual({ UserDefinedFields: { triageHold: 'off' } });
  });

  it('takes over an equal value, so that it is still ours at the next event', async () => {
    const finding = findingWith({ Workflow: { Status: 'SUPPRESSED' } });

    const decision = await decided(finding, RETRIAGE, suppress);
    const next = await decided(applyUpdate(finding, decision.update), IMPORTED, suppress);

    expect(decision.update).toEqual({
      UserDefinedFields: {
        triageRules: '|suppress|',
        triageSet: '{"v":1,"Workflow":"SUPPRESSED","was":{"Workflow":"SUPPRESSED"}}',
      },
    });
    expect(next.kind).toBe('unchanged');
  });

  it('leaves a note that some rule reads: it could not be read once it is ours', async () => {
    const note = ruleWriting({ Note: { Text: 'ours' } }, { name: 'note' });
    const reader = ruleWriting(
      { Confidence: 1 },
      { name: 'reader', conditions: { all: [{ fact: 'Note.Text', operator: 'includes', value: 'risk' }] } },
    );

    const decision = await decided(findingWith({ Note: { Text: 'mine' } }), RETRIAGE, note, reader);

    expect(decision).toMatchObject({ kind: 'held', held: [{ field: 'Note', by: 'person' }] });
  });

  it('leaves every key where some rule reads the whole map: none could be read once it is ours', async () => {
    const team = ruleWriting({ UserDefinedFields: { team: 'ours' } }, { name: 'team' });
    const reader = ruleWriting(
      { Workflow: { Status: 'NOTIFIED' } },
      {
        name: 'reader',
        conditions: { all: [{ fact: 'UserDefinedFields', operator: 'exists', value: true }] },
      },
    );
    const finding = findingWith({ UserDefinedFields: { team: 'mine' } });

    const decision = await decided(finding, RETRIAGE, team, reader);
    const next = await decided(applyUpdate(finding, decision.update), IMPORTED, team, reader);

    expect(decision.held).toEqual([{ field: 'UserDefinedFields.team', by: 'person' }]);
    expect(next).toMatchObject({ kind: 'held', update: null });
  });

  it('is bound by the guard on CRITICAL', async () => {
    const finding = findingWith({ ...NOTIFIED, Severity: { Label: 'CRITICAL' } });

    const decision = await decided(finding, RETRIAGE, suppress);

    expect(decision).toMatchObject({ kind: 'held', held: [{ field: 'Workflow', by: 'critical' }] });
  });
});
