import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { importRules } from '../../import/import-rules.ts';
import type { ImportReport } from '../../import/reporters/import-report.ts';
import { IMPORT_REPORTERS } from '../../import/reporters/texts.ts';
import type { SourceRules } from '../../import/source-rule.ts';
import { takenFiles } from '../../import/taken-files.ts';
import { isObject } from '../../rules/condition-sites.ts';
import { counted } from '../../rules/counted.ts';
import { createWorkspace } from '../../rules/create-workspace.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { loadRules } from '../../rules/load.ts';
import { narratorFor, surfaceFor } from '../global-options.ts';
import { failInJson } from '../json-failure.ts';
import { ownerOfMost } from '../owner-of-most.ts';
import { ProblemsFound } from '../problems-found.ts';
import { printedFormat, writeReports } from '../report-options.ts';
import { UsageError } from '../usage-error.ts';
import { writeTexts } from '../write-texts.ts';
import type { ImportOptions } from './import-options.ts';

const EXPIRES_DAYS = 90;
const FIRST_PRIORITY = 1000;

/** Reads what was named, makes rules of it, writes them and tells; ends with problems where a rule did not come over. */
export async function runImport(
  read: (nowMs: number) => SourceRules,
  options: ImportOptions,
  command: Command,
): Promise<void> {
  const report = await failInJson(printedFormat(options), () =>
    narratorFor(command).time('importing', () => importTo(read, options)),
  );
  writeReports(
    options,
    {
      text: (format, surface) => IMPORT_REPORTERS[format](report, surface),
      summary: () => IMPORT_REPORTERS.markdown(report),
    },
    surfaceFor(command),
  );
  const left = report.rules.filter(({ rule, isLeftOut }) => rule === null && !isLeftOut).length;
  if (left > 0)
    throw new ProblemsFound(
      `${counted(left, 'rule')} of ${report.rules.length} ${left === 1 ? 'was' : 'were'} not imported.`,
    );
}

async function importTo(read: (nowMs: number) => SourceRules, options: ImportOptions): Promise<ImportReport> {
  const { rules: rulesDir, area, mode, allowCritical, disabled = false, force, dryRun } = options;
  const nowMs = options.now ?? Date.now();
  const source = read(nowMs);
  const there = existingRules(rulesDir, area);
  const made = await importRules(source, {
    ...{ rulesDir, area, mode, allowCritical, disabled },
    owner: options.owner ?? ownerOfMost(there.owners),
    expires: options.expires ?? dayAfter(nowMs, EXPIRES_DAYS),
    firstPriority: Math.max(FIRST_PRIORITY, Math.ceil((there.highest + 1) / 1000) * 1000),
    taken: there.names,
  });
  const taken = force || dryRun ? [] : takenFiles(rulesDir, made.files);
  if (taken.length > 0) {
    const more = taken.length > 1 ? ` and ${taken.length - 1} more` : '';
    throw new UsageError(
      `${escapeText(taken[0] ?? '')}${more} exist already; nothing was written. Name another --area, or --force.`,
    );
  }
  if (!dryRun) writeTexts(rulesDir, made.files);
  const paths = new Map([...made.files].map(([label, text]) => [join(rulesDir, label), text] as const));
  return { ...made, isDry: dryRun, paths };
}

interface Existing {
  readonly names: ReadonlySet<string>;
  readonly owners: readonly string[];
  readonly highest: number;
}

/** What of the rules that are there bears on new ones: those of the area itself would be overwritten, or stop it. */
function existingRules(rulesDir: string, area: string): Existing {
  if (!existsSync(rulesDir)) return { names: new Set(), owners: [], highest: 0 };
  const files = loadRules(rulesDir).files.filter(({ label }) => !label.startsWith(`${area}/`));
  const values = createWorkspace(files)
    .rules.map(({ value }) => value)
    .filter(isObject);
  return {
    names: new Set(values.map(({ name }) => String(name))),
    owners: values.flatMap(({ owner }) => (typeof owner === 'string' ? [owner] : [])),
    highest: Math.max(
      0,
      ...values.map(({ priority }) => (Number.isInteger(priority) ? Number(priority) : 0)),
    ),
  };
}

function dayAfter(nowMs: number, days: number): string {
  return new Date(nowMs + days * 86_400_000).toISOString().slice(0, 10);
}

/** The text of a file, or with `-` of stdin. */
export function readNamed(name: string): string {
  try {
    return readFileSync(name === '-' ? 0 : name, 'utf8');
  } catch (cause) {
    throw new UsageError(`${escapeText(name)} cannot be read: ${escapeText((cause as Error).message)}.`, {
      cause,
    });
  }
}
