import { describe, expect, it } from 'vitest';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { decide } from '../../lib/triage/decide.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { codesOf, loadRule, ruleOn } from '../rules/rules-folder.ts';
import { findingTitled } from '../under-fire/range.ts';

const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
/**
 * Expressions on which backtracking engines take exponential or polynomial time, a text that makes them, and what the
 * expression asks for at its end: a text without it is seen to be none before any expression is tried.
 */
const HARD = [
  ['(a+)+b', 'a', 'b'],
  ['(a|aa)+b', 'a', 'b'],
  ['(a|a)*b', 'a', 'b'],
  ['(.*a){12}b', 'a', 'b'],
  ['(x+x+)+y', 'x', 'y'],
  ['([a-zA-Z]+)*[0-9]', 'a', '0'],
  ['.*.*.*=.*', '='.repeat(3), '='],
  ['(\\w+\\s?)*!', 'a ', '!'],
] as const;

/** What the fastest of several runs took of this process's own time, which neighbours on the machine do not lengthen. */
async function leastCpuMs(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

describe('an expression that backtracking engines choke on', () => {
  it.each(HARD)('%s: twice the text takes at most 2.5 times the time', async (pattern, unit, literal) => {
    const rule = {
      ...{ name: 'hard', owner: '@acme/secops', mode: 'enforce', priority: 1 },
      conditions: { all: [{ fact: 'Description', operator: 'matches', value: pattern }] },
      event: { type: 'update', params: { Confidence: 1 } },
    };
    const ruleset = loadRulesetOrThrow(writeRules({}, [rule]));
    let texts = 0;
    const decideOn = (units: number) => async () => {
      // Each text is another: what was ruled on before is remembered, and would take no time.
      texts += 1;
      const Description = `${unit.repeat(units)}~${texts}${literal}`;
      return decide(findingTitled('leave', 'hard', { Description }), IMPORTED, ruleset, Date.now());
    };
    // Long enough that the work on the text is what is measured, on whatever machine.
    let units = 4_000;
    while ((await leastCpuMs(decideOn(units))) < 10 && units < 64_000) units *= 2;

    const once = await leastCpuMs(decideOn(units));
    const twice = await leastCpuMs(decideOn(2 * units));

    const textMs = await leastCpuMs(decideOn(Math.floor(65_536 / unit.length)));
    console.info(
      `${pattern}: ${textMs.toFixed(1)} ms of CPU for 64 KB, ${(twice / once).toFixed(2)} times for twice`,
    );
    expect(twice / once).toBeLessThanOrEqual(2.5);
  });

  it.each(['(?=a)b', '(?<!a)b', '(a)\\1', 'a{1,1001}', '(?>a+)b', '*a', '(a', '[z-a]', '\\p{Nope}'])(
    '%s is no RE2 expression, so it is refused before deployment',
    (pattern) => {
      const loaded = loadRule(ruleOn({ fact: 'Description', operator: 'matches', value: pattern }));

      expect(codesOf(loaded)).toEqual(['TR111']);
      expect(loaded.ruleset).toBeNull();
    },
  );
});
