import { findConditionSites, isObject } from '../condition-sites.ts';
import { type Diagnostic, diagnose, quote } from '../diagnostic.ts';
import type { JsonPath, Source } from '../source.ts';
import type { ConditionFile, ReadFile } from '../workspace.ts';
import { type ExceptionFile, type ExceptionRow, SUBJECTS } from './exception-row.ts';
import { type ExpandedRow, expandRow } from './expand-row.ts';

const ROWS = 'exceptions';

/**
 * Expands a file of exceptions into rules that every check and decision takes for ordinary ones; what is said of such
 * a rule points at its row. A row of wrong shape is left out: the schema has spoken of it.
 */
export function exceptionRules(file: ReadFile): readonly ConditionFile[] {
  const { mode, priority } = isObject(file.value) ? (file.value as Partial<ExceptionFile>) : {};
  const settings = {
    ...(mode === 'observe' || mode === 'enforce' ? { mode } : {}),
    ...(typeof priority === 'number' ? { priority } : {}),
  };
  return rowsOf(file).map(({ row, path }) => {
    const expanded = expandRow(file.stem, row, settings);
    const { rule } = expanded;
    return {
      kind: 'rule',
      name: rule.name,
      source: sourceOfRow(file, path, expanded),
      value: rule as unknown as Readonly<Record<string, unknown>>,
      root: ['conditions'],
      sites: findConditionSites(rule.conditions, ['conditions']),
      row: path,
    };
  });
}

/** Says which rows name no subject or several, and which repeat what an earlier row of the file already says. */
export function faultsOfExceptions(file: ReadFile): readonly Diagnostic[] {
  const { source } = file;
  const taken = new Map<string, ExceptionRow>();
  return [
    ...unclearRows(file),
    ...rowsOf(file).flatMap(({ row, path }) =>
      row.accounts.flatMap((account, i) => {
        const target = JSON.stringify([
          ...SUBJECTS.map((name) => row[name] ?? null),
          account,
          row.resources === undefined ? null : [...row.resources].sort(),
        ]);
        const earlier = taken.get(target);
        if (earlier === undefined) {
          taken.set(target, row);
          return [];
        }
        if (earlier.id === row.id) return [];
        const message = `${quote(row.id)} excepts in ${account} what ${quote(earlier.id)} excepts there already.`;
        const help = 'Keep one of the two rows; to prolong an exception, change its "until".';
        return [diagnose(source, { path: [...path, 'accounts', i] }, 'TR121', message, help)];
      }),
    ),
  ];
}

function unclearRows({ source, value }: ReadFile): readonly Diagnostic[] {
  return rawRows(value).flatMap((raw, i) => {
    if (!isObject(raw)) return [];
    const named = SUBJECTS.filter((subject) => subject in raw);
    if (named.length === 1) return [];
    const message =
      named.length === 0
        ? 'This row does not say what it is about.'
        : `This row names ${named.map((name) => quote(name)).join(' and ')}.`;
    const help = `A row has exactly one of ${SUBJECTS.map((name) => quote(name)).join(', ')}.`;
    return [diagnose(source, { path: [ROWS, i] }, 'TR003', message, help)];
  });
}

/** Answers for places in the rule with places of its row; with those of the file for what the file itself says. */
function sourceOfRow({ source, value }: ReadFile, row: JsonPath, { originOf }: ExpandedRow): Source {
  const isSaid = ([member]: JsonPath) => isObject(value) && String(member) in value;
  const placeOf = (path: JsonPath): JsonPath => {
    const origin = originOf(path);
    if (origin.in === 'row') return [...row, ...origin.path];
    return isSaid(origin.path) ? origin.path : row;
  };
  return {
    ...source,
    locate: (path, part) => source.locate(placeOf(path), part),
    isArrayAt: (path) => source.isArrayAt(placeOf(path)),
  };
}

export interface PlacedRow {
  readonly row: ExceptionRow;
  /** Where it stands in its file. */
  readonly path: JsonPath;
}

/** The rows of a file that rules are made of. */
export function rowsOf({ value }: Pick<ReadFile, 'value'>): readonly PlacedRow[] {
  return rawRows(value).flatMap((raw, i) => (isRow(raw) ? [{ row: raw, path: [ROWS, i] }] : []));
}

function rawRows(value: unknown): readonly unknown[] {
  return isObject(value) && Array.isArray(value[ROWS]) ? value[ROWS] : [];
}

/** Whether a row holds what its rule is made of; whether the texts are good ones the schema says. */
function isRow(raw: unknown): raw is ExceptionRow {
  if (!isObject(raw)) return false;
  const isText = (name: string) => typeof raw[name] === 'string';
  const isTexts = (list: unknown) =>
    Array.isArray(list) && list.length > 0 && list.every((item) => typeof item === 'string');
  return (
    ['id', 'until', 'reasonCode', 'reason', 'ticket', 'owner'].every(isText) &&
    SUBJECTS.filter((name) => name in raw).length === 1 &&
    SUBJECTS.some(isText) &&
    // One mistake is told once: what the schema refuses as a day would be refused again as an end.
    /^\d{4}-\d{2}-\d{2}$/.test(String(raw.until)) &&
    isTexts(raw.accounts) &&
    (raw.resources === undefined || isTexts(raw.resources))
  );
}
