import { describe, expect, it } from 'vitest';
import { FactSlots } from '../../../lib/rules/engine/candidates/fact-slots.ts';
import { indexEntriesOf } from '../../../lib/rules/engine/candidates/index-entries.ts';
import { buildIndex } from '../../../lib/rules/engine/candidates/index-tree.ts';
import { compileRuleset } from '../../../lib/rules/engine/compiled-ruleset.ts';
import { subjectOf } from '../../../lib/rules/engine/fact.ts';
import { CONDITION_KINDS, rulesetOfKind } from './condition-kinds.ts';
import { generateFindings } from './findings.ts';
import { IMPORTED } from './matching.ts';
import { WORKLOAD_NOW } from './situation.ts';

describe.each(CONDITION_KINDS)('rules with nothing but $name', (kind) => {
  it('are all filed by what they compare with', () => {
    const entries = indexEntriesOf(rulesetOfKind(kind, 200)).entries;

    const { always, lookups } = buildIndex(entries, new FactSlots(() => () => undefined));

    expect(always).toEqual([]);
    expect(lookups).toHaveLength(1);
  });

  it('hold on some of the findings, as json-rules-engine says, and on each only some of them', async () => {
    const { rules, candidatesFor } = compileRuleset(rulesetOfKind(kind, 40));
    const findings = generateFindings(3, 101).map((finding, i) => ({ ...finding, ...kind.values(i) }));
    let matched = 0;
    for (const finding of findings) {
      const subject = subjectOf(finding, IMPORTED, WORKLOAD_NOW);
      const held = await Promise.all(rules.map((rule) => rule.confirm(subject)));
      const expected = rules.filter((_, i) => held[i]);

      expect(candidatesFor(subject)).toEqual(expected);
      matched += expected.length;
      expect(expected.length).toBeLessThan(rules.length / 2);
    }

    expect(matched).toBeGreaterThan(0);
  });
});
