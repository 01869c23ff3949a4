import type { Finding } from '../findings/finding.ts';
import { createJudge } from '../rule-tests/judge-rule.ts';
import { mergePatch } from '../rule-tests/merge-patch.ts';
import type { Expectation } from '../rule-tests/rule-test.ts';
import { runCase } from '../rule-tests/run-case.ts';
import type { Rule } from '../rules/rule.ts';
import { DEFAULT_CONFIG } from '../rules/ruleset.ts';
import { safeJson } from '../rules/safe-json.ts';
import { BASE_FINDING, BASE_SAMPLE } from './base-finding.ts';
import type { BuiltRule } from './build-rules.ts';
import { differenceOf } from './difference.ts';
import type { createProber, Demand } from './probe-findings.ts';
import type { Probe, Tree } from './tree.ts';

/** A case of a rule's test, as its file says it. */
export interface WrittenCase {
  readonly name: string;
  readonly finding: string;
  readonly with?: object;
  readonly expect: Expectation;
}

/** One comparison, and what must come of all others for the rule to stand on it. */
interface Turn {
  readonly probe: Probe;
  readonly label: string;
  readonly demands: readonly Demand[];
  /** Whether the comparison must be true for the rule to match. */
  readonly wanted: boolean;
}

/**
 * Cases for each comparison of a rule: a finding that matches by it, and the same with it alone the other way. Each was
 * tried with the function that decides; what did not come out as meant is left out.
 */
export async function testCases(
  { rule, tree }: Pick<BuiltRule, 'rule' | 'tree'>,
  prober: ReturnType<typeof createProber>,
  nowMs: number,
): Promise<readonly WrittenCase[]> {
  const cases: WrittenCase[] = [];
  const seen = new Set<string>();
  for (const { probe, label, demands, wanted } of turnsOf(tree)) {
    for (const matches of [true, false]) {
      const finding = prober.meet(BASE_FINDING, [...demands, { tree: probe, holds: matches === wanted }]);
      if (typeof finding?.Id !== 'string' || typeof finding.ProductArn !== 'string') continue;
      const patch = differenceOf(BASE_FINDING, finding);
      const key = JSON.stringify([patch, matches]);
      const name = freeName(matches ? nameOfMatch(cases, label) : `near miss: ${label}`, cases);
      const expect: Expectation = matches ? { matches } : { matches, because: label };
      const made = {
        name,
        finding: BASE_SAMPLE,
        ...(Object.keys(patch).length > 0 && { with: patch }),
        expect,
      };
      if (seen.has(key) || !(await comesOut(rule, made, nowMs))) continue;
      seen.add(key);
      cases.push(made);
    }
  }
  return cases;
}

/** The text of a test file. */
export function testText(rule: Rule, cases: readonly WrittenCase[], nowMs: number): string {
  const now = new Date(nowMs).toISOString();
  return `${safeJson({ $schema: '../test.schema.json', rule: rule.name, now, cases })}\n`;
}

function turnsOf(tree: Tree, demands: readonly Demand[] = [], wanted = true, label = ''): readonly Turn[] {
  const name = 'leaf' in tree ? tree.leaf.name : tree.name;
  // The outermost name is told: blocks around a comparison fail as one.
  const shown = label === '' ? (name ?? '') : label;
  if ('leaf' in tree) return [{ probe: tree, label: shown, demands, wanted }];
  if ('not' in tree) return turnsOf(tree.not, demands, !wanted, shown);
  const inner = 'all' in tree ? tree.all : tree.any;
  return inner.flatMap((part, i) => {
    const others = inner.flatMap((other, j) => (i === j ? [] : [{ tree: other, holds: 'all' in tree }]));
    return turnsOf(part, [...demands, ...others], wanted, shown);
  });
}

function nameOfMatch(cases: readonly WrittenCase[], label: string): string {
  return cases.some(({ expect }) => expect.matches) ? `also by ${label}` : 'a finding it is for';
}

function freeName(name: string, cases: readonly WrittenCase[]): string {
  const taken = new Set(cases.map((one) => one.name));
  let free = name;
  for (let n = 2; taken.has(free); n += 1) free = `${name} (${n})`;
  return free;
}

async function comesOut(rule: Rule, written: WrittenCase, nowMs: number): Promise<boolean> {
  const alone = {
    rules: [rule],
    conditions: {},
    lists: {},
    accounts: {},
    config: DEFAULT_CONFIG,
    version: '',
  };
  const { result } = await runCase(rule, alone, createJudge(rule, alone), {
    ...{ name: written.name, expect: written.expect, nowMs, file: '', line: 1, column: 1 },
    finding: mergePatch(BASE_FINDING, written.with ?? {}) as Finding,
    event: { detailType: 'Security Hub Findings - Imported' },
  });
  return result.outcome === 'passed';
}
