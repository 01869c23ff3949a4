import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import { comparePermissions, type PermissionChange } from '../permissions/compare-permissions.ts';
import { writePermissionsOf } from '../permissions/write-permissions.ts';
import type { LintCheck, LintedRule } from './lint-context.ts';
import { diagnoseFolder } from './whole-folder.ts';

/**
 * Held against an earlier revision: the function's policy is derived from the rules, so a rule that writes something
 * new also lets whoever takes over the function write it. That is for a reviewer to see where the rule is.
 */
export const checkWidensPermissions: LintCheck = (context) => {
  const { base, rules, workspace } = context;
  if (base === undefined) return [];
  const earlier = writePermissionsOf({
    rules: base.rules.map(({ rule }) => rule),
    config: base.workspace.config,
  });
  const later = writePermissionsOf({ rules: rules.map(({ rule }) => rule), config: workspace.config });
  const widened = comparePermissions(earlier, later).filter(({ kind }) => kind === 'widened');
  return [...Map.groupBy(widened, ({ member, rules: [first = ''] }) => `${member} ${first}`).values()].map(
    (changes): Diagnostic => {
      const [{ member, rules: needing }] = changes as [PermissionChange];
      const what = `${member}${valuesIn(changes)}`;
      const help = `No enforced rule needed that at ${base.ref}, and the function was not allowed it. "triage permissions --base ${base.ref}" shows the whole change.`;
      const linted = rules.find(({ rule }) => rule.name === needing[0]);
      if (linted === undefined)
        return diagnoseFolder(
          context,
          ['withdrawing'],
          'TR212',
          `"withdrawing" lets the function write ${what}.`,
          help,
        );
      const others = needing.length > 1 ? ` (and ${needing.slice(1).map(quote).join(', ')})` : '';
      const message = `This rule${others} lets the function write ${what}.`;
      return diagnose(linted.file.source, { path: placeIn(linted, member) }, 'TR212', message, help);
    },
  );
};

function valuesIn(changes: readonly PermissionChange[]): string {
  const values = changes.flatMap(({ value }) => (value === null ? [] : [value]));
  return values.length === 0 ? '' : ` ${values.join(', ')}`;
}

function placeIn({ file }: LintedRule, member: string): readonly string[] {
  const [field = ''] = member.split('.');
  return file.row === undefined ? ['event', 'params', field] : [];
}
