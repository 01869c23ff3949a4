import { parsePath } from '../../findings/path.ts';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import { factsReadBy } from '../file-reads.ts';
import type { LintCheck, LintContext, LintedRule } from './lint-context.ts';

/**
 * Rules read the finding as if the product had never touched it, so a condition on what only rules write is never
 * true. What a custom action's rules write is a person's act and does show.
 */
export const checkReadsRuleOutput: LintCheck = (context) => {
  const writers = context.rules.filter(
    ({ file }) => ![...factsReadBy(file, context.workspace)].some((fact) => fact.startsWith('event.')),
  );
  const files = [...context.rules.map(({ file }) => file), ...context.workspace.conditions.values()];
  return files.flatMap((file) =>
    file.sites.leaves.flatMap(({ leaf, path, within }): readonly Diagnostic[] => {
      if (within.length > 0 || typeof leaf.fact !== 'string' || typeof leaf.operator !== 'string') return [];
      const comparison = { fact: leaf.fact, operator: leaf.operator, value: leaf.value };
      const writer = writers.find((linted) => isOutputOf(linted, comparison, context));
      if (writer === undefined) return [];
      const message = `${leaf.fact} is asked for what the rule ${quote(writer.rule.name)} writes, and no rule sees what rules wrote.`;
      const help =
        'Ask for what that rule matches on; a shared condition in rules/conditions/ lets both use it.';
      return [diagnose(file.source, { path: [...path, 'fact'] }, 'TR208', message, help)];
    }),
  );
};

interface Comparison {
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
}

function isOutputOf({ rule }: LintedRule, leaf: Comparison, { space }: LintContext): boolean {
  const [member, key] = parsePath(leaf.fact)?.segments ?? [];
  const { Note, Types, UserDefinedFields } = rule.event.params;
  // A key is nearly always one tool's own; a note or a type may be anybody's, so there the text itself decides.
  if (member === 'UserDefinedFields')
    return typeof key === 'string' && Object.hasOwn(UserDefinedFields ?? {}, key);
  const asksForValue = !space.judge(leaf, undefined) && !leaf.operator.endsWith('exists');
  if (!asksForValue) return false;
  if (leaf.fact === 'Note.Text') return Note !== undefined && space.judge(leaf, Note.Text);
  if (leaf.fact !== 'Types') return false;
  return namesWhole(leaf.operator) && (Types ?? []).some((type) => space.judge(leaf, [type]));
}

/** A beginning such as `Effects/` is shared with providers; a whole type that a rule adds is that rule's. */
function namesWhole(operator: string): boolean {
  return /(^|:)(equal|in|contains|equalsIgnoreCase)$/.test(operator);
}
