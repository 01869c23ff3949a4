import { RE2JS } from 're2js';
import { isObject } from '../../rules/condition-sites.ts';
import { ANY_FINDING } from '../any-finding.ts';
import { memberOf } from '../native/criteria.ts';
import type { Refusal } from '../remark.ts';
import { readTextFilters, type TextFilter } from '../text-filters.ts';
import type { TextFact } from '../text-probes.ts';
import { named, type Probe, type Tree } from '../tree.ts';

/** Members that hold one text, and what in a finding must equal it. */
const EQUALS: Readonly<Record<string, readonly string[]>> = {
  product_name: ['ProductName'],
  title: ['Title'],
  security_control_id: ['Compliance.SecurityControlId'],
  rule_or_control_id: ['ProductFields.ControlId', 'ProductFields.RuleId'],
};
const RESOURCE_ID: TextFact = { fact: 'Resources[*].Id', list: true };

/** What a rule matches on: all members hold, and an empty one asks for nothing. */
export function readMatchOn(matchOn: unknown): readonly Tree[] | Refusal {
  if (!isObject(matchOn)) return { refused: 'It has no match_on.' };
  if (matchOn.security_control_id !== undefined && matchOn.rule_or_control_id !== undefined)
    return {
      refused: 'It has security_control_id and rule_or_control_id; the findings manager takes one of them.',
    };
  const trees: Tree[] = [];
  for (const [name, value] of Object.entries(matchOn)) {
    const read = readMember(name, value);
    if ('refused' in read) return read;
    trees.push(...read);
  }
  if (trees.length > 0) return trees;
  return [ANY_FINDING];
}

function readMember(name: string, value: unknown): readonly Tree[] | Refusal {
  const facts = Object.hasOwn(EQUALS, name) ? EQUALS[name] : undefined;
  if (facts !== undefined) {
    if (typeof value !== 'string') return { refused: `${name} is no text; put it in quotes.` };
    return value === ''
      ? []
      : equalTo(
          name,
          facts.map((fact) => ({ fact, list: false })),
          [value],
        );
  }
  if (name === 'tags') return readTags(value);
  if (name !== 'regions' && name !== 'resource_id_regexps')
    return { refused: `match_on.${name} is no member that we know.` };
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    return { refused: `${name} is no list of texts.` };
  if (value.length === 0) return [];
  return name === 'regions'
    ? equalTo(name, [{ fact: 'Region', list: false }], value)
    : readExpressions(value);
}

function equalTo(
  name: string,
  facts: readonly TextFact[],
  values: readonly string[],
): readonly Tree[] | Refusal {
  return readTextFilters(
    name,
    facts.flatMap((at) => values.map((value): TextFilter => ({ at, comparison: 'EQUALS', value }))),
  );
}

/** One of the tags, on any resource. */
function readTags(tags: unknown): readonly Tree[] | Refusal {
  const fault = { refused: 'tags is no list of key and value, both texts.' };
  if (!Array.isArray(tags)) return fault;
  const filters = tags.map((tag): TextFilter | undefined => {
    if (!isObject(tag) || typeof tag.key !== 'string' || typeof tag.value !== 'string') return undefined;
    return {
      at: { fact: `Resources[*].Tags${memberOf(tag.key)}`, list: true },
      comparison: 'EQUALS',
      value: tag.value,
    };
  });
  const read = filters.filter((filter) => filter !== undefined);
  return read.length < tags.length ? fault : readTextFilters('tags', read);
}

/** One of the expressions, found anywhere in the id of any resource, as Python's `re.search` looks for it. */
function readExpressions(expressions: readonly string[]): readonly Tree[] | Refusal {
  const probes: Probe[] = [];
  for (const expression of new Set(expressions)) {
    const fault = faultOf(expression);
    if (fault !== undefined)
      return {
        refused: `resource_id_regexps: ${JSON.stringify(expression)} is no RE2 expression (${fault}); RE2 knows no look-around and no back-references.`,
      };
    probes.push(probeOf(expression));
  }
  return [named('resource_id_regexps', 'any', probes)];
}

function probeOf(expression: string): Probe {
  const miss = 'something-else';
  if (!/[\\^$.|?*+()[\]{}]/.test(expression))
    return {
      leaf: { fact: RESOURCE_ID.fact, operator: 'someFact:includes', value: expression },
      hit: expression,
      miss,
    };
  const value = wholeText(expression);
  return {
    leaf: { fact: RESOURCE_ID.fact, operator: 'someFact:matches', value },
    hit: exampleOf(expression),
    miss,
  };
}

/** The expression for the whole text: what may stand around it is written out, but for where it is anchored. */
function wholeText(expression: string): string {
  const isOneBranch = !expression.includes('|');
  const [, start = '', body = '', end = ''] = /^(\^?)((?:[^\\]|\\.)*?)(\$?)$/s.exec(expression) ?? [];
  if (isOneBranch && !expression.includes('(?'))
    return `${start === '' ? '.*' : ''}${body}${end === '' ? '.*' : ''}`;
  return `.*(?:${expression}).*`;
}

/** A text that simple expressions match: each of their parts once, `.*` as nothing; tests try whether it does. */
function exampleOf(expression: string): string {
  return expression
    .replaceAll(/^\^|\$$/g, '')
    .replaceAll(/\\d|\[0-9\]/g, '1')
    .replaceAll(/\\w|\[a-z(?:A-Z)?(?:0-9)?\]/gi, 'a')
    .replaceAll(/(?<!\\)\.(?:\*\??|\+\??|\{\d+,?\d*\})?/g, 'x')
    .replaceAll(/(\w)\{(\d+)(?:,\d*)?\}/g, (_, part: string, times: string) =>
      part.repeat(Math.min(Number(times), 64)),
    )
    .replaceAll(/(?<!\\)\((?:\?:|\?P?<\w+>)?([^()|]*)(?:\|[^()]*)?\)/g, '$1')
    .replaceAll(/(?<!\\)[*+?]/g, '')
    .replaceAll(/\\(.)/g, '$1');
}

function faultOf(expression: string): string | undefined {
  try {
    RE2JS.compile(expression);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
