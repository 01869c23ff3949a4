import type { RuleTrace } from './decision.ts';
import type { Ruling } from './ruling.ts';

/** What became of each rule: enforced ones by the enforced ruling, observed ones by the ruling that counts them in. */
export function traceOf(enforced: Ruling, shadow: Ruling): readonly RuleTrace[] {
  return shadow.judgements.map((judgement) => {
    const { compiled, matched, expired, conditions } = judgement;
    const { rule } = compiled;
    const ruling = rule.mode === 'enforce' ? enforced : shadow;
    const won = new Set<string>();
    for (const { field, rules } of ruling.wishes) if (rules.includes(rule)) won.add(field);
    return {
      rule: rule.name,
      mode: rule.mode,
      matched: matched && !expired,
      expired: matched && expired,
      stopped: matched && !expired && !ruling.counted.includes(rule),
      won: [...won],
      conditions,
    };
  });
}
