import type { Finding } from '../../lib/findings/finding.ts';
import type { Import } from '../../lib/import/import-rules.ts';
import { type Acted, compareFinding, explain, NOW_MS, rulesetOf } from './compare.ts';
import { applyNative, type NativeRule } from './native-reference.ts';

/** What a comparison of many findings came to. */
export interface Tally {
  /** How often a rule acted there. */
  readonly acted: number;
  /** How many fields ended otherwise, by the code that says why. */
  readonly counts: ReadonlyMap<string, number>;
  readonly unexplained: readonly unknown[];
}

/** Has the source and the imported rules decide each finding, and asks the report about each difference. */
export async function compareAll(
  made: Import,
  findings: readonly Finding[],
  source: (finding: Finding) => { readonly finding: Finding; readonly acted: readonly Acted[] },
): Promise<Tally> {
  const ruleset = rulesetOf(made);
  const counts = new Map<string, number>();
  const unexplained: unknown[] = [];
  let actedTimes = 0;
  for (const finding of findings) {
    const { finding: after, acted } = source(finding);
    actedTimes += acted.length;
    for (const why of explain(made, acted, await compareFinding(finding, after, ruleset))) {
      if (why.startsWith('unexplained')) unexplained.push({ id: finding.Id, acted, why });
      else counts.set(why, (counts.get(why) ?? 0) + 1);
    }
  }
  return { acted: actedTimes, counts, unexplained };
}

/** Native rules as such a source. */
export function nativeSource(rules: readonly NativeRule[]) {
  return (finding: Finding) => {
    const { finding: after, acted } = applyNative(rules, finding, NOW_MS);
    return {
      finding: after,
      acted: acted.map(({ RuleName, Actions }) => ({
        title: RuleName,
        fields: Object.keys(Actions[0]?.FindingFieldsUpdate ?? {}),
      })),
    };
  };
}
