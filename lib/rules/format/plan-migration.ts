import { isObject } from '../condition-sites.ts';
import { type Diagnostic, quote } from '../diagnostic.ts';
import type { FileTree } from '../file-tree.ts';
import { type ParsedSource, parseSource } from '../parse-source.ts';
import { schemaTexts } from '../schemas/schema-texts.ts';
import { installing, saidFormat } from './check-format.ts';
import { FORMAT_MEMBER } from './format-version.ts';
import type { RuleTexts } from './migration.ts';
import { FIRST_FORMAT, formatAfter, MIGRATIONS } from './migrations.ts';
import { setMember } from './set-member.ts';

/** One reason to write files, and which, in order of their paths below the rules folder. */
export interface MigrationStep {
  readonly title: string;
  readonly files: readonly string[];
}

/** What brings a rules folder to the format that is read here. */
export interface MigrationPlan {
  /** The format that the folder says; undefined where it says none, which means the first. */
  readonly from: number | undefined;
  readonly to: number;
  /** In the order in which they are taken; empty where nothing is left to do. */
  readonly steps: readonly MigrationStep[];
  /** New texts by path. The configuration comes last: what is cut off before it is begun anew. */
  readonly writes: RuleTexts;
}

/** Why no plan can be made, in words for the author. */
export interface NoPlan {
  readonly fault: string;
}

const CONFIG = 'triage.config.json';

/**
 * Plans what brings a folder to the format that `migrations` lead to, and its schemas, which editors read, to those of
 * this version. Reads the tree and writes nothing.
 */
export function planMigration(tree: FileTree, migrations = MIGRATIONS): MigrationPlan | NoPlan {
  const before = textsOf(tree);
  const config = parse(CONFIG, before.get(CONFIG) ?? '{}');
  const from = saidFormat(config.value);
  const to = formatAfter(migrations);
  const pending = migrations.filter((migration) => migration.to > (from ?? FIRST_FORMAT));
  const fault = faultOfConfig(config, to) ?? (pending.length > 0 ? faultIn(before) : undefined);
  if (fault !== undefined) return { fault };

  const texts = new Map(before);
  const steps: MigrationStep[] = [];
  const take = (title: string, changes: RuleTexts) => {
    const changed = [...changes].filter(([label, text]) => texts.get(label) !== text);
    for (const [label, text] of changed) texts.set(label, text);
    if (changed.length > 0) steps.push({ title, files: changed.map(([label]) => label).sort() });
  };
  for (const { to: format, title, change } of pending) take(`format ${format}: ${title}`, change(texts));
  const saying = setMember(texts.get(CONFIG) ?? newConfig(texts), FORMAT_MEMBER, to);
  if (from !== to) take(`say the format that they are written in, ${to}`, new Map([[CONFIG, saying]]));
  take('schemas for editors, as this version has them', schemasOf(texts));
  const writes = writesOf(before, texts);
  const link = tree.list().find(({ label, isFile }) => !isFile && writes.has(label));
  return link === undefined
    ? { from, to, steps, writes }
    : { fault: `${link.label} is a link, and is not followed.` };
}

/** The tree as it would be after its migrations, for rules of an earlier revision; itself where there is none to take. */
export function migratedTree(tree: FileTree, migrations = MIGRATIONS): FileTree {
  const entries = tree.list();
  const config = entries.some(({ label, isFile }) => isFile && label === CONFIG) ? tree.read(CONFIG) : '{}';
  const from = saidFormat(parse(CONFIG, config).value) ?? FIRST_FORMAT;
  if (entries.length === 0 || from >= formatAfter(migrations)) return tree;
  const plan = planMigration(tree, migrations);
  if ('fault' in plan) return tree;
  const { writes } = plan;
  const known = new Set(entries.map(({ label }) => label));
  const added = [...writes.keys()].filter((label) => !known.has(label));
  return {
    root: tree.root,
    list: () => [...entries, ...added.map((label) => ({ label, isFile: true }))],
    read: (label) => writes.get(label) ?? tree.read(label),
  };
}

function textsOf(tree: FileTree): RuleTexts {
  const labels = tree.list().filter(({ label, isFile }) => isFile && label.endsWith('.json'));
  return new Map(labels.map(({ label }) => [label, tree.read(label)]));
}

function parse(label: string, text: string) {
  return parseSource({ file: label, label }, text);
}

/** Why nothing can be said of a format in this configuration, or nothing done about what it says. */
function faultOfConfig({ value, diagnostics }: ParsedSource, to: number): string | undefined {
  const from = saidFormat(value);
  if (diagnostics.length > 0) return faultOf(CONFIG, diagnostics);
  if (!isObject(value)) return `${CONFIG} holds no object. ${MEND}`;
  if (from === undefined && FORMAT_MEMBER in value)
    return `${CONFIG} says "${FORMAT_MEMBER}": ${quote(value[FORMAT_MEMBER])}, which is no format. ${MEND}`;
  if (from === undefined || from <= to) return undefined;
  return `These rules are written in format ${from}, and format ${to} is read here. Nothing leads back: ${installing(from)}`;
}

const MEND = 'Mend it first: triage lint';

/** What an edit would make worse: a file that cannot be read as JSON with comments. */
function faultIn(texts: RuleTexts): string | undefined {
  for (const [label, text] of texts) {
    const fault = faultOf(label, parse(label, text).diagnostics);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf(label: string, [first]: readonly Diagnostic[]): string | undefined {
  const { line, column } = first?.range.start ?? {};
  return first && `${label}:${line}:${column} ${first.message} ${MEND}`;
}

function newConfig(texts: RuleTexts): string {
  return texts.has('config.schema.json') ? '{\n  "$schema": "./config.schema.json"\n}\n' : '{}\n';
}

/** Copies of the schemas stand beside rules, which name them; a folder without any does without. */
function schemasOf(texts: RuleTexts): RuleTexts {
  const schemas = schemaTexts();
  return [...schemas.keys()].some((name) => texts.has(name)) ? schemas : new Map();
}

function writesOf(before: RuleTexts, after: RuleTexts): RuleTexts {
  const changed = [...after].filter(([label, text]) => before.get(label) !== text);
  const isConfig = ([label]: readonly [string, string]) => Number(label === CONFIG);
  return new Map(changed.sort((a, b) => isConfig(a) - isConfig(b) || (a[0] < b[0] ? -1 : 1)));
}
