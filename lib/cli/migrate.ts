import { join } from 'node:path';
import { Command, Option } from 'commander';
import { counted } from '../rules/counted.ts';
import { escapeText } from '../rules/escape-text.ts';
import { diskTree, type FileTree } from '../rules/file-tree.ts';
import { findRuleFiles } from '../rules/find-rule-files.ts';
import type { Migration } from '../rules/format/migration.ts';
import { FIRST_FORMAT, MIGRATIONS } from '../rules/format/migrations.ts';
import { type MigrationPlan, planMigration } from '../rules/format/plan-migration.ts';
import { JSON_VERSION } from '../rules/reporters/json.ts';
import { safeJson } from '../rules/safe-json.ts';
import { failInJson } from './json-failure.ts';
import { rulesOption } from './local-options.ts';
import { ProblemsFound } from './problems-found.ts';
import { UsageError } from './usage-error.ts';
import { writeTexts } from './write-texts.ts';

interface MigrateOptions {
  readonly rules: string;
  readonly apply?: boolean;
  readonly format: 'pretty' | 'json';
}

const EXAMPLES = `
Examples:
  triage migrate             which files would change, and why; nothing is written
  triage migrate --apply     changes them; comments and layout stay as they are
  git diff rules             what was changed`;

const NEXT =
  'Read what changed: git diff. Then triage lint, triage test, and triage simulate <findings> --base HEAD.';

/** `triage migrate`: brings a rules folder to the format that this version reads, by the given migrations. */
export function migrateCommand(migrations: readonly Migration[] = MIGRATIONS): Command {
  return new Command('migrate')
    .description('bring rules to the format of this version, and their schemas up to date')
    .addOption(rulesOption())
    .option('--apply', 'write the files; without it, they are listed')
    .addOption(
      new Option('-f, --format <name>', 'pretty or json').choices(['pretty', 'json']).default('pretty'),
    )
    .addHelpText('after', EXAMPLES)
    .action((options: MigrateOptions) => migrate(options, migrations));
}

async function migrate(
  { rules, apply = false, format }: MigrateOptions,
  migrations: readonly Migration[],
): Promise<void> {
  const plan = await failInJson(format, () => planFor(rules, migrations));
  if (apply) writeTexts(rules, plan.writes);
  console.log(format === 'json' ? inJson(plan, rules, apply) : inWords(plan, rules, apply));
}

function planFor(rules: string, migrations: readonly Migration[]): MigrationPlan {
  const tree = diskTree(rules);
  if (!hasRules(tree))
    throw new UsageError(
      `There are no rules in ${escapeText(rules)}. Stand where the folder is, or name another.`,
    );
  const plan = planMigration(tree, migrations);
  if ('fault' in plan) throw new ProblemsFound(escapeText(plan.fault));
  return plan;
}

function hasRules(tree: FileTree): boolean {
  try {
    return findRuleFiles(tree).files.length > 0;
  } catch {
    return false;
  }
}

function inWords({ from, to, steps, writes }: MigrationPlan, rules: string, applied: boolean): string {
  const shown = (label: string) => escapeText(join(rules, label));
  const said = from === undefined ? `no format is said, which means ${FIRST_FORMAT}` : `format ${from}`;
  const reads = `${escapeText(rules)}: ${said}; this version of triage reads ${to}.`;
  if (writes.size === 0) return `${reads} Nothing is to be done.`;
  const files = counted(writes.size, 'file');
  return [
    reads,
    ...steps.flatMap((step) => [`  ${step.title}`, ...step.files.map((label) => `    ${shown(label)}`)]),
    ...(applied ? [`${files} written. ${NEXT}`] : [`${files} would be written: triage migrate --apply`]),
  ].join('\n');
}

function inJson({ from, to, steps, writes }: MigrationPlan, rules: string, applied: boolean): string {
  const pathsOf = (labels: Iterable<string>) => [...labels].map((label) => join(rules, label));
  return safeJson({
    version: JSON_VERSION,
    ok: true,
    from: from ?? null,
    to,
    steps: steps.map(({ title, files }) => ({ title, files: pathsOf(files) })),
    files: pathsOf(writes.keys()),
    applied: applied && writes.size > 0,
  });
}
