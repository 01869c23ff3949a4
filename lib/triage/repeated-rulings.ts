import type { Finding } from '../findings/finding.ts';
import type { CompiledRuleset } from '../rules/engine/compiled-ruleset.ts';
import { placesOf } from '../rules/engine/template.ts';
import type { Rule } from '../rules/rule.ts';
import { currentValue, hasProviderFields, providerValue, userDefinedFieldsOf } from './field.ts';
import type { Judgement } from './judge.ts';

/** More rulings than this are let go of together: an account has few kinds of findings, an attacker many. */
const MOST_KNOWN = 5_000;
/** The fields whose ruling depends on nothing but what `digestOf` puts down. */
const DIGESTED = ['Workflow', 'VerificationState', 'Severity', 'Confidence', 'Criticality'] as const;
/** Beside them what must not be on the finding at all. */
const WRITABLE: ReadonlySet<string> = new Set([...DIGESTED, 'Note', 'UserDefinedFields']);

const known = new WeakMap<CompiledRuleset, Map<string, unknown>>();

/**
 * Rules a second time as it did before on a finding that could not be told from this one: most findings come as their
 * provider made them, and the same few rules hold on thousands of them. A ruling is pure, so this changes nothing but
 * the time it takes (test/triage/repeated-rulings.property.test.ts).
 *
 * @param digest of `digestOf`; null where the finding has something of its own
 */
export function ruleOnce<T>(ruleset: CompiledRuleset, digest: string | null, rule: () => T): T {
  if (digest === null) return rule();
  const rulings = known.get(ruleset) ?? new Map<string, unknown>();
  known.set(ruleset, rulings);
  const before = rulings.get(digest);
  if (before !== undefined) return before as T;
  const ruling = rule();
  if (rulings.size >= MOST_KNOWN) rulings.clear();
  rulings.set(digest, ruling);
  return ruling;
}

/**
 * All that the ruling on a finding without marks, notes and user-defined fields depends on: the rules that hold, and
 * of the fields they write what stands and what the provider says. Null where there is more to it: texts with places
 * and lists.
 */
export function digestOf(finding: Finding, judgements: readonly Judgement[]): string | null {
  if (userDefinedFieldsOf(finding).size > 0 || currentValue(finding, 'Note') !== undefined) return null;
  let rules = '';
  for (const { compiled, expired } of judgements) {
    if (!isDigestible(compiled.rule)) return null;
    rules += `${compiled.order}${expired ? 'x' : ','}`;
  }
  const compliance = finding.Compliance as { readonly Status?: unknown } | null | undefined;
  return JSON.stringify([
    rules,
    ...DIGESTED.map((field) => [currentValue(finding, field), providerValue(finding, field)]),
    hasProviderFields(finding),
    compliance?.Status === 'PASSED',
  ]);
}

const digestible = new WeakMap<Rule, boolean>();

function isDigestible(rule: Rule): boolean {
  const before = digestible.get(rule);
  if (before !== undefined) return before;
  const { params } = rule.event;
  const texts = [params.Note?.Text ?? '', ...Object.values(params.UserDefinedFields ?? {})];
  const fits =
    Object.keys(params).every((field) => WRITABLE.has(field)) &&
    texts.every((text) => placesOf(text).length === 0);
  digestible.set(rule, fits);
  return fits;
}
