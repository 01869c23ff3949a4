import { safeJson } from '../rules/safe-json.ts';
import { adoptResult } from './adopt-result.ts';
import { ANY_FINDING } from './any-finding.ts';
import { BASE_FINDING, BASE_SAMPLE } from './base-finding.ts';
import { type BuiltRule, buildRules, type ImportChoices } from './build-rules.ts';
import { guardCritical } from './guard-critical.ts';
import { createMayMeet } from './may-meet.ts';
import { NO_NEIGHBOURS } from './no-neighbours.ts';
import { createProber } from './probe-findings.ts';
import { isRefusal, type Remark } from './remark.ts';
import { type Disable, ruleText } from './rule-file.ts';
import type { SourceRule, SourceRules } from './source-rule.ts';
import { testCases, testText } from './test-cases.ts';
import { tryRules } from './try-rules.ts';

/** What was made of one rule of the source. */
export interface ImportedRule {
  readonly title: string;
  readonly origin: string;
  /** The rule here; null where it could not be imported, which `refusals` explain. */
  readonly rule: BuiltRule['rule'] | null;
  readonly refusals: readonly string[];
  /** Whether it is switched off in the source, and left out for that. */
  readonly isLeftOut: boolean;
  readonly remarks: readonly Remark[];
  /** How many cases its test has. */
  readonly cases: number;
}

/** Everything that an import comes to, before anything is written. */
export interface Import {
  readonly system: string;
  /** In the order of the source. */
  readonly rules: readonly ImportedRule[];
  readonly remarks: readonly Remark[];
  /** Texts of files by their path below the rules folder, with `/`. */
  readonly files: ReadonlyMap<string, string>;
}

/** Where the rules go, beside what the user chose for them. */
export interface ImportPlace extends ImportChoices {
  readonly rulesDir: string;
  readonly area: string;
}

/**
 * Makes rules, tests and a sample of what a source holds. Each rule is loaded as a deployment would load it, beside the
 * rules that are there; one that would not load is not imported.
 */
export async function importRules(source: SourceRules, place: ImportPlace): Promise<Import> {
  const { nowMs } = source;
  const prober = createProber(nowMs);
  const { built, left } = buildRules(source, place, createMayMeet(nowMs));
  const refused = new Map<SourceRule, readonly string[]>(left.map(({ source: rule, why }) => [rule, why]));
  const guarded = built.flatMap((one) => {
    const result = guardCritical(one, NO_NEIGHBOURS, place.allowCritical);
    if (isRefusal(result)) refused.set(one.source, [result.refused]);
    return isRefusal(result) ? [] : [adoptResult(result, prober)];
  });
  const { faults, negations } = tryRules(
    guarded.map(({ rule }) => rule),
    place,
    nowMs,
  );
  for (const { source: rule, rule: made } of guarded) {
    const why = faults.get(made.name);
    if (why !== undefined) refused.set(rule, why);
  }
  const files = new Map<string, string>();
  const done = new Map<SourceRule, ImportedRule>();
  for (const one of guarded.filter(({ source: rule }) => !refused.has(rule))) {
    const { rule } = one;
    const cases = await testCases(one, prober, nowMs);
    files.set(`${place.area}/${rule.name}.json`, ruleText(rule, disableOf(rule.name, negations, nowMs)));
    if (cases.length > 0) files.set(`${place.area}/${rule.name}.test.json`, testText(rule, cases, nowMs));
    done.set(one.source, importedOf(one, cases.filter(({ expect }) => expect.matches).length, cases.length));
  }
  if (files.size > 0) files.set(`samples/${BASE_SAMPLE}.json`, `${safeJson(BASE_FINDING)}\n`);
  const rules = source.rules.map((rule) => done.get(rule) ?? refusedOf(rule, refused.get(rule) ?? [], place));
  return { system: source.system, rules, remarks: source.remarks, files };
}

function importedOf({ source, rule, remarks }: BuiltRule, matching: number, cases: number): ImportedRule {
  const { title, origin, criteria } = source;
  const found: readonly Remark[] = [
    ...(criteria?.includes(ANY_FINDING) ? [WIDE] : []),
    ...(matching === 0 ? [UNTESTED] : []),
  ];
  return { title, origin, rule, refusals: [], isLeftOut: false, remarks: [...remarks, ...found], cases };
}

const WIDE: Remark = {
  kind: 'review',
  code: 'matches-everything',
  text: 'It asks for nothing, so it matches every finding.',
};
const UNTESTED: Remark = {
  kind: 'review',
  code: 'no-match-found',
  text: 'No finding was found that it matches, so its test shows none: its conditions may contradict each other.',
};

function refusedOf(
  { title, origin, remarks, isDisabled }: SourceRule,
  refusals: readonly string[],
  { disabled }: ImportChoices,
): ImportedRule {
  return { title, origin, rule: null, refusals, isLeftOut: isDisabled && !disabled, remarks, cases: 0 };
}

const DISABLED_DAYS = 180;

/** What the source means too, lint need not warn of: for half a year, then somebody looks at it again. */
function disableOf(name: string, negations: ReadonlySet<string>, nowMs: number): readonly Disable[] {
  if (!negations.has(name)) return [];
  const until = new Date(nowMs + DISABLED_DAYS * 86_400_000).toISOString().slice(0, 10);
  return [
    {
      code: 'TR106',
      reason: 'As in the rule it was imported from, findings without the field match too',
      until,
    },
  ];
}
