import { isObject } from '../../rules/condition-sites.ts';
import { lookUpFact } from '../../rules/fact-type.ts';
import { ANY_FINDING } from '../any-finding.ts';
import { readDateFilters } from '../date-filters.ts';
import { NO_NEIGHBOURS } from '../no-neighbours.ts';
import { readNumberFilters } from '../number-filters.ts';
import type { Refusal } from '../remark.ts';
import { joined, readTextFilters, type TextFilter } from '../text-filters.ts';
import type { Tree } from '../tree.ts';
import { ATTRIBUTES, type Attribute } from './attributes.ts';

type Filter = Readonly<Record<string, unknown>>;

/** The criteria of a native rule, all of which hold; or what in them cannot be said. */
export function readCriteria(criteria: unknown, nowMs: number): readonly Tree[] | Refusal {
  if (!isObject(criteria)) return { refused: 'It has no Criteria.' };
  const asked = Object.entries(criteria).filter(([, filters]) => filters !== null && filters !== undefined);
  const trees = joined(asked.map(([name, filters]) => readCriterion(name, filters, nowMs)));
  if ('refused' in trees || trees.length > 0) return trees;
  return [ANY_FINDING];
}

function readCriterion(name: string, filters: unknown, nowMs: number): readonly Tree[] | Refusal {
  const attribute = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  if (name === 'NoteUpdatedBy')
    return {
      refused: 'NoteUpdatedBy: who wrote a note is no fact, for that is how the product tells its own.',
    };
  if (attribute === undefined) return { refused: `${name} is no criterion that we know.` };
  if (!Array.isArray(filters) || !filters.every(isObject))
    return { refused: `${name} is no list of filters.` };
  switch (attribute.kind) {
    case 'number':
      return readNumberFilters(name, attribute.fact, filters);
    case 'date':
      return readDateFilters(name, attribute.fact, filters, nowMs);
    default:
      return readTexts(name, attribute, filters);
  }
}

function readTexts(
  name: string,
  { kind, fact, list }: Extract<Attribute, { readonly list: boolean }>,
  filters: readonly Filter[],
): readonly Tree[] | Refusal {
  const read: TextFilter[] = [];
  for (const { Key, Value, Comparison } of filters) {
    if (typeof Value !== 'string' || (kind === 'map' && typeof Key !== 'string'))
      return { refused: `${name} has a filter without ${kind === 'map' ? 'Key or ' : ''}Value.` };
    const path = kind === 'map' ? `${fact}${memberOf(String(Key))}` : fact;
    const known = lookUpFact(path, NO_NEIGHBOURS);
    if (!known.known) return { refused: `${name}: ${[known.message, known.help].filter(Boolean).join(' ')}` };
    read.push({
      at: { fact: path, list, enum: known.enum },
      comparison: String(Comparison ?? ''),
      value: Value,
    });
  }
  return readTextFilters(name, read);
}

/** A key as the rest of a path. */
export function memberOf(key: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) return `.${key}`;
  return `["${key.replace(/["\\]/g, '\\$&')}"]`;
}
