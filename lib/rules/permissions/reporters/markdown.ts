import { escapeMarkup } from '../../escape-text.ts';
import { type PermissionsReport, rowsOf } from '../permissions-report.ts';
import { ALWAYS, memberOf, namesOf, neededBy } from './texts.ts';

/** For a pull request: what changed first, then everything. */
export function markdown({ ruleset, permissions, base, eventsText }: PermissionsReport): string {
  const rows = rowsOf(permissions);
  const listed = (wanted: boolean) =>
    rows
      .filter(({ allowed }) => allowed === wanted)
      .map((row) => `| ${memberOf(row)} | ${cell(neededBy(row))} |`);
  return [
    '### What the deployed function may write',
    '',
    ...changesIn(base),
    `Ruleset ${ruleset}. ${ALWAYS}`,
    '',
    '| allowed | for |',
    '|---|---|',
    ...listed(true),
    '',
    `Denied: ${
      rows
        .filter(({ allowed }) => !allowed)
        .map(memberOf)
        .join(', ') || 'no other field or value'
    }.`,
    ...(eventsText === null ? [] : ['', eventsText]),
  ].join('\n');
}

function changesIn(base: PermissionsReport['base']): readonly string[] {
  if (base === null) return [];
  const ref = cell(base.ref);
  if (base.changes.length === 0) return [`The same as at ${ref}.`, ''];
  return [
    `| against ${ref} | field | for |`,
    '|---|---|---|',
    ...base.changes.map(
      (change) =>
        `| ${change.kind === 'widened' ? '**more**' : 'less'} | ${memberOf(change)} | ${cell(namesOf(change.rules))} |`,
    ),
    '',
  ];
}

/** Text of others in a table: no markup, no bar that would end the cell. */
function cell(text: string): string {
  return escapeMarkup(text).replace(/[\\`*_[\]|]/g, '\\$&');
}
