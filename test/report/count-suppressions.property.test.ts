import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { countSuppressions, severitiesOf, sumOf, total } from '../../lib/report/count-suppressions.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { createDecider } from '../../lib/simulation/decide/decide-block.ts';
import { providedSeverity } from '../../lib/simulation/decide/standing.ts';
import { REPORT_SEVERITIES } from '../../lib/simulation/simulation-report.ts';
import { bySeverity } from '../../lib/simulation/tally/figures.ts';
import { createTally } from '../../lib/simulation/tally/tally.ts';
import { decide } from '../../lib/triage/decide.ts';
import { currentValue } from '../../lib/triage/field.ts';
import { NOW, ruleset, touch, untouchedFinding } from '../triage/generators.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 150);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_126);
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };

const findings = fc
  .array(fc.tuple(untouchedFinding, touch), { minLength: 1, maxLength: 25 })
  .map((pairs) => pairs.map(([one, members], i): Finding => ({ ...one, ...members, Id: `f/${i}` })));

/** Some of the findings a time more, all in blocks of this many. */
async function count(all: readonly Finding[], rules: Ruleset, size: number) {
  const decider = createDecider({
    ...{ ruleset: rules, base: null, nowMs: NOW, withLines: false, withSuppressions: true },
  });
  const tally = createTally();
  for (let start = 0; start < all.length; start += size) {
    const texts = all.slice(start, start + size).map((one) => Buffer.from(`${JSON.stringify(one)}\n`));
    let end = 0;
    const ends = texts.map(({ length }) => (end += length));
    const bytes = new Uint8Array(Buffer.concat(texts));
    const block = { kind: 'block', source: 's', bytes, ends, first: start + 1, unit: 'line' } as const;
    tally.addBlock(await decider.decideBlock(block), 0);
  }
  return tally.counted();
}

/** Who suppresses a finding, told by the decision's update and by the rules in their order, without who won what. */
async function suppressorOf(one: Finding, rules: Ruleset): Promise<string | null> {
  const { kind, update, trace } = await decide(one, IMPORTED, rules, NOW);
  const status = kind === 'update' ? update?.Workflow?.Status : undefined;
  if ((status ?? currentValue(one, 'Workflow')) !== 'SUPPRESSED') return null;
  const matching = trace.filter(({ matched, stopped, mode }) => matched && !stopped && mode === 'enforce');
  const [first] = matching.flatMap(
    ({ rule }) => rules.rules.filter(({ name, event }) => name === rule && event.params.Workflow) ?? [],
  );
  return first?.event.params.Workflow?.Status === 'SUPPRESSED' ? first.name : null;
}

describe('counts of suppressions', () => {
  it('add up over rules and severities to the findings that stand suppressed by a rule', async () => {
    let suppressed = 0;
    let held = 0;
    await fc.assert(
      fc.asyncProperty(findings, ruleset, fc.integer({ min: 1, max: 9 }), async (all, rules, size) => {
        const counted = await count([...all, ...all.slice(0, size)], rules, size);

        const { ofRule } = countSuppressions(counted);
        const counts = rules.rules.map(({ name }) => ofRule(name));
        const by = await Promise.all(all.map((one) => suppressorOf(one, rules)));
        const hidden = all.filter((_, i) => by[i] !== null);
        const sum = sumOf(counts.map((one) => one.suppressed));
        expect(sum).toEqual(bySeverity(hidden.map((one) => [providedSeverity(one), 1])));
        expect(total(sum)).toBe(hidden.length);
        for (const [i, { name }] of rules.rules.entries())
          expect(total(counts[i]?.suppressed ?? sum)).toBe(by.filter((rule) => rule === name).length);
        expect(total(severitiesOf(counted.verdicts))).toBe(all.length);
        for (const one of counts)
          for (const severity of REPORT_SEVERITIES)
            expect(one.suppressed[severity] + one.held[severity]).toBeLessThanOrEqual(one.matched[severity]);
        suppressed += hidden.length;
        held += total(sumOf(counts.map((one) => one.held)));
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Generators that hide nothing would show nothing.
    expect(suppressed).toBeGreaterThan(RUNS / 5);
    expect(held).toBeGreaterThan(RUNS / 20);
  });
});
