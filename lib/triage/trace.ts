import type { RuleTrace } from './decision.ts';
import type { Judgement } from './judge.ts';
import type { Ruling } from './ruling.ts';

/** `matching`: the rules that matched or would have, had they not expired; `all`: every rule. */
export type TraceDetail = 'matching' | 'all';

/** What became of each rule: enforced ones by the enforced ruling, observed ones by the ruling that counts them in. */
export function traceOf(enforced: Ruling, shadow: Ruling, detail: TraceDetail): readonly RuleTrace[] {
  const cut = { enforce: stopsIn(enforced, false), observe: stopsIn(shadow, true) };
  return shadow.judgements.flatMap((judgement, index) => {
    const { compiled, matched, conditions } = judgement;
    const { rule, expired } = compiled;
    if (!matched && detail === 'matching') return [];
    const ruling = rule.mode === 'enforce' ? enforced : shadow;
    const wishes = ruling.wishes.filter(({ rules }) => rules.includes(rule));
    return [
      {
        rule: rule.name,
        mode: rule.mode,
        matched: matched && !expired,
        expired: matched && expired,
        stopped: index > cut[rule.mode],
        won: [...new Set(wishes.map(({ field }) => field))],
        conditions,
      },
    ];
  });
}

/** The place of the first rule that stops evaluation. */
function stopsIn({ judgements }: Ruling, withObserved: boolean): number {
  const stops = ({ compiled: { rule, expired }, matched }: Judgement) =>
    matched && !expired && rule.stop === true && (withObserved || rule.mode === 'enforce');
  const at = judgements.findIndex(stops);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}
