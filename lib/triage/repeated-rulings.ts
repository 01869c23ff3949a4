import type { Finding } from '../findings/finding.ts';
import type { CompiledRuleset } from '../rules/engine/compiled-ruleset.ts';
import { placesOf } from '../rules/engine/template.ts';
import type { Rule } from '../rules/rule.ts';
import {
  currentValue,
  type FieldValue,
  hasProviderFields,
  providerValue,
  userDefinedFieldsOf,
} from './field.ts';
import type { Judgement } from './judge.ts';

/** More rulings than this are let go of together: an account has few kinds of findings, an attacker many. */
const MOST_KNOWN = 5_000;
/**
 * What is kept by a longer digest, in UTF-16 units, would be of a finding with odd texts: those of the findings and rules
 * that `npm run bench` generates have 89 at most.
 */
const LONGEST = 300;
/** The fields of which a digest can say all that a ruling depends on: what stands, and what the provider says. */
const DIGESTED = ['Workflow', 'VerificationState', 'Severity', 'Confidence', 'Criticality'] as const;
/** Beside them what must not be on the finding where a rule writes it. */
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
 * All that the ruling on a finding without marks depends on: the rules that hold, and of the fields they write what
 * stands and what the provider says. Null where there is more to it (texts with places, lists, user-defined fields and
 * a note to be written over), and where the values are too long to be worth keeping.
 */
export function digestOf(finding: Finding, judgements: readonly Judgement[]): string | null {
  // What is sent of them is the whole map.
  if (userDefinedFieldsOf(finding).size > 0) return null;
  let rules = '';
  let writes = 0;
  for (const { compiled, expired } of judgements) {
    const written = writtenBy(compiled.rule);
    if (written === null) return null;
    writes |= written;
    rules += `${compiled.order}${expired ? 'x' : ','}`;
  }
  if ((writes & NOTE) !== 0 && currentValue(finding, 'Note') !== undefined) return null;
  const compliance = finding.Compliance as { readonly Status?: unknown } | null | undefined;
  const hasPassed = compliance?.Status === 'PASSED';
  let digest = `${rules}${Number(hasProviderFields(finding))}${Number(hasPassed)}`;
  for (const [place, field] of DIGESTED.entries())
    if ((writes & (1 << place)) !== 0)
      digest += written(currentValue(finding, field)) + written(providerValue(finding, field));
  return digest.length > LONGEST ? null : digest;
}

/** Lets go of all rulings that are known: what is measured afterwards is ruled on anew. */
export function forgetRulings(ruleset: CompiledRuleset): void {
  known.delete(ruleset);
}

/** A value so that no other writes the same, whatever stands beside it: texts of findings come with their length. */
function written(value: FieldValue | undefined): string {
  if (typeof value === 'string') return `${value.length}:${value}`;
  return typeof value === 'number' ? `#${value};` : '?';
}

const WORKFLOW = 1 << DIGESTED.indexOf('Workflow');
const SEVERITY = 1 << DIGESTED.indexOf('Severity');
const NOTE = 1 << DIGESTED.length;

const knownWrites = new WeakMap<Rule, number | null>();

/** The fields that a rule writes as bits, in the order of `DIGESTED`; null where a digest cannot say enough of them. */
function writtenBy(rule: Rule): number | null {
  const before = knownWrites.get(rule);
  if (before !== undefined) return before;
  const { params } = rule.event;
  const texts = [params.Note?.Text ?? '', ...Object.values(params.UserDefinedFields ?? {})];
  const fits =
    Object.keys(params).every((field) => WRITABLE.has(field)) &&
    texts.every((text) => placesOf(text).length === 0);
  let writes = params.Note === undefined ? 0 : NOTE;
  for (const [place, field] of DIGESTED.entries()) if (params[field] !== undefined) writes |= 1 << place;
  // Whether a finding may be suppressed depends on whether it is CRITICAL.
  if ((writes & WORKFLOW) !== 0) writes |= SEVERITY;
  knownWrites.set(rule, fits ? writes : null);
  return fits ? writes : null;
}
