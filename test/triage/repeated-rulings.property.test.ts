import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { event, NOW, ruleset, touch, untouchedFinding } from './generators.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 400);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_122);

/** Findings that differ from one another by little, so that a ruling is asked for again and again. */
const batch = fc
  .tuple(
    fc.array(untouchedFinding, { minLength: 1, maxLength: 3 }),
    fc.array(touch, { minLength: 4, maxLength: 12 }),
  )
  .map(([findings, touches]) =>
    findings.flatMap((finding) => [
      finding,
      ...touches.map((members): Finding => ({ ...finding, ...members })),
      ...touches.map(
        ({ Severity, Workflow }): Finding => ({
          ...finding,
          ...(Severity !== undefined && { Severity }),
          ...(Workflow !== undefined && { Workflow }),
        }),
      ),
    ]),
  );

describe('rulings that are made again', () => {
  it('are what they would be if nothing had been ruled on before, for every finding of a batch', async () => {
    let updates = 0;
    await fc.assert(
      fc.asyncProperty(batch, ruleset, event, async (findings, rules, occasion) => {
        // Each with rules of its own, compiled for it alone: most of the time this test takes.
        const alone: Decision[] = [];
        for (const finding of findings)
          alone.push(await decide(finding, occasion, structuredClone(rules), NOW));

        for (const [at, finding] of [...findings, ...findings].entries()) {
          const decision = await decide(finding, occasion, rules, NOW);

          expect(decision).toEqual(alone[at % findings.length]);
          if (decision.kind === 'update') updates += 1;
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );

    expect(updates).toBeGreaterThan(RUNS);
  }, 180_000);
});
