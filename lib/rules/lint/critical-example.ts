import type { Diagnostic } from '../diagnostic.ts';
import type { Clause } from '../meeting/literal.ts';
import { clausesOf } from '../meeting/literal.ts';
import { describeExample, engineConfirms, solveAny } from '../meeting/meet.ts';
import type { LintContext, LintedRule } from './lint-context.ts';
import { widestOf } from './suppression-width.ts';

/** A CRITICAL finding that a rule matches, in words; undefined where none is found that the engine confirms. */
export async function criticalExample(
  { file, rule }: LintedRule,
  { workspace, space, ruleset, now }: LintContext,
): Promise<string | undefined> {
  const clauses = clausesOf(file, workspace);
  const critical: Clause[number] = {
    leaf: { fact: 'Severity.Label', operator: 'equal', value: 'CRITICAL' },
    holds: true,
    file,
    path: [],
  };
  const found = solveAny(clauses?.map((clause) => [critical, ...clause]) ?? null, space);
  if (found.can !== 'yes' || !(await engineConfirms(found.values, [rule], ruleset, now))) return undefined;
  return describeExample(found.values);
}

/**
 * Adds to what loading says of a rule that may suppress CRITICAL: how wide it is, and a CRITICAL finding that it would
 * hide. A reviewer who is to write `allowCritical` has to know what for.
 */
export async function explainCritical(diagnostic: Diagnostic, context: LintContext): Promise<Diagnostic> {
  if (diagnostic.code !== 'TR205') return diagnostic;
  const linted = context.rules.find(
    ({ file }) =>
      file.source.file === diagnostic.file && isAt(file.source.locate(STATUS, 'value'), diagnostic),
  );
  if (linted === undefined) return diagnostic;
  const width = widestOf(clausesOf(linted.file, context.workspace), context.space);
  const example = await criticalExample(linted, context);
  const parts = [
    diagnostic.message,
    ...(width === undefined ? [] : [`It reaches ${width.reach}.`]),
    ...(example === undefined ? [] : [`It would hide ${example}.`]),
  ];
  return { ...diagnostic, message: parts.join(' ') };
}

const STATUS = ['event', 'params', 'Workflow', 'Status'];

function isAt(range: Diagnostic['range'], diagnostic: Diagnostic): boolean {
  return JSON.stringify(range) === JSON.stringify(diagnostic.range);
}
