import { canonicalJson } from '../../findings/canonical-json.ts';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import { canMeet, describeExample, engineConfirms } from '../meeting/meet.ts';
import type { LintCheck, LintContext, LintedRule } from './lint-context.ts';
import { decidedFields } from './written-fields.ts';

/**
 * Two rules of one priority that want different things of one finding are told apart by their names alone, which
 * nobody meant. Shown with an example that the engine confirms; where none can be found or ruled out, said to be a
 * guess. Two rows of exceptions are left out: both suppress, and which of two agreed reasons the note tells is no matter.
 */
export const checkAmbiguousPriority: LintCheck = async (context) => {
  const found: Diagnostic[] = [];
  for (const [i, second] of context.rules.entries()) {
    for (const first of context.rules.slice(0, i)) {
      if (areBothRows(first, second)) continue;
      if (first.rule.priority === second.rule.priority)
        found.push(...(await clashOf(first, second, context)));
    }
  }
  return found;
};

function areBothRows(first: LintedRule, second: LintedRule): boolean {
  return first.file.row !== undefined && second.file.row !== undefined;
}

async function clashOf(
  first: LintedRule,
  second: LintedRule,
  { space, ruleset, now }: LintContext,
): Promise<readonly Diagnostic[]> {
  const fields = disputedFields(first, second).join(', ');
  const both = fields === '' ? undefined : canMeet(first.file, second.file, space);
  if (both === undefined || both.can === 'no') return [];
  const at = { path: ['priority'] };
  const [a, b] = [quote(first.rule.name), quote(second.rule.name)];
  const same = `${b} and ${a} have priority ${first.rule.priority}`;
  const remedy = `There ${a} wins by its name alone; give the two different priorities.`;
  if (both.can === 'yes' && (await engineConfirms(both.values, [first.rule, second.rule], ruleset, now))) {
    const message = `${same}, can match one finding, and decide ${fields} differently.`;
    const help = `Both match ${describeExample(both.values)}. ${remedy}`;
    return [diagnose(second.file.source, at, 'TR206', message, help)];
  }
  const message = `${same} and may meet on one finding, where they decide ${fields} differently.`;
  const help = `That is a guess: their operators leave it open. ${remedy}`;
  return [{ ...diagnose(second.file.source, at, 'TR206', message, help), severity: 'warning' }];
}

function disputedFields(first: LintedRule, second: LintedRule): readonly string[] {
  const wanted = decidedFields(second.rule);
  return [...decidedFields(first.rule)].flatMap(([field, value]) =>
    wanted.has(field) && canonicalJson(value) !== canonicalJson(wanted.get(field)) ? [field] : [],
  );
}
