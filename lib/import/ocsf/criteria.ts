import { isObject } from '../../rules/condition-sites.ts';
import { lookUpFact } from '../../rules/fact-type.ts';
import { ANY_FINDING } from '../any-finding.ts';
import { readDateFilters } from '../date-filters.ts';
import { memberOf } from '../native/criteria.ts';
import { NO_NEIGHBOURS } from '../no-neighbours.ts';
import { readNumberFilters } from '../number-filters.ts';
import { isRefusal, type Refusal } from '../remark.ts';
import { readTextFilters } from '../text-filters.ts';
import type { Tree } from '../tree.ts';
import { OCSF_CODES, OCSF_DATES, OCSF_FLAGS, OCSF_MAPS, OCSF_NUMBERS, OCSF_TEXTS } from './fields.ts';
import { resourceTypeOf } from './resource-type.ts';

type Members = Readonly<Record<string, unknown>>;

/** Criteria of a V2 rule as a tree, and the fields of which nobody documents that ASFF holds the same. */
export interface OcsfCriteria {
  readonly tree: Tree;
  readonly assumed: readonly string[];
}

/** What the API takes: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CompositeFilter.html */
const MOST_NESTED = 3;

/** Reads OcsfFindingCriteria; refuses, by name, what ASFF has no field or value for. */
export function readOcsfCriteria(criteria: unknown, nowMs: number): OcsfCriteria | Refusal {
  const filters = isObject(criteria) ? criteria.OcsfFindingCriteria : undefined;
  if (!isObject(filters))
    return { refused: 'It has no OcsfFindingCriteria: rules on resources have no findings to change.' };
  const assumed = new Set<string>();
  const parts = listOf(filters.CompositeFilters).map((one) => readComposite(one, nowMs, assumed, 0));
  const refusal = parts.find(isRefusal);
  if (refusal !== undefined) return refusal;
  const trees = parts as readonly Tree[];
  if (trees.length === 0) return { tree: ANY_FINDING, assumed: [] };
  const tree: Tree = filters.CompositeOperator === 'OR' ? { name: 'one of', any: trees } : { all: trees };
  return { tree, assumed: [...assumed] };
}

function readComposite(
  composite: unknown,
  nowMs: number,
  assumed: Set<string>,
  depth: number,
): Tree | Refusal {
  if (!isObject(composite) || depth > MOST_NESTED)
    return { refused: 'A composite filter is none, or nested too deep.' };
  const known = [...Object.keys(READERS), 'NestedCompositeFilters', 'Operator'];
  const other = Object.keys(composite).find((name) => !known.includes(name));
  if (other !== undefined) return { refused: `${other}: ASFF has no equivalent that rules could ask for.` };
  const parts: (Tree | Refusal)[] = [];
  for (const [kind, read] of Object.entries(READERS))
    for (const item of listOf(composite[kind])) parts.push(readField(item, read, nowMs, assumed));
  for (const inner of listOf(composite.NestedCompositeFilters))
    parts.push(readComposite(inner, nowMs, assumed, depth + 1));
  const refusal = parts.find(isRefusal);
  if (refusal !== undefined) return refusal;
  const trees = parts as readonly Tree[];
  if (trees.length === 0) return { refused: 'A composite filter is empty.' };
  const [only, second] = trees;
  if (only !== undefined && second === undefined) return only;
  return composite.Operator === 'OR' ? { name: 'one of', any: trees } : { all: trees };
}

type Reader = (
  field: string,
  filter: Members,
  nowMs: number,
  assumed: Set<string>,
) => readonly Tree[] | Refusal;

function readField(item: unknown, read: Reader, nowMs: number, assumed: Set<string>): Tree | Refusal {
  if (!isObject(item) || typeof item.FieldName !== 'string' || !isObject(item.Filter))
    return { refused: `${JSON.stringify(item)} is no filter with FieldName and Filter.` };
  const trees = read(item.FieldName, item.Filter, nowMs, assumed);
  if (isRefusal(trees)) return trees;
  const [only, second] = trees;
  if (only === undefined) return { refused: `${item.FieldName} has a filter that excludes nothing.` };
  return second === undefined ? only : { all: trees };
}

const READERS: Readonly<Record<string, Reader>> = {
  StringFilters: (field, filter, _nowMs, assumed) => {
    const { Value, Comparison } = filter;
    if (field === 'resources.type') {
      const type = resourceTypeOf(String(Value));
      if (type === undefined) return noValue(field, Value);
      return textFilter(field, { fact: 'Resources[*].Type', list: true }, String(Comparison), type);
    }
    const known = Object.hasOwn(OCSF_TEXTS, field) ? OCSF_TEXTS[field] : undefined;
    if (known === undefined) return noField(field);
    const { fact, list, value } = known;
    // Part of a name is not part of its translation.
    if (value !== undefined && Comparison !== 'EQUALS' && Comparison !== 'NOT_EQUALS')
      return {
        refused: `${field} ${String(Comparison)}: only whole values of it have an equivalent in ASFF.`,
      };
    const text = value === undefined ? String(Value) : value(String(Value));
    if (text === undefined) return noValue(field, Value);
    if (known.assumed) assumed.add(field);
    return textFilter(field, { fact, list }, String(Comparison), text);
  },
  DateFilters: (field, filter, nowMs) => {
    const fact = Object.hasOwn(OCSF_DATES, field) ? OCSF_DATES[field] : undefined;
    return fact === undefined ? noField(field) : readDateFilters(field, fact, [filter], nowMs);
  },
  NumberFilters: (field, filter, _nowMs, assumed) => {
    const codes = Object.hasOwn(OCSF_CODES, field) ? OCSF_CODES[field] : undefined;
    if (codes !== undefined) {
      const values = Object.entries(codes.values).filter(([id]) => isWithin(Number(id), filter));
      if (values.length === 0) return noValue(field, filter);
      if (codes.assumed) assumed.add(field);
      return readTextFilters(
        field,
        values.map(([, value]) => ({ at: { fact: codes.fact, list: false }, comparison: 'EQUALS', value })),
      );
    }
    const fact = Object.hasOwn(OCSF_NUMBERS, field) ? OCSF_NUMBERS[field] : undefined;
    return fact === undefined ? noField(field) : readNumberFilters(field, fact, [filter]);
  },
  BooleanFilters: (field, { Value }, _nowMs, assumed) => {
    const fact = Object.hasOwn(OCSF_FLAGS, field) ? OCSF_FLAGS[field] : undefined;
    if (fact === undefined) return noField(field);
    assumed.add(field);
    return textFilter(field, { fact, list: true }, 'EQUALS', Value === true ? 'YES' : 'NO');
  },
  MapFilters: (field, { Key, Value, Comparison }) => {
    const fact = Object.hasOwn(OCSF_MAPS, field) ? OCSF_MAPS[field] : undefined;
    if (fact === undefined || typeof Key !== 'string') return noField(field);
    return textFilter(
      field,
      { fact: `${fact}${memberOf(Key)}`, list: true },
      String(Comparison),
      String(Value),
    );
  },
};

function textFilter(
  field: string,
  { fact, list }: { readonly fact: string; readonly list: boolean },
  comparison: string,
  value: string,
): readonly Tree[] | Refusal {
  const known = lookUpFact(fact, NO_NEIGHBOURS);
  if (!known.known) return { refused: `${field}: ${known.message}` };
  return readTextFilters(field, [{ at: { fact, list, enum: known.enum }, comparison, value }]);
}

function isWithin(id: number, { Eq, Gte, Lte, Gt, Lt }: Members): boolean {
  const holds = (bound: unknown, test: (value: number) => boolean) =>
    bound === undefined || test(Number(bound));
  return (
    holds(Eq, (value) => id === value) &&
    holds(Gte, (value) => id >= value) &&
    holds(Lte, (value) => id <= value) &&
    holds(Gt, (value) => id > value) &&
    holds(Lt, (value) => id < value)
  );
}

function noField(field: string): Refusal {
  return { refused: `${field}: findings in ASFF have no such field.` };
}

function noValue(field: string, value: unknown): Refusal {
  return { refused: `${field}: ${JSON.stringify(value)} has no equivalent in ASFF.` };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
