import { describe, expect, it } from 'vitest';
import { indexEntriesOf } from '../../../lib/rules/engine/candidates/index-entries.ts';
import { compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../../lib/rules/engine/fact.ts';
import type { Condition } from '../../../lib/rules/rule.ts';
import { ruleOf, rulesetOf } from './ruleset-of.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const EVENT = { detailType: 'Security Hub Findings - Imported' };
const inAccount = (id: string) => ({ all: [{ fact: 'AwsAccountId', operator: 'equal', value: id }] });
const RULESET = rulesetOf(
  Array.from({ length: 40 }, (_, i) => ruleOf(inAccount(`1111222233${10 + i}`), { name: `rule-${i}` })),
);
const candidates = (ruleset: typeof RULESET, prepared = indexEntriesOf(ruleset)) =>
  compileRuleset(ruleset, JSON.parse(JSON.stringify(prepared)))
    .candidatesFor(subjectOf({ AwsAccountId: '111122223317' }, EVENT, NOW))
    .map(({ rule }) => rule.name);

describe('a compiled ruleset', () => {
  it('makes no list for a finding that no rule can hold on', () => {
    const compiled = compileRuleset(RULESET);
    const found = (id: string) => compiled.candidatesFor(subjectOf({ AwsAccountId: id }, EVENT, NOW));

    expect(found('000000000000')).toEqual([]);
    expect(found('000000000000')).toBe(found('000000000001'));
  });

  it.each([
    [undefined, Number.POSITIVE_INFINITY],
    ['never', Number.POSITIVE_INFINITY],
    ['2026-06-15', Date.parse('2026-06-15T23:59:59.999Z')],
  ])('knows of a rule that expires %s when it is in force for the last time', (expires, lastInstantMs) => {
    const rule = ruleOf(inAccount('1'), expires === undefined ? {} : { expires });

    expect(compileRuleset(rulesetOf([rule])).rules[0]?.lastInstantMs).toBe(lastInstantMs);
  });

  it('knows which rules only an event of our own custom action reaches, by conditions or texts', () => {
    const byAction: Condition = { fact: 'event.actionName', operator: 'equal', value: 'Accept' };
    const conditions = [
      inAccount('1'),
      { all: [inAccount('1'), byAction] },
      inAccount('2'),
      { any: [{ fact: 'eventless', operator: 'equal', value: 1 }, inAccount('event.')] },
    ];
    const rules = conditions.map((each, i) => ruleOf(each, { name: `rule-${i}` }));
    const told = ruleOf(inAccount('1'), {
      name: 'rule-4',
      params: { Note: { Text: '{{event.actionName}}' } },
    });

    const compiled = compileRuleset(rulesetOf([...rules, told]));

    expect(compiled.rules.map(({ needsAction }) => needsAction)).toEqual([false, true, false, false, true]);
  });

  it('knows what of findings it reads and what the role lets it write', () => {
    const rule = ruleOf(inAccount('1'), { params: { Note: { Text: 'Of {{Title}}' } } });

    const { reads, writable } = compileRuleset(rulesetOf([rule]));

    expect([...reads].sort()).toEqual(['AwsAccountId', 'Title']);
    expect(writable).toContain('Note');
    expect(writable).not.toContain('Severity');
  });

  it('reads a list as one array as long as its entries last', () => {
    const lists = { ci: [{ value: 'a' }, { value: 'b', until: '2026-06-15' }] };
    const compiled = compileRuleset(rulesetOf([], { lists }));
    const subject = subjectOf({}, EVENT, NOW);

    expect(compiled.readFact('lists.ci', subject)).toEqual(['a', 'b']);
    expect(compiled.readFact('lists.ci', subject)).toBe(compiled.readFact('lists.ci', subject));
  });

  it('finds by entries that were worked out beforehand what it finds by its own', () => {
    expect(candidates({ ...RULESET })).toEqual(['rule-7']);
  });

  it('is built of the entries it is given', () => {
    const none = { version: RULESET.version, entries: [] };

    expect(candidates({ ...RULESET }, none)).toEqual([]);
  });

  it('leaves aside the entries of another version, which would leave rules out', () => {
    const others = { version: 'another', entries: [] };

    expect(candidates({ ...RULESET }, others)).toEqual(['rule-7']);
  });
});
