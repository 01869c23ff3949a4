import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { rulesetOf, type Sighting, someCase } from './generate/case.ts';
import { runs } from './runs.ts';

describe('a decision', () => {
  it('is the same whether the index chooses the rules to ask or every rule is asked', async () => {
    const kinds: Record<string, number> = {};

    await fc.assert(
      fc.asyncProperty(someCase, async ({ conditions, named, sightings }) => {
        const ruleset = rulesetOf(conditions, named);
        for (const [i, drawn] of sightings.entries()) {
          const sighting = i % 3 === 0 ? asSomeoneLeftIt(drawn) : drawn;
          const matching = await decided(sighting, ruleset, 'matching');
          const all = await decided(sighting, ruleset, 'all');

          kinds[matching?.kind ?? 'threw'] = (kinds[matching?.kind ?? 'threw'] ?? 0) + 1;
          // Where a rule makes the engine throw, the full trace cannot be had; the index may have ruled it out.
          if (all !== null) expect(matching).toEqual(all);
        }
      }),
      runs(600),
    );

    console.info('decisions:', JSON.stringify(kinds));
    const total = Object.values(kinds).reduce((sum, each) => sum + each, 0);
    for (const kind of ['update', 'observed', 'unchanged', 'held'])
      expect.soft((kinds[kind] ?? 0) / total, kind).toBeGreaterThan(0.01);
    expect((kinds.threw ?? 0) / total).toBeLessThan(0.5);
  }, 600_000);
});

/** What rules write has been set by someone, so that it is held. */
function asSomeoneLeftIt(sighting: Sighting): Sighting {
  const { finding } = sighting;
  const set = { Note: { Text: 'n', UpdatedBy: 'analyst' }, Workflow: { Status: 'RESOLVED' }, Confidence: 99 };
  return { ...sighting, finding: { ...finding, ...set, FindingProviderFields: { Confidence: 1 } } };
}

/** What is decided, without the trace; null where a rule makes the engine throw. */
async function decided(
  { finding, event, nowMs }: Sighting,
  ruleset: Ruleset,
  detail: 'matching' | 'all',
): Promise<Omit<Decision, 'trace' | 'finding'> | null> {
  try {
    const {
      trace,
      finding: _,
      ...decision
    } = await decide(finding as Finding, event, ruleset, nowMs, detail);
    return {
      ...decision,
      matched: trace.filter(({ matched }) => matched).map(({ rule }) => rule),
    } as typeof decision;
  } catch {
    return null;
  }
}
