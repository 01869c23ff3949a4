import type { Finding } from '../../findings/finding.ts';
import { readDates } from './date-filter.ts';
import { DATE_FILTERS, MAP_FILTERS, STRING_FILTERS } from './filter-fields.ts';
import { isObject, type JsonObject, textAt } from './json.ts';
import { QUERY_LIMITS } from './limits.ts';

type Matches = (finding: Finding) => boolean;
export type FilterReading =
  | { readonly kind: 'valid'; readonly matches: Matches }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Reads the Filters of GetFindings: attributes are joined by AND, the values of one attribute by OR where they
 * include and by AND where they exclude. Attributes this hub cannot judge are refused, never ignored.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
 */
export function readFilters(filters: unknown, nowMs: number): FilterReading {
  const entries = Object.entries(isObject(filters) ? filters : {}).filter(([, value]) => value !== null);
  if (entries.length > QUERY_LIMITS.filteredAttributes) {
    return invalid(`Filters may name at most ${QUERY_LIMITS.filteredAttributes} attributes`);
  }
  const all: Matches[] = [];
  for (const [name, values] of entries) {
    const reading = readAttribute(name, values, nowMs);
    if (reading.kind === 'invalid') {
      return reading;
    }
    all.push(reading.matches);
  }
  return valid((finding) => all.every((matches) => matches(finding)));
}

function readAttribute(name: string, values: unknown, nowMs: number): FilterReading {
  if (!Array.isArray(values) || values.length > QUERY_LIMITS.valuesPerFilter || !values.every(isObject)) {
    return invalid(`Filters.${name} must be a list of at most ${QUERY_LIMITS.valuesPerFilter} filters`);
  }
  const texts = Object.hasOwn(STRING_FILTERS, name) ? STRING_FILTERS[name] : undefined;
  if (texts !== undefined) {
    return readComparisons(name, values, STRING_COMPARISONS, (finding) => texts(finding));
  }
  const map = Object.hasOwn(MAP_FILTERS, name) ? MAP_FILTERS[name] : undefined;
  if (map !== undefined) {
    return readComparisons(name, values, MAP_COMPARISONS, (finding, filter) => [
      textAt(map(finding), textAt(filter, 'Key') ?? ''),
    ]);
  }
  const date = DATE_FILTERS.find((field) => field === name);
  return date === undefined
    ? invalid(`the local Security Hub does not support the filter ${JSON.stringify(name)}`)
    : readDates(date, values, nowMs);
}

const STRING_COMPARISONS = ['EQUALS', 'PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS'];
const MAP_COMPARISONS = ['EQUALS', 'NOT_EQUALS'];

function readComparisons(
  name: string,
  filters: readonly JsonObject[],
  allowed: readonly string[],
  textsOf: (finding: Finding, filter: JsonObject) => readonly (string | undefined)[],
): FilterReading {
  for (const filter of filters) {
    const comparison = textAt(filter, 'Comparison') ?? '';
    const complete = textAt(filter, 'Value') !== undefined;
    if (!allowed.includes(comparison) || !complete) {
      return invalid(`Filters.${name} must hold a Value and a Comparison of ${allowed.join(', ')}`);
    }
  }
  const used = new Set(filters.map((filter) => filter.Comparison));
  if (used.has('EQUALS') && (used.has('NOT_EQUALS') || used.has('PREFIX_NOT_EQUALS'))) {
    return invalid(`Filters.${name} cannot both include and exclude by value`);
  }
  const one = (finding: Finding, filter: JsonObject): boolean =>
    textsOf(finding, filter).some((text) => text !== undefined && compares(filter, text));
  const excluding = filters.filter(excludes);
  const including = filters.filter((filter) => !excludes(filter));
  return valid(
    (finding) =>
      (including.length === 0 || including.some((filter) => one(finding, filter))) &&
      !excluding.some((filter) => one(finding, filter)),
  );
}

function excludes(filter: JsonObject): boolean {
  return String(filter.Comparison).includes('NOT_');
}

function compares(filter: JsonObject, text: string): boolean {
  const value = textAt(filter, 'Value') ?? '';
  return String(filter.Comparison).startsWith('PREFIX') ? text.startsWith(value) : text === value;
}

function valid(matches: Matches): FilterReading {
  return { kind: 'valid', matches };
}

function invalid(why: string): FilterReading {
  return { kind: 'invalid', why };
}
