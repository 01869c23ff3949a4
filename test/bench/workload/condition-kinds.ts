import type { Rule } from '../../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../../lib/rules/ruleset.ts';
import { WORKLOAD_NOW } from './situation.ts';

/** One kind of condition, alone in each of many rules. */
export interface ConditionKind {
  readonly name: string;
  readonly fact: string;
  readonly operator: string;
  /** The value that the rule of a number compares with; no two rules have the same. */
  readonly literal: (rule: number) => unknown;
  /** What the finding of a number has, beside or in place of what is generated. */
  readonly values: (finding: number) => Readonly<Record<string, unknown>>;
}

/** Nearly all findings are met by none of the rules, whatever their number; every hundredth is by one. */
const HIT = 100;
const isHit = (finding: number): boolean => finding % HIT === 0;
const name = (rule: number): string => `workload-${rule.toString(36).padStart(4, '0')}`;
const titled = (finding: number, text: (n: number) => string) => ({
  Title: isHit(finding) ? text(finding / HIT) : `Something else ${finding}`,
});
const address = (n: number): string => `10.${n >> 8}.${n & 255}.0`;
const DAY_MS = 86_400_000;
/** Confidence is of no generated finding: these have a value that lies beyond all literals, or just this side of one. */
const BEYOND = 100_000;

export const CONDITION_KINDS: readonly ConditionKind[] = [
  {
    name: 'equal',
    fact: 'Title',
    operator: 'equal',
    literal: name,
    values: (finding) => titled(finding, name),
  },
  {
    name: 'greaterThan',
    fact: 'Confidence',
    operator: 'greaterThan',
    literal: (rule) => rule + 0.5,
    values: (finding) => ({ Confidence: isHit(finding) ? 1 : 0 }),
  },
  {
    name: 'lessThan, met by a tenth',
    fact: 'Confidence',
    operator: 'lessThan',
    literal: (rule) => (rule % 10 === 0 ? BEYOND + rule : rule),
    values: () => ({ Confidence: BEYOND }),
  },
  {
    name: 'before',
    fact: 'FirstObservedAt',
    operator: 'before',
    literal: (rule) => new Date(Date.parse('2020-01-01T00:00:00Z') - (rule * DAY_MS) / 10).toISOString(),
    values: (finding) => (isHit(finding) ? { FirstObservedAt: '2019-12-31T23:00:00Z' } : {}),
  },
  {
    name: 'olderThanDays',
    fact: 'FirstObservedAt',
    operator: 'olderThanDays',
    literal: (rule) => 3_000 + rule,
    values: (finding) =>
      isHit(finding) ? { FirstObservedAt: new Date(WORKLOAD_NOW - 3_000.5 * DAY_MS).toISOString() } : {},
  },
  {
    name: 'equalsIgnoreCase',
    fact: 'Title',
    operator: 'equalsIgnoreCase',
    literal: (rule) => name(rule).toUpperCase(),
    values: (finding) => titled(finding, name),
  },
  {
    name: 'inCidr',
    fact: 'Title',
    operator: 'inCidr',
    literal: (rule) => `${address(rule)}/24`,
    values: (finding) => ({ Title: isHit(finding) ? address(finding / HIT) : `192.0.${finding & 255}.7` }),
  },
  {
    name: 'matches, any case',
    fact: 'Title',
    operator: 'matches',
    literal: (rule) => `(?i)${name(rule)}.*`,
    values: (finding) => titled(finding, (n) => name(n).toUpperCase()),
  },
  {
    name: 'matches, two ways',
    fact: 'Title',
    operator: 'matches',
    literal: (rule) => `${name(2 * rule)}.*|${name(2 * rule + 1)}[a-z]*`,
    values: (finding) => titled(finding, name),
  },
];

/** Rules of one condition each. */
export function rulesetOfKind(
  { name: kind, fact, operator, literal }: ConditionKind,
  count: number,
): Ruleset {
  const rules = Array.from({ length: count }, (_, n): Rule => {
    const conditions = { all: [{ fact, operator, value: literal(n) }] };
    return {
      name: `rule-${n}`,
      owner: '@acme/secops',
      mode: 'enforce',
      priority: count - n,
      conditions,
      event: { type: 'update', params: { Workflow: { Status: 'NOTIFIED' } } },
    };
  });
  return {
    rules,
    conditions: {},
    lists: {},
    accounts: {},
    config: DEFAULT_CONFIG,
    version: `${kind} ${count}`,
  };
}
