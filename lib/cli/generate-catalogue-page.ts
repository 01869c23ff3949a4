import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findNodeAtLocation } from 'jsonc-parser';
import { escapeText } from '../rules/escape-text.ts';
import { formatDiagnostics } from '../rules/format-diagnostics.ts';
import { loadRules } from '../rules/load.ts';
import type { Rule } from '../rules/rule.ts';
import { describeUpdate } from './describe-update.ts';

/** A rule that has a file of its own, and the path of that file below the rules. */
interface ListedRule {
  readonly rule: Rule;
  readonly file: string;
}

const COLUMNS = ['rule', 'area', 'mode', 'priority', 'what it does', 'writes', 'owner', 'expires'];

/**
 * The text of `rules/CATALOGUE.md`: one row for each rule file, by area, then highest priority first. It is written
 * out of the rules, so that it cannot say anything else than they do. Throws where the rules do not load.
 */
export function generateCataloguePage(rulesDir: string): string {
  const listed = listRules(rulesDir);
  const hiding = listed.filter(({ rule }) => rule.event.params.Workflow?.Status === 'SUPPRESSED');
  const critical = hiding.filter(({ rule }) => rule.allowCritical === true);
  return `# Catalogue of rules

Written out of the rule files by \`npm run generate\`; change the rules, not this page.
How to read and write them: [Writing rules](README.md).

${listed.length} rules: ${enforcedOf(listed)} enforced, ${listed.length - enforcedOf(listed)} observing.
${hiding.length} of them suppress findings, ${enforcedOf(hiding)} of these enforced; ${critical.length} may suppress CRITICAL findings.

${row(COLUMNS)}
${row(COLUMNS.map(() => '---'))}
${listed.map(rowOf).join('\n')}
`;
}

function listRules(rulesDir: string): readonly ListedRule[] {
  const { ruleset, diagnostics, sources } = loadRules(rulesDir);
  if (ruleset === null)
    throw new Error(`\n${formatDiagnostics(diagnostics, { format: 'pretty', cwd: process.cwd(), sources })}`);
  const files = new Map(
    [...sources.values()].map(({ tree, label }) => [
      tree && findNodeAtLocation(tree, ['name'])?.value,
      label,
    ]),
  );
  return ruleset.rules
    .flatMap((rule) => {
      const file = files.get(rule.name);
      return file === undefined ? [] : [{ rule, file }];
    })
    .sort((a, b) => compare(dirname(a.file), dirname(b.file)) || b.rule.priority - a.rule.priority);
}

function enforcedOf(listed: readonly ListedRule[]): number {
  return listed.filter(({ rule }) => rule.mode === 'enforce').length;
}

function rowOf({ rule, file }: ListedRule): string {
  const { name, mode, priority, description = '', event, owner } = rule;
  return row([
    `[${asText(name)}](${encodeURI(file)})`,
    asText(dirname(file)),
    mode,
    String(priority),
    asText(description),
    asText(describeUpdate(event.params)),
    asText(owner),
    endOf(rule),
  ]);
}

function endOf({ expires, reviewBy }: Rule): string {
  if (expires === undefined) return '–';
  return expires === 'never' && reviewBy !== undefined ? `never; reviewed by ${reviewBy}` : expires;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Rule files are written by many hands: nothing in them may end a cell, start a link or become HTML. */
function asText(text: string): string {
  return escapeText(text).replace(/[\\|<>[\]*`]/g, '\\$&');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

if (import.meta.main) {
  const rulesDir = resolve(import.meta.dirname, '..', '..', 'rules');
  writeFileSync(join(rulesDir, 'CATALOGUE.md'), generateCataloguePage(rulesDir));
}
