import { canonicalJson } from '../../findings/canonical-json.ts';
import { UPDATABLE_FIELDS, type UpdatableField } from '../../findings/update.ts';
import { conditionFileOf } from '../../import/may-meet.ts';
import { byOrder, orderOf } from '../../import/native/order.ts';
import { readNativeRules } from '../../import/native/read-rules.ts';
import type { SourceRule } from '../../import/source-rule.ts';
import { probesOf, type Tree } from '../../import/tree.ts';
import { createWorkspace } from '../../rules/create-workspace.ts';
import { compileRuleset } from '../../rules/engine/compiled-ruleset.ts';
import { pairRules } from '../../rules/lint/base-rules.ts';
import type { LintedRule } from '../../rules/lint/lint-context.ts';
import type { LoadedRules } from '../../rules/load.ts';
import { canMeet } from '../../rules/meeting/meet.ts';
import { createSpace, type Space } from '../../rules/meeting/space.ts';
import type { Rule, UpdateTemplate } from '../../rules/rule.ts';
import type { Ruleset } from '../../rules/ruleset.ts';

type Members = Readonly<Record<string, unknown>>;

/** A field that a native rule and rules here write, on findings that both can match. */
export interface Overlap {
  readonly native: { readonly name: string; readonly order: number };
  readonly field: UpdatableField;
  /** What the native rule writes. */
  readonly value: unknown;
  /** Those that ask the same of a finding first, then in winning order. */
  readonly rules: readonly OverlappingRule[];
}

export interface OverlappingRule {
  readonly name: string;
  readonly mode: 'observe' | 'enforce';
  /** It writes over what others set. */
  readonly overwrites: boolean;
  readonly writesTheSame: boolean;
}

export interface Comparison {
  readonly overlaps: readonly Overlap[];
  /** Names of enabled native rules of which it could not be read what they write. */
  readonly unread: readonly string[];
}

/**
 * Where enabled native rules and rules in force here write the same field. Two rules are taken to meet unless their
 * conditions rule it out. A native rule's criterion on a field that rules here write is left aside: the two see other
 * values of it, as rules here read findings as if nothing of ours stood on them.
 */
export function compareWithNative(
  configs: readonly Members[],
  loaded: LoadedRules & { readonly ruleset: Ruleset },
  nowMs: number,
): Comparison {
  const workspace = createWorkspace(loaded.files);
  const space = createSpace(workspace, nowMs);
  // What a rule writes at a press of a custom action is a person's act.
  const compared = compileRuleset(loaded.ruleset)
    .rules.filter(({ needsAction, lastInstantMs }) => !needsAction && lastInstantMs >= nowMs)
    .map(({ rule }) => rule);
  const ours = pairRules(workspace.rules, compared);
  const written = new Set(ours.flatMap(({ rule }) => Object.keys(rule.event.params)));
  const enabled = configs.filter(({ RuleStatus }) => RuleStatus !== 'DISABLED').sort(byOrder);
  const { rules: natives } = readNativeRules(enabled, nowMs);
  const overlaps = natives.flatMap((native, i) => {
    const meeting = ours.filter(
      (one) => sharesField(native.params, one.rule) && mayMeet(native, one, written, space),
    );
    return overlapsWith(native, orderOf(enabled[i] ?? {}), nearestFirst(native, meeting));
  });
  const unread = natives.filter(({ params }) => Object.keys(params).length === 0);
  return { overlaps, unread: unread.map(({ title }) => title) };
}

/** Rules that look at the same facts are the likeliest to meet in practice; what findings hold is not all known. */
function nearestFirst({ criteria }: SourceRule, rules: readonly LintedRule[]): readonly LintedRule[] {
  const asked = new Set(criteria?.flatMap(probesOf).map(({ leaf }) => leaf.fact));
  const shared = ({ file }: LintedRule) => factsOf(file).filter((fact) => asked.has(fact)).length;
  return rules.toSorted((one, other) => shared(other) - shared(one));
}

function factsOf({ sites }: LintedRule['file']): readonly string[] {
  return sites.leaves.map(({ leaf }) => String(leaf.fact));
}

function sharesField(native: UpdateTemplate, { event }: Rule): boolean {
  return UPDATABLE_FIELDS.some((field) => native[field] !== undefined && event.params[field] !== undefined);
}

function overlapsWith(
  { title, params }: SourceRule,
  order: number,
  meeting: readonly LintedRule[],
): readonly Overlap[] {
  return UPDATABLE_FIELDS.flatMap((field) => {
    const rules = meeting.flatMap(({ rule }) => overlapping(rule, field, params));
    if (params[field] === undefined || rules.length === 0) return [];
    return [{ native: { name: title, order }, field, value: params[field], rules }];
  });
}

function overlapping(
  { name, mode, overwrite = [], event }: Rule,
  field: UpdatableField,
  native: UpdateTemplate,
): readonly OverlappingRule[] {
  const value = event.params[field];
  if (value === undefined || (field === 'UserDefinedFields' && !shareKey(native, event.params))) return [];
  return [
    {
      ...{ name, mode, overwrites: overwrite.includes(field) },
      writesTheSame: canonicalJson(value) === canonicalJson(native[field]),
    },
  ];
}

function shareKey(one: UpdateTemplate, other: UpdateTemplate): boolean {
  const keys = Object.keys(other.UserDefinedFields ?? {});
  return keys.some((key) => Object.hasOwn(one.UserDefinedFields ?? {}, key));
}

function mayMeet(
  { criteria }: SourceRule,
  { file }: LintedRule,
  written: ReadonlySet<string>,
  space: Space,
): boolean {
  const kept = criteria?.filter((tree) => !reads(tree, written)) ?? [];
  return kept.length === 0 || canMeet(conditionFileOf({ all: kept }), file, space).can !== 'no';
}

function reads(tree: Tree, fields: ReadonlySet<string>): boolean {
  return probesOf(tree).some(({ leaf }) => fields.has(leaf.fact.split(/[.[]/)[0] ?? ''));
}
