import type { Finding } from '../findings/finding.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import { lastInstantOf } from '../rules/engine/last-day.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import { decide } from '../triage/decide.ts';
import type { Decision, RuleTrace } from '../triage/decision.ts';
import { currentValue } from '../triage/field.ts';
import type { PressedOn } from '../triage/pressed-on.ts';
import { closestMissOf } from './closest-miss.ts';
import { type JudgedCondition, type Shortfall, shortfallOf } from './shortfall.ts';

/** What became of one rule on one finding, in one word. */
export type RuleVerdict =
  /** It decides a field of the update. */
  | 'decides'
  /** As `decides`, were it enforced. */
  | 'observes'
  /** It matches, and rules above it leave nothing to set, or what it wants stands already. */
  | 'matches'
  /** It matches, and a rule above it with `stop` ended evaluation. */
  | 'stopped'
  | 'expired'
  | 'misses'
  /** It reads `event.*`, and the event is no custom action of ours. */
  | 'not asked';

export interface RuleExplanation {
  readonly rule: string;
  readonly mode: Rule['mode'];
  readonly priority: number;
  readonly expires?: string;
  /** Whole days from the instant of the decision to the end of the last day; negative once it has passed. */
  readonly expiresInDays?: number;
  readonly verdict: RuleVerdict;
  /** The fields this rule decided. */
  readonly won: readonly string[];
  readonly conditions: readonly JudgedCondition[];
  /** How many comparisons of the nearest way to a match fit, and of how many. */
  readonly fitting: number;
  readonly needed: number;
  readonly failing: readonly JudgedCondition[];
}

/** Everything there is to say of one decision; plain JSON. */
export interface Explanation {
  readonly version: 1;
  readonly now: string;
  readonly ruleset: string;
  readonly finding: {
    readonly Id: string;
    readonly ProductArn: string;
    readonly product?: string;
    readonly severity?: string;
    readonly workflow: string;
  };
  readonly decision: Omit<Decision, 'finding' | 'trace'>;
  /** In winning order. */
  readonly rules: readonly RuleExplanation[];
  /** The rule in force that nearly matches, as `closestMissOf` says; null where none is near. */
  readonly closestMiss: string | null;
}

const DAY_MS = 86_400_000;
const NOT_JUDGED: Shortfall = { conditions: [], needed: [], failing: [] };

/** Decides one finding with the decide function that ships, and tells of every rule what became of it. */
export async function explain(
  finding: Finding,
  event: TriageEvent,
  ruleset: Ruleset,
  now: number,
  pressedOn?: PressedOn,
): Promise<Explanation> {
  const decided = await decide(finding, event, ruleset, now, 'all', pressedOn);
  const { finding: identifier, trace, ...decision } = decided;
  const traces = new Map(trace.map((entry) => [entry.rule, entry]));
  const shortfalls = ruleset.rules.map((rule) => shortfallIn(ruleset, rule, traces.get(rule.name)));
  const rules = ruleset.rules.map((rule, i) =>
    explainRule(rule, traces.get(rule.name), shortfalls[i] ?? NOT_JUDGED, now),
  );
  const product = finding.ProductName;
  const severity = currentValue(finding, 'Severity');
  return {
    version: 1,
    now: new Date(now).toISOString(),
    ruleset: ruleset.version,
    finding: {
      ...identifier,
      ...(typeof product === 'string' ? { product } : {}),
      ...(severity === undefined ? {} : { severity: String(severity) }),
      workflow: String(currentValue(finding, 'Workflow')),
    },
    decision,
    rules,
    closestMiss: closestMissOf(
      rules.map((rule, i) => ({
        rule: rule.rule,
        isMiss: rule.verdict === 'misses' && (rule.expiresInDays ?? 0) >= 0,
        shortfall: shortfalls[i] ?? NOT_JUDGED,
      })),
    ),
  };
}

function explainRule(
  rule: Rule,
  trace: RuleTrace | undefined,
  shortfall: Shortfall,
  now: number,
): RuleExplanation {
  const { name, mode, priority, expires } = rule;
  return {
    rule: name,
    mode,
    priority,
    ...(expires === undefined ? {} : { expires }),
    ...(expires === undefined || expires === 'never' ? {} : { expiresInDays: daysUntil(expires, now) }),
    verdict: verdictOf(trace),
    won: trace?.won ?? [],
    conditions: shortfall.conditions,
    fitting: shortfall.needed.length - shortfall.failing.length,
    needed: shortfall.needed.length,
    failing: shortfall.failing,
  };
}

function shortfallIn({ conditions }: Ruleset, rule: Rule, trace: RuleTrace | undefined): Shortfall {
  return trace === undefined ? NOT_JUDGED : shortfallOf(rule.conditions, trace.conditions, conditions);
}

function verdictOf(trace: RuleTrace | undefined): RuleVerdict {
  if (trace === undefined) return 'not asked';
  if (trace.expired) return 'expired';
  if (!trace.matched) return 'misses';
  if (trace.stopped) return 'stopped';
  if (trace.won.length === 0) return 'matches';
  return trace.mode === 'enforce' ? 'decides' : 'observes';
}

function daysUntil(expires: string, now: number): number {
  return Math.floor((lastInstantOf(expires) - now) / DAY_MS);
}
