import type { SeverityLabel } from '../findings/finding.ts';
import { UPDATE_LIMITS } from '../findings/update.ts';
import { expandTemplate, placesOf } from '../rules/engine/template.ts';
import type { Rule } from '../rules/rule.ts';
import { appendDistinct, type FieldName, type FieldValue, KEY_PREFIX, sameValue } from './field.ts';

/** What the matching rules want of one field. */
export interface Wish {
  readonly field: FieldName;
  readonly value: FieldValue;
  /** The rules that decided it: one, but for lists all that brought an item. The first says whether it may overwrite. */
  readonly rules: readonly [Rule, ...Rule[]];
}

const LIST_LIMITS: Readonly<Record<string, number>> = {
  Types: UPDATE_LIMITS.types,
  RelatedFindings: UPDATE_LIMITS.relatedFindings,
};

/**
 * Merges rules, given in winning order: the first that names a field decides it; user-defined fields merge by key,
 * lists are what `listBase` says stands there, then each rule's. A value that expands to nothing is no wish.
 */
export function mergeRules(
  matching: readonly Rule[],
  listBase: (field: FieldName) => FieldValue | undefined,
  readFact: (fact: string) => unknown,
): ReadonlyMap<FieldName, Wish> {
  const wishes = new Map<FieldName, Wish>();
  for (const rule of matching) {
    for (const [field, value] of PLAIN_VALUES.get(rule) ?? valuesOf(rule, readFact)) {
      const earlier = wishes.get(field);
      const limit = LIST_LIMITS[field];
      if (limit !== undefined) {
        const merged = appendDistinct(earlier?.value ?? listBase(field), value, limit);
        const isNew = earlier === undefined || !sameValue(earlier.value, merged);
        const rules: Wish['rules'] = earlier === undefined ? [rule] : [...earlier.rules, rule];
        if (isNew) wishes.set(field, { field, value: merged, rules });
      } else if (earlier === undefined) {
        wishes.set(field, { field, value, rules: [rule] });
      }
    }
  }
  return wishes;
}

/** What rules without places in their texts want: the same of every finding. */
const PLAIN_VALUES = new WeakMap<Rule, readonly [FieldName, FieldValue][]>();

function valuesOf(rule: Rule, readFact: (fact: string) => unknown): readonly [FieldName, FieldValue][] {
  const { params } = rule.event;
  let isPlain = true;
  const expand = (text: string, limit: number) => {
    isPlain &&= placesOf(text).length === 0;
    return expandTemplate(text, limit, readFact);
  };
  const listed = (params.Types ?? []).map((type) => expand(type, 512)).filter(isNonBlank);
  const related = (params.RelatedFindings ?? [])
    .map(({ Id, ProductArn }) => ({ Id: expand(Id, 512), ProductArn: expand(ProductArn, 2048) }))
    .filter(({ Id, ProductArn }) => isNonBlank(Id) && isNonBlank(ProductArn));
  const note = params.Note && expand(params.Note.Text, UPDATE_LIMITS.noteCharacters);
  const keys = Object.entries(params.UserDefinedFields ?? {}).map(
    ([key, text]) => [KEY_PREFIX + key, expand(text, UPDATE_LIMITS.userDefinedValueCharacters)] as const,
  );
  const values: readonly (readonly [FieldName, FieldValue | undefined])[] = [
    ['Workflow', params.Workflow?.Status],
    ['Severity', params.Severity?.Label satisfies SeverityLabel | undefined],
    ['VerificationState', params.VerificationState],
    ['Confidence', params.Confidence],
    ['Criticality', params.Criticality],
    ['Types', listed.length > 0 ? listed : undefined],
    ['RelatedFindings', related.length > 0 ? related : undefined],
    ['Note', note],
    ...keys,
  ];
  const wanted = values.filter(
    (entry): entry is [FieldName, FieldValue] => entry[1] !== undefined && isNonBlank(String(entry[1])),
  );
  if (isPlain) PLAIN_VALUES.set(rule, wanted);
  return wanted;
}

function isNonBlank(text: string): boolean {
  return /\S/.test(text);
}
