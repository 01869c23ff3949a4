import { parsePath } from '../../findings/path.ts';
import type { Condition, Rule, UpdateTemplate } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';
import { placesOf } from './template.ts';

/** Every fact that conditions read, right-hand sides and named conditions included; facts of elements are left out. */
export function factsOf(ruleset: Ruleset, rules: readonly Rule[] = ruleset.rules): ReadonlySet<string> {
  const facts = new Set<string>();
  const followed = new Set<string>();
  const visit = (condition: Condition): void => {
    if ('all' in condition) condition.all.forEach(visit);
    else if ('any' in condition) condition.any.forEach(visit);
    else if ('not' in condition) visit(condition.not);
    else if ('condition' in condition) follow(condition.condition);
    else {
      facts.add(condition.fact);
      const { value } = condition;
      if (value !== null && typeof value === 'object' && 'fact' in value) facts.add(String(value.fact));
    }
  };
  const follow = (name: string): void => {
    const condition = Object.hasOwn(ruleset.conditions, name) ? ruleset.conditions[name] : undefined;
    if (condition === undefined || followed.has(name)) return;
    followed.add(name);
    visit(condition);
  };
  for (const rule of rules) {
    visit(rule.conditions);
    for (const fact of templateFactsOf(rule.event.params)) facts.add(fact);
  }
  return facts;
}

/** The parts of a finding that the ruleset reads: a top-level member, and `UserDefinedFields.<key>`, `.*` for the whole map. */
export function readsOf(ruleset: Ruleset): ReadonlySet<string> {
  const reads = new Set<string>();
  for (const fact of factsOf(ruleset)) {
    const [member, key] = parsePath(fact)?.segments ?? [];
    if (typeof member !== 'string') continue;
    reads.add(member);
    if (member === 'UserDefinedFields') reads.add(`${member}.${typeof key === 'string' ? key : '*'}`);
  }
  return reads;
}

function templateFactsOf(params: UpdateTemplate): readonly string[] {
  const texts = [
    params.Note?.Text ?? '',
    ...Object.values(params.UserDefinedFields ?? {}),
    ...(params.Types ?? []),
    ...(params.RelatedFindings ?? []).flatMap(({ Id, ProductArn }) => [Id, ProductArn]),
  ];
  return texts.flatMap(placesOf);
}
