import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { SIGHT_CHANGES } from '../../../lib/simulation/hiding.ts';
import { findSources, type Source } from '../../../lib/simulation/read/find-sources.ts';
import { simulateFindings } from '../../../lib/simulation/run/simulate-findings.ts';
import type { Comparison } from '../../../lib/simulation/simulation-report.ts';
import { decide } from '../../../lib/triage/decide.ts';
import type { Decision } from '../../../lib/triage/decision.ts';
import { planUpdates } from '../../../lib/triage/plan.ts';
import { generateFindings } from '../../bench/workload/findings.ts';
import { generateRuleset } from '../../bench/workload/ruleset.ts';
import { WORKLOAD_NOW } from '../../bench/workload/situation.ts';

const folder = mkdtempSync(join(tmpdir(), 'triage-simulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a service and people leave them: some suppressed, some with notes. */
const STATES: readonly Finding[] = generateFindings(6, 2_400).map((finding, index) => ({
  ...finding,
  ...(index % 7 === 0 && { Workflow: { Status: 'SUPPRESSED' } }),
  ...(index % 11 === 0 && { Note: { Text: 'Seen.', UpdatedBy: 'Jane', UpdatedAt: '2026-11-01T00:00:00Z' } }),
}));
const again = (every: number, UpdatedAt: string, Status: string) =>
  STATES.filter((_, index) => index % every === 0).map((finding) => ({
    ...finding,
    UpdatedAt,
    Workflow: { Status },
  }));
/** Some come again, with a newer state or an older one. */
const FINDINGS: readonly Finding[] = [
  ...again(17, '2020-01-01T00:00:00Z', 'RESOLVED'),
  ...STATES,
  ...again(13, '2026-11-18T08:59:00Z', 'NEW'),
  ...again(5, '2020-01-02T00:00:00Z', 'SUPPRESSED'),
];
const path = join(folder, 'findings.ndjson');
writeFileSync(path, FINDINGS.map((finding) => JSON.stringify(finding)).join('\n'));
const SOURCES = findSources([path]) as readonly Source[];
const [ONE, OTHER] = [generateRuleset(3, 150), generateRuleset(4, 120)];

const simulate = (ruleset: Ruleset, base: Ruleset | null) =>
  simulateFindings(SOURCES, {
    ruleset,
    base: base && { ref: 'base', commit: '0'.repeat(40), ruleset: base },
    nowMs: WORKLOAD_NOW,
    workers: 1,
    decisions: null,
    signal: new AbortController().signal,
    onProgress: () => {},
  });

/** The newest state of each finding, in input order. */
function distinctFindings(): readonly Finding[] {
  const newest = new Map<string, Finding>();
  for (const finding of FINDINGS) {
    const key = `${finding.ProductArn} ${finding.Id}`;
    const known = newest.get(key);
    if (known !== undefined && Date.parse(String(known.UpdatedAt)) > Date.parse(String(finding.UpdatedAt)))
      continue;
    newest.delete(key);
    newest.set(key, finding);
  }
  return [...newest.values()];
}

const sumOf = (counts: readonly { readonly count: number }[]) =>
  counts.reduce((sum, { count }) => sum + count, 0);
const totals = ({ changes }: Comparison) => Object.values(changes).flatMap((counts) => Object.values(counts));

describe('simulated findings', () => {
  it('are decided and planned as the product does, and counted by what it decides', async () => {
    const { report } = await simulate(ONE, null);

    const distinct = distinctFindings();
    const decisions: Decision[] = [];
    for (const finding of distinct)
      decisions.push(
        await decide(finding, { detailType: 'Security Hub Findings - Imported' }, ONE, WORKLOAD_NOW),
      );
    const calls = decisions.flatMap((_, at) =>
      at % 1_000 === 0 ? planUpdates(decisions.slice(at, at + 1_000)) : [],
    );
    const ofKind = (kind: string) => decisions.filter((decision) => decision.kind === kind).length;
    expect(distinct.length).toBeLessThan(FINDINGS.length);
    expect(report.findings).toMatchObject({ read: FINDINGS.length, distinct: distinct.length });
    expect(report.figures.calls).toBe(calls.length);
    expect({ updated: 0, held: 0, observed: 0, unchanged: 0, ...report.figures.outcomes }).toEqual({
      updated: ofKind('update'),
      held: ofKind('held'),
      observed: ofKind('observed'),
      unchanged: ofKind('unchanged'),
    });
    for (const { rule, matched } of report.figures.byRule) {
      const matching = decisions.filter(({ trace }) => trace.some((one) => one.rule === rule && one.matched));
      expect.soft(matched, rule).toBe(matching.length);
    }
    const newlySuppressed = decisions.filter((decision) => decision.newlySuppressed).length;
    const { figures, standing } = report;
    expect(newlySuppressed).toBeGreaterThan(0);
    expect(figures.workflow.SUPPRESSED).toBe((standing.workflow.SUPPRESSED ?? 0) + newlySuppressed);
  });

  it('do not change between equal rules', async () => {
    const { report } = await simulate(ONE, { ...ONE });

    const { comparison, figures, findings } = report;
    expect(comparison?.unchanged).toBe(findings.distinct);
    expect(comparison?.findings).toEqual([]);
    expect(comparison?.changedRules).toEqual([]);
    expect(comparison?.base.figures).toEqual(figures);
  });

  it('have gains and losses swapped where the rules are, and counts that sum to the total', async () => {
    const { report } = await simulate(ONE, OTHER);
    const { report: back } = await simulate(OTHER, ONE);

    const [there, here] = [report.comparison, back.comparison];
    if (there === null || here === null) throw new Error('There was a base.');
    expect(here.changes).toEqual({
      newlySuppressed: there.changes.noLongerSuppressed,
      noLongerSuppressed: there.changes.newlySuppressed,
      newlyResolved: there.changes.noLongerResolved,
      noLongerResolved: there.changes.newlyResolved,
      severityLowered: there.changes.severityRaised,
      severityRaised: there.changes.severityLowered,
      workflowChanged: there.changes.workflowChanged,
      otherFieldsChanged: there.changes.otherFieldsChanged,
    });
    expect(totals(there).filter((count) => count > 0).length).toBeGreaterThan(6);
    for (const { comparison, findings } of [report, back]) {
      const changed = comparison === null ? [] : totals(comparison);
      const sum = changed.reduce((all, count) => all + count, comparison?.unchanged ?? 0);
      expect(sum).toBe(findings.distinct);
    }
    for (const change of SIGHT_CHANGES) {
      const { byDay, byAccountAndRule } = there.spread[change];
      const all = Object.values(there.changes[change]).reduce((sum, count) => sum + count, 0);
      expect.soft(sumOf(byDay), change).toBe(all);
      expect.soft(sumOf(byAccountAndRule), change).toBe(all);
    }
    expect(report.figures).toEqual(back.comparison?.base.figures);
  });

  it('are counted as far as they were read where the reading is stopped', async () => {
    const stop = new AbortController();

    const { report } = await simulateFindings(SOURCES, {
      ruleset: ONE,
      base: null,
      nowMs: WORKLOAD_NOW,
      workers: 2,
      decisions: null,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });

    expect(report.partial).toBe(true);
    expect(report.findings.read).toBeGreaterThan(0);
    expect(report.findings.read).toBeLessThan(FINDINGS.length);
  });
});
