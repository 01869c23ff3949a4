import { counted } from '../../rules/counted.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { JSON_VERSION } from '../../rules/reporters/json.ts';
import { safeJson } from '../../rules/safe-json.ts';
import { PLAIN, type Surface } from '../../rules/surface.ts';
import { wrapped } from '../../rules/wrapped.ts';
import type { ImportedRule } from '../import-rules.ts';
import type { Remark } from '../remark.ts';
import { type ImportReport, nextSteps, titleOf } from './import-report.ts';
import { markdown } from './markdown.ts';

export const IMPORT_FORMATS = ['pretty', 'compact', 'json', 'markdown'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

const DEFAULT_COLUMNS = 80;
const KIND_WIDTH = 9;

const pretty = (report: ImportReport, { paint, columns = DEFAULT_COLUMNS }: Surface = PLAIN): string => {
  const remarkLines = ({ kind, text }: Remark, indent: string): readonly string[] => {
    const lines = wrapped(escapeText(text), columns - indent.length - KIND_WIDTH);
    return lines.map((line, i) => `${indent}${paint.faint((i === 0 ? kind : '').padEnd(KIND_WIDTH))}${line}`);
  };
  const ruleLines = ({
    title,
    rule,
    refusals,
    isLeftOut,
    remarks,
    cases,
  }: ImportedRule): readonly string[] => {
    const said = escapeText(JSON.stringify(title));
    if (rule === null) {
      const why = refusals.flatMap((text) => wrapped(escapeText(text), columns - 4));
      const sign = isLeftOut ? paint.faint('·') : paint.bad('✗');
      return [`${sign} ${said} is not imported`, ...why.map((line) => `    ${line}`)];
    }
    const head = `${paint.good('✓')} ${paint.strong(rule.name)}  priority ${rule.priority}, ${counted(cases, 'case')}`;
    return [
      head,
      `    ${paint.faint(`from ${said}`)}`,
      ...remarks.flatMap((remark) => remarkLines(remark, '    ')),
    ];
  };
  return [
    paint.strong(titleOf(report)),
    '',
    ...report.rules.flatMap(ruleLines),
    '',
    paint.strong('For all of them'),
    ...report.remarks.flatMap((remark) => remarkLines(remark, '  ')),
    ...lastLines(report),
  ].join('\n');
};

const compact = (report: ImportReport): string => {
  const remarkLine = (name: string, { kind, code, text }: Remark): string =>
    `${name}: ${kind} ${code}: ${escapeText(text)}`;
  const rules = report.rules.flatMap(({ title, rule, refusals, remarks }) => {
    const said = escapeText(JSON.stringify(title));
    if (rule === null) return refusals.map((why) => `${said}: not imported: ${escapeText(why)}`);
    return [`${rule.name}: imported from ${said}`, ...remarks.map((remark) => remarkLine(rule.name, remark))];
  });
  return [
    titleOf(report),
    ...rules,
    ...report.remarks.map((remark) => remarkLine('all', remark)),
    ...lastLines(report),
  ].join('\n');
};

function lastLines(report: ImportReport): readonly string[] {
  const verb = report.isDry ? 'would write' : 'wrote';
  const paths = [...report.paths.keys()].map((path) => `${verb} ${escapeText(path)}`);
  return [...(paths.length > 0 ? ['', ...paths] : []), ...nextSteps(report)];
}

/** For programs: each rule with what became of it, and of a dry run the files. */
const json = ({ system, rules, remarks, isDry, paths }: ImportReport): string =>
  safeJson({
    version: JSON_VERSION,
    ok: rules.every(({ rule, isLeftOut }) => rule !== null || isLeftOut),
    system,
    dryRun: isDry,
    counts: { rules: rules.length, imported: rules.filter(({ rule }) => rule !== null).length },
    rules: rules.map(({ title, rule, refusals, remarks: own, cases }) => ({
      title,
      name: rule?.name ?? null,
      ...(rule !== null && { priority: rule.priority, mode: rule.mode, cases }),
      refusals,
      remarks: own,
    })),
    remarks,
    files: [...paths].map(([path, text]) => ({ path, ...(isDry && { text }) })),
  });

/** The formats of `triage import`. */
export const IMPORT_REPORTERS = { pretty, compact, json, markdown } as const satisfies Record<
  ImportFormat,
  (report: ImportReport, surface?: Surface) => string
>;
