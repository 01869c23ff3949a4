import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { UPDATE_LIMITS } from '../../lib/findings/update.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import { currentValue, type FieldName, type FieldValue, fieldOfKey, itemIdentity } from './fields.ts';
import { expand } from './template.ts';
import { distinct } from './values.ts';

type Item = string | FindingIdentifier;
type Fact = (name: string) => unknown;

/** What the rules together want of one field. */
export interface Wanted {
  readonly value: FieldValue;
  /** The first rule naming the field: its overwrite and adopt speak for the field. */
  readonly decider: Rule;
  /** The decider, and for a list each rule that brought an item. */
  readonly winners: readonly Rule[];
}

/** Rules in the order in which they win: priority descending, then name by code units. */
export function inWinningOrder(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((one, other) => other.priority - one.priority || (one.name < other.name ? -1 : 1));
}

/** Merges the rules that match, already in winning order; a `stop` among them cuts the rest. */
export function merge(view: Finding, matching: readonly Rule[], fact: Fact): ReadonlyMap<FieldName, Wanted> {
  const stopAt = matching.findIndex((rule) => rule.stop === true);
  const heard = stopAt === -1 ? matching : matching.slice(0, stopAt + 1);
  const merged = new Map<FieldName, Wanted>();
  for (const rule of heard) {
    for (const [field, value] of singleValues(rule, fact)) {
      if (!merged.has(field)) merged.set(field, { value, decider: rule, winners: [rule] });
    }
    addItems(merged, view, 'Types', rule, typesOf(rule, fact), UPDATE_LIMITS.types);
    addItems(merged, view, 'RelatedFindings', rule, relatedOf(rule, fact), UPDATE_LIMITS.relatedFindings);
  }
  return merged;
}

function singleValues(rule: Rule, fact: Fact): ReadonlyMap<FieldName, FieldValue> {
  const { Workflow, Severity, VerificationState, Confidence, Criticality, Note, UserDefinedFields } =
    rule.event.params;
  const text = (template: string | undefined, limit: number) =>
    template === undefined ? undefined : expand(template, fact, limit);
  const values: readonly (readonly [FieldName, FieldValue | undefined])[] = [
    ['Workflow', Workflow?.Status],
    ['Severity', Severity?.Label],
    ['VerificationState', VerificationState],
    ['Confidence', Confidence],
    ['Criticality', Criticality],
    ['Note', text(Note?.Text, UPDATE_LIMITS.noteCharacters)],
    ...Object.entries(UserDefinedFields ?? {}).map(
      ([key, template]) =>
        [fieldOfKey(key), text(template, UPDATE_LIMITS.userDefinedValueCharacters)] as const,
    ),
  ];
  return new Map(values.filter((entry): entry is [FieldName, FieldValue] => entry[1] !== undefined));
}

function typesOf(rule: Rule, fact: Fact): readonly Item[] {
  return (rule.event.params.Types ?? []).flatMap((template) => expand(template, fact) ?? []);
}

function relatedOf(rule: Rule, fact: Fact): readonly Item[] {
  return (rule.event.params.RelatedFindings ?? []).flatMap((template) => {
    const ProductArn = expand(template.ProductArn, fact);
    const Id = expand(template.Id, fact);
    return ProductArn === undefined || Id === undefined ? [] : [{ ProductArn, Id }];
  });
}

function addItems(
  merged: Map<FieldName, Wanted>,
  view: Finding,
  field: FieldName,
  rule: Rule,
  items: readonly Item[],
  limit: number,
): void {
  if (items.length === 0) return;
  const before = merged.get(field);
  const base = asItems(before?.value ?? currentValue(view, field));
  const value = distinct([...base, ...items], itemIdentity).slice(0, limit) as FieldValue;
  const brought = asItems(value).length > base.length;
  if (before === undefined) merged.set(field, { value, decider: rule, winners: [rule] });
  else if (brought) merged.set(field, { ...before, value, winners: [...before.winners, rule] });
}

function asItems(value: FieldValue | undefined): readonly Item[] {
  return isList(value) ? value : [];
}

function isList(value: FieldValue | undefined): value is readonly string[] | readonly FindingIdentifier[] {
  return Array.isArray(value);
}
