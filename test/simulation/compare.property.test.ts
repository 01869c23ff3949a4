import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, SEVERITY_LABELS, WORKFLOW_STATUSES } from '../../lib/findings/finding.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { CHANGE_KINDS, compareStandings, type Standing } from '../../lib/simulation/compare.ts';
import { createDecider } from '../../lib/simulation/decide/decide-block.ts';
import { SIGHT_CHANGES } from '../../lib/simulation/hiding.ts';
import {
  type ChangedFinding,
  type Comparison,
  REPORT_SEVERITIES,
  type SimulationReport,
} from '../../lib/simulation/simulation-report.ts';
import { reportOf } from '../../lib/simulation/tally/report.ts';
import { createTally } from '../../lib/simulation/tally/tally.ts';
import { generateFindings } from '../bench/workload/findings.ts';
import { generateRuleset } from '../bench/workload/ruleset.ts';
import { WORKLOAD_NOW } from '../bench/workload/situation.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 150);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_127);

const standing: fc.Arbitrary<Standing> = fc.record({
  workflow: fc.constantFrom(...WORKFLOW_STATUSES, 'OTHER'),
  severity: fc.constantFrom(...SEVERITY_LABELS, 'NONE'),
  others: fc.constantFrom('', '[{"Confidence":50}]', '[{"Confidence":60}]'),
});

const SWAPPED = {
  newlySuppressed: 'noLongerSuppressed',
  noLongerSuppressed: 'newlySuppressed',
  newlyResolved: 'noLongerResolved',
  noLongerResolved: 'newlyResolved',
  severityLowered: 'severityRaised',
  severityRaised: 'severityLowered',
  workflowChanged: 'workflowChanged',
  otherFieldsChanged: 'otherFieldsChanged',
} as const;

const HIDDEN = ['SUPPRESSED', 'RESOLVED'];

describe('how a finding stands under two rulesets', () => {
  it('is no change where it stands alike, and always one where it does not', () => {
    fc.assert(
      fc.property(standing, standing, (before, after) => {
        const alike =
          before.workflow === after.workflow &&
          before.severity === after.severity &&
          before.others === after.others;

        expect(compareStandings(before, after) === null).toBe(alike);
      }),
    );
  });

  it('has gains and losses swapped where the two are, save between resolved and suppressed', () => {
    fc.assert(
      fc.property(standing, standing, (before, after) => {
        fc.pre(![before.workflow, after.workflow].every((status) => HIDDEN.includes(status)));
        const change = compareStandings(before, after);
        const back = compareStandings(after, before);

        expect(back).toBe(change === null ? null : SWAPPED[change]);
      }),
    );
  });

  it.each([
    ['NEW', 'SUPPRESSED', 'CRITICAL', 'LOW', 'newlySuppressed'],
    ['NEW', 'RESOLVED', 'CRITICAL', 'LOW', 'newlyResolved'],
    ['OTHER', 'RESOLVED', 'HIGH', 'HIGH', 'newlyResolved'],
    ['RESOLVED', 'SUPPRESSED', 'HIGH', 'HIGH', 'newlySuppressed'],
    ['SUPPRESSED', 'NOTIFIED', 'HIGH', 'LOW', 'noLongerSuppressed'],
    ['RESOLVED', 'NEW', 'HIGH', 'LOW', 'noLongerResolved'],
    ['SUPPRESSED', 'RESOLVED', 'HIGH', 'HIGH', 'workflowChanged'],
    ['NEW', 'NOTIFIED', 'HIGH', 'LOW', 'severityLowered'],
    ['NEW', 'NEW', 'NONE', 'INFORMATIONAL', 'severityRaised'],
    ['NEW', 'NOTIFIED', 'HIGH', 'HIGH', 'workflowChanged'],
  ])('from %s to %s, %s to %s, is %s', (from, to, severityBefore, severityAfter, expected) => {
    const change = compareStandings(
      { workflow: from, severity: severityBefore, others: '' },
      { workflow: to, severity: severityAfter, others: 'x' },
    );

    expect(change).toBe(expected);
  });
});

const seed = fc.integer({ min: 1, max: 1_000_000 });
/** Of those that suppress, every other one resolves instead. */
const rulesets = fc.tuple(seed, fc.integer({ min: 1, max: 60 })).map(([one, count]): Ruleset => {
  const ruleset = generateRuleset(one, count);
  const rules = ruleset.rules.map((rule, i): Rule => {
    const { event } = rule;
    if (i % 2 === 0 || event.params.Workflow?.Status !== 'SUPPRESSED') return rule;
    return { ...rule, event: { ...event, params: { ...event.params, Workflow: { Status: 'RESOLVED' } } } };
  });
  return { ...ruleset, rules };
});
/** As they stand after a while: some out of sight, some of those read twice. */
const findings = fc.tuple(seed, fc.integer({ min: 1, max: 120 })).map(([one, count]) => {
  const all = generateFindings(one, count).map(
    (finding, i): Finding => ({
      ...finding,
      ...(i % 3 === 0 && { Workflow: { Status: i % 2 === 0 ? 'RESOLVED' : 'SUPPRESSED' } }),
    }),
  );
  return [...all, ...all.filter((_, i) => i % 5 === 0)];
});

async function simulate(all: readonly Finding[], base: Ruleset, ruleset: Ruleset) {
  const settings = { ruleset, base, nowMs: WORKLOAD_NOW };
  const decider = createDecider({ ...settings, withLines: false, withSuppressions: false });
  const texts = all.map((one) => Buffer.from(`${JSON.stringify(one)}\n`));
  let end = 0;
  const ends = texts.map(({ length }) => (end += length));
  const bytes = new Uint8Array(Buffer.concat(texts));
  const tally = createTally();
  tally.addBlock(
    await decider.decideBlock({ kind: 'block', source: 's', bytes, ends, first: 1, unit: 'line' }),
    0,
  );
  const report = reportOf(tally.counted(), {
    ...{ ruleset, nowMs: WORKLOAD_NOW, partial: false },
    base: { ref: 'base', commit: '0'.repeat(40), ruleset: base },
  });
  if (report.comparison === null) throw new Error('There is a base.');
  return { report, comparison: report.comparison };
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** Of few findings every change has its row: whatever is counted can be counted again. */
function expectSums({ findings: read }: SimulationReport, comparison: Comparison): void {
  const { changes, unchanged, spread, findings: rows } = comparison;
  expect(rows.length + unchanged).toBe(read.distinct);
  for (const kind of CHANGE_KINDS)
    for (const severity of REPORT_SEVERITIES)
      expect(changes[kind][severity]).toBe(
        rows.filter((row) => row.change === kind && row.severity === severity).length,
      );
  for (const kind of SIGHT_CHANGES) {
    const ofKind = rows.filter(({ change }) => change === kind);
    const { byDay, earlier, undated, byAccountAndRule, more } = spread[kind];
    expect(sum(byDay.map(({ count }) => count)) + earlier + undated).toBe(ofKind.length);
    // A finding due to two rules counts with both.
    const pairs = sum(ofKind.map(({ rules }) => Math.max(1, rules.length)));
    expect(sum(byAccountAndRule.map(({ count }) => count)) + more.findings).toBe(pairs);
  }
}

/** Whether it is the exception: between resolved and suppressed, only to be suppressed takes out of sight. */
function expectSwapped(row: ChangedFinding, back: ChangedFinding): boolean {
  expect(back).toMatchObject({ before: row.after, after: row.before, severity: row.severity });
  const [was, is] = [row.before.workflow, row.after.workflow];
  if (was === is || ![was, is].every((status) => HIDDEN.includes(status))) {
    expect(back.change).toBe(SWAPPED[row.change]);
    return false;
  }
  const [hides, opens] = is === 'SUPPRESSED' ? [row, back] : [back, row];
  expect(hides.change).toBe('newlySuppressed');
  expect(SIGHT_CHANGES).not.toContain(opens.change);
  return true;
}

describe('what two rulesets make of many findings', () => {
  it('is no change where they are one, the opposite where they are swapped, and sums to what was read', async () => {
    const met = new Set<string>();
    let exceptions = 0;
    await fc.assert(
      fc.asyncProperty(rulesets, rulesets, findings, async (one, other, all) => {
        const [same, there, back] = [
          await simulate(all, one, { ...one }),
          await simulate(all, one, other),
          await simulate(all, other, one),
        ];

        expect(same.comparison).toMatchObject({ findings: [], changedRules: [] });
        expect(same.comparison.unchanged).toBe(same.report.findings.distinct);
        expect(same.comparison.base.figures).toEqual(same.report.figures);
        for (const { report, comparison } of [same, there, back]) expectSums(report, comparison);
        expect(there.comparison.base.figures).toEqual(back.report.figures);
        expect(back.comparison.base.figures).toEqual(there.report.figures);
        expect(back.comparison.unchanged).toBe(there.comparison.unchanged);
        const keyOf = ({ ProductArn, Id }: ChangedFinding) => `${ProductArn} ${Id}`;
        const rowsBack = new Map(back.comparison.findings.map((row) => [keyOf(row), row]));
        for (const row of there.comparison.findings) {
          const opposite = rowsBack.get(keyOf(row));
          if (opposite === undefined) throw new Error(`${row.Id} did not change back`);
          if (expectSwapped(row, opposite)) exceptions += 1;
          met.add(row.change);
        }
      }),
      { numRuns: Math.ceil(RUNS / 10), seed: SEED },
    );
    // Generators that change nothing would show nothing.
    for (const kind of SIGHT_CHANGES) expect(met).toContain(kind);
    expect(exceptions).toBeGreaterThan(0);
  });
});
