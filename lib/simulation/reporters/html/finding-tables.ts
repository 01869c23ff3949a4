import { CHANGE_KINDS } from '../../compare.ts';
import { HIDDEN_FIRST } from '../../hiding.ts';
import type { ChangedFinding, Comparison } from '../../simulation-report.ts';
import { newlyHidden, otherChanges, otherTitle } from '../change-counts.ts';
import { ruleNames, shownResource, transitionOf } from '../finding-cells.ts';
import { count, table, text } from './markup.ts';

/** Nobody reads more in a browser, and the page stays light; `--decisions` has the rest. */
const MAX_FIRST = 1_000;
/** The charts are to be seen without scrolling past hundreds of rows. */
const MAX_OPEN = 10;
const MAX_OTHERS = 300;
const COLUMNS = ['severity', 'account', 'product', 'title', 'resource', 'from → to', 'rules'].map(
  (title) => ({ title }),
);

/** The findings nobody should hide unseen. */
export function hiddenFindings(comparison: Comparison): readonly string[] {
  return HIDDEN_FIRST.flatMap((severity) => {
    const { rows, total } = newlyHidden(comparison, severity);
    const heading = `<h2>${severity} findings that would be hidden (${count(total)})</h2>`;
    return [heading, ...hiddenRows(rows.slice(0, MAX_FIRST), total)];
  });
}

function hiddenRows(rows: readonly ChangedFinding[], total: number): readonly string[] {
  if (total === 0) return ['<p>None.</p>'];
  const open = rows.slice(0, MAX_OPEN);
  if (total <= open.length) return [findingTable(open, total)];
  return [
    findingTable(open, open.length),
    `<details><summary>${count(total - open.length)} more</summary>\n${findingTable(rows.slice(MAX_OPEN), total - open.length)}\n</details>`,
  ];
}

/** All other findings that are left differently, closed until asked for. */
export function otherFindings(comparison: Comparison): readonly string[] {
  const parts = CHANGE_KINDS.flatMap((kind) => {
    const { rows, total } = otherChanges(comparison, kind);
    if (total === 0) return [];
    return [
      `<details><summary>${otherTitle(kind)} (${count(total)})</summary>\n${findingTable(rows.slice(0, MAX_OTHERS), total)}\n</details>`,
    ];
  });
  return parts.length === 0 ? [] : ['<h2>All other changes, finding by finding</h2>', ...parts];
}

function findingTable(rows: readonly ChangedFinding[], total: number): string {
  const cells = rows.map((row) => [
    row.severity,
    text(row.AwsAccountId, 20),
    `<span>${text(row.product, 60)}</span>`,
    `<span title="${text(row.Id, 512)}">${text(row.title)}</span>`,
    `<code title="${text(row.resource, 512)}">${text(shownResource(row.resource))}</code>`,
    `<span>${text(transitionOf(row))}</span>`,
    `<code>${text(ruleNames(row), 400)}</code>`,
  ]);
  return table(COLUMNS, cells, { kind: 'stack findings', total });
}
