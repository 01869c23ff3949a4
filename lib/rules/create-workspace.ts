import { isCalendarDay } from './calendar-day.ts';
import { findConditionSites, isObject } from './condition-sites.ts';
import { type Diagnostic, diagnose, quote } from './diagnostic.ts';
import { exceptionRules, faultsOfExceptions } from './exceptions/exception-rules.ts';
import { DEFAULT_CONFIG, type ListEntry, type Ruleset, type TriageConfig } from './ruleset.ts';
import type { ConditionFile, ReadFile, Workspace } from './workspace.ts';

/**
 * Brings the files together so that checks can look from one to another. What has a wrong shape is left out or taken
 * as it is: the schema has spoken of it, and checks believe nothing. Says where two files claim one name.
 */
export function createWorkspace(
  files: readonly ReadFile[],
): Workspace & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const conditions = new Map<string, ConditionFile>();
  const lists = new Map<string, readonly ListEntry[]>();
  let accounts: Ruleset['accounts'] = {};
  let config: TriageConfig = DEFAULT_CONFIG;
  for (const file of files) {
    if (file.kind === 'condition') conditions.set(file.stem, conditionFile(file, file.stem));
    if (file.kind === 'accounts') accounts = readAccounts(file.value);
    if (file.kind === 'config') {
      config = readConfig(file.value);
      diagnostics.push(...faultsOfConfig(file, config));
    }
    if (file.kind === 'exceptions') diagnostics.push(...faultsOfExceptions(file));
    if (file.kind !== 'list') continue;
    diagnostics.push(...faultsOfList(file, lists.has(file.stem)));
    lists.set(file.stem, entriesOf(file.value));
  }
  const rules = files
    .filter(({ kind, value }) => kind === 'rule' && isObject(value))
    .map((file) =>
      conditionFile(file, isObject(file.value) && typeof file.value.name === 'string' ? file.value.name : ''),
    );
  const excepting = files.filter(({ kind }) => kind === 'exceptions').flatMap(exceptionRules);
  return { rules: [...rules, ...excepting], conditions, lists, accounts, config, diagnostics };
}

function conditionFile({ kind, source, value }: ReadFile, name: string): ConditionFile {
  const member = kind === 'rule' ? 'conditions' : 'condition';
  const object = isObject(value) ? value : {};
  // Where the member is missing the schema has said so.
  const sites =
    member in object
      ? findConditionSites(object[member], [member])
      : { nodes: [], leaves: [], references: [] };
  return { kind: kind === 'rule' ? 'rule' : 'condition', name, source, value: object, root: [member], sites };
}

function readAccounts(value: unknown): Ruleset['accounts'] {
  const entries = Object.entries(isObject(value) ? value : {}).filter(
    ([id, known]) => /^\d{12}$/.test(id) && isObject(known),
  );
  return Object.fromEntries(entries) as Ruleset['accounts'];
}

function readConfig(value: unknown): TriageConfig {
  const { $schema: _, ...given } = isObject(value) ? value : {};
  const of = <K extends keyof TriageConfig>(name: K, fits: boolean): TriageConfig[K] =>
    fits ? (given[name] as TriageConfig[K]) : DEFAULT_CONFIG[name];
  const texts = (list: unknown) => Array.isArray(list) && list.every((item) => typeof item === 'string');
  return {
    prefix: of('prefix', typeof given.prefix === 'string'),
    succeeds: of('succeeds', texts(given.succeeds)),
    provenance: of('provenance', given.provenance === 'finding' || given.provenance === 'log'),
    customActions: of('customActions', texts(given.customActions)),
    withdrawing: of('withdrawing', texts(given.withdrawing)),
  };
}

function faultsOfConfig({ source }: ReadFile, { prefix, succeeds }: TriageConfig): readonly Diagnostic[] {
  const index = succeeds.indexOf(prefix);
  if (index < 0) return [];
  const message = `The instance ${quote(prefix)} cannot succeed itself.`;
  return [diagnose(source, { path: ['succeeds', index] }, 'TR003', message)];
}

function entriesOf(value: unknown): readonly ListEntry[] {
  return rawEntries(value).flatMap((entry) => {
    if (typeof entry === 'string') return [{ value: entry }];
    return isObject(entry) && typeof entry.value === 'string' ? [entry as unknown as ListEntry] : [];
  });
}

function rawEntries(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) && Array.isArray(value.entries) ? value.entries : [];
}

function faultsOfList({ source, stem, value }: ReadFile, taken: boolean): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const wrong = (path: readonly (string | number)[], message: string, help?: string) =>
    diagnostics.push(diagnose(source, { path }, 'TR003', message, help));
  if (taken)
    wrong(
      [],
      `There are two lists named ${quote(stem)}.`,
      'rules/context/ and rules/context/lists/ are one.',
    );
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(stem)) {
    wrong(
      [],
      `A list named ${quote(stem)} cannot be a fact.`,
      'Name the file with letters, digits, "_" and "-".',
    );
  }
  const seen = new Set<string>();
  rawEntries(value).forEach((entry, i) => {
    const path = [...(Array.isArray(value) ? [] : ['entries']), i];
    const text = isObject(entry) ? entry.value : entry;
    if (typeof text === 'string' && seen.has(text)) wrong(path, `${quote(text)} is in the list twice.`);
    if (typeof text === 'string') seen.add(text);
    const until = isObject(entry) ? entry.until : undefined;
    if (typeof until !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(until) || isCalendarDay(until)) return;
    wrong([...path, 'until'], `The calendar has no ${quote(until)}.`);
  });
  return diagnostics;
}
