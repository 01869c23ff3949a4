import { diagnose, quote } from '../diagnostic.ts';
import { clausesOf } from '../meeting/literal.ts';
import { canDiffer, canMeet, describeExample, engineConfirms } from '../meeting/meet.ts';
import type { Rule } from '../rule.ts';
import type { LintCheck, LintContext, LintedRule } from './lint-context.ts';
import { addsToLists, decidedFields } from './written-fields.ts';

/**
 * A rule is shadowed if wherever it matches a rule above matches too and decides all that it would decide, or stops.
 * Said only where it is certain: no finding matches the lower rule alone, and an example shows both.
 */
export const checkShadowed: LintCheck = async (context) => {
  const found = [];
  const asked = new Map(context.rules.map((linted) => [linted, factsAskedBy(linted, context)]));
  for (const [i, lower] of context.rules.entries()) {
    for (const upper of context.rules.slice(0, i)) {
      if (!leavesNothing(upper.rule, lower.rule) || !mayImply(asked.get(lower), asked.get(upper))) continue;
      if (canDiffer(lower.file, upper.file, context.space).can !== 'no') continue;
      const both = canMeet(lower.file, upper.file, context.space);
      const shown =
        both.can === 'yes' &&
        (await engineConfirms(both.values, [lower.rule, upper.rule], context.ruleset, context.now));
      const why =
        upper.rule.stop === true
          ? 'stops there'
          : `decides ${[...decidedFields(lower.rule).keys()].join(', ')} first`;
      const message = `This rule never decides anything: ${quote(upper.rule.name)} matches whatever it matches and ${why}.`;
      const example = shown && both.can === 'yes' ? ` Both match ${describeExample(both.values)}.` : '';
      const help = `Give it a higher priority than ${upper.rule.priority}, or narrow the other rule.${example}`;
      found.push(diagnose(lower.file.source, { path: ['priority'] }, 'TR109', message, help));
      break;
    }
  }
  return found;
};

/** Whether the upper rule, where both match, leaves the lower one nothing for as long as that lives. */
function leavesNothing(upper: Rule, lower: Rule): boolean {
  if (upper.mode === 'observe' && lower.mode === 'enforce') return false;
  if (endOf(upper) < endOf(lower)) return false;
  if (upper.stop === true) return true;
  if (lower.stop === true || addsToLists(lower)) return false;
  const above = decidedFields(upper);
  return [...decidedFields(lower).keys()].every((field) => above.has(field));
}

function endOf({ expires }: Rule): string {
  return expires === undefined || expires === 'never' ? '9999-12-31' : expires;
}

/** The groups of facts that each way to match asks for; null where there are too many ways to tell apart. */
function factsAskedBy(
  { file }: LintedRule,
  { workspace }: LintContext,
): readonly ReadonlySet<string>[] | null {
  const clauses = clausesOf(file, workspace);
  return clauses?.map((clause) => new Set(clause.map(({ leaf }) => groupOf(leaf.fact)))) ?? null;
}

/** A quick no for most pairs: a rule that asks for nothing the upper one asks for cannot imply it. */
function mayImply(
  narrow: readonly ReadonlySet<string>[] | null | undefined,
  wide: readonly ReadonlySet<string>[] | null | undefined,
): boolean {
  if (!narrow || !wide) return false;
  return narrow.every((facts) => wide.some((other) => [...other].every((fact) => facts.has(fact))));
}

/** Facts that tell of one another: an account's, a severity's, those of one list. */
function groupOf(fact: string): string {
  if (fact === 'AwsAccountId' || fact.startsWith('account.')) return 'account';
  if (fact === 'ageDays') return 'CreatedAt';
  return fact.startsWith('Severity.') ? 'Severity' : fact.replace(/\[.*$/s, '');
}
