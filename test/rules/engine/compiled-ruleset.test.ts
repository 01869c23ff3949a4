import { describe, expect, it } from 'vitest';
import { indexEntriesOf } from '../../../lib/rules/engine/candidates/index-entries.ts';
import { compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../../lib/rules/engine/fact.ts';
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
