import type { UpdatableField } from '../../findings/update.ts';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import type { LintCheck } from './lint-context.ts';
import { diagnoseFolder } from './whole-folder.ts';
import { fieldsOf, isWithdrawable } from './withdrawable.ts';

/** The function may always reset these, whatever rules there are: no entry is needed. */
const ALWAYS_ALLOWED: readonly UpdatableField[] = [
  'Workflow',
  'VerificationState',
  'Note',
  'UserDefinedFields',
];

/**
 * Permissions are derived from the rules. With the last rule on a field the function would lose that to take back what
 * the rule wrote, and findings would keep it for good: so the configuration has to name the field.
 */
export const checkWithdrawingFieldDropped: LintCheck = (context) => {
  const { base, complete, rules, workspace, files } = context;
  if (base === undefined || !complete) return [];
  const listed = workspace.config.withdrawing;
  const writers = new Map(
    rules
      .filter(({ rule }) => rule.mode === 'enforce')
      .flatMap((linted) => fieldsOf(linted).map((field) => [field, linted.rule.name] as const)),
  );
  const earlier = new Map(
    base.rules
      .filter((linted) => isWithdrawable(linted, base.workspace))
      .flatMap((linted) => fieldsOf(linted).map((field) => [field, linted.rule.name] as const)),
  );
  const dropped = [...earlier].filter(
    ([field]) => !ALWAYS_ALLOWED.includes(field) && !writers.has(field) && !listed.includes(field),
  );
  const config = files.find(({ kind }) => kind === 'config');
  return [
    ...dropped.map(([field, name]) => {
      const entry = JSON.stringify([...listed, field]);
      const message = `No enforced rule writes ${field} any more, and "withdrawing" does not name it.`;
      const help = `${quote(name)} wrote it at ${base.ref}, and findings have it until it is taken back. Write "withdrawing": ${entry} in triage.config.json, until the findings it matched have had an event.`;
      return diagnoseFolder(context, ['withdrawing'], 'TR211', message, help);
    }),
    ...listed.flatMap((field, i): readonly Diagnostic[] => {
      const name = writers.get(field);
      if (name === undefined || config === undefined) return [];
      const message = `${field} is written by ${quote(name)}, which allows withdrawing it as well.`;
      const at = { path: ['withdrawing', i] };
      const said = diagnose(config.source, at, 'TR211', message, 'Delete this entry.');
      return [{ ...said, severity: 'warning' }];
    }),
  ];
};
