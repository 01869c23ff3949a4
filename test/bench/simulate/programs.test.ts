import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRules } from '../../../lib/rules/load.ts';
import type { SimulationReport } from '../../../lib/simulation/simulation-report.ts';
import { generateFindingLines } from '../workload/findings.ts';
import { FINDINGS_SEED } from '../workload/seeds.ts';
import { PARSE_LINES, simulateArguments, WRITE_FINDINGS, WRITE_SMALL_FINDINGS } from './programs.ts';
import {
  CROSSED_RULES,
  writeChangedRules,
  writeCrossedRules,
  writeRules,
  writeWideRule,
} from './rules-folder.ts';
import { runProgram } from './run-program.ts';

describe('the programs that are measured', () => {
  const folder = mkdtempSync(join(tmpdir(), 'triage-bench-programs-'));
  const findings = join(folder, 'findings.ndjson');
  const rules = join(folder, 'rules');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('read the same findings, each all of them', async () => {
    await runProgram([WRITE_FINDINGS, findings, '4000000']);
    writeRules(rules, 10);
    const lines = readFileSync(findings, 'utf8').trimEnd().split('\n');

    const bound = await runProgram([PARSE_LINES, findings]);
    const simulated = await runProgram(simulateArguments(findings, rules, 2));

    expect(statSync(findings).size).toBeGreaterThanOrEqual(4_000_000);
    expect(lines).toEqual(generateFindingLines(FINDINGS_SEED, lines.length));
    expect(Number(bound.stdout)).toBe(lines.length);
    expect(JSON.parse(simulated.stdout)).toMatchObject({
      findings: { read: lines.length, invalid: 0 },
      figures: { rules: 10 },
      partial: false,
    });
    expect(simulated.stderr).toMatch(/^loading the rules: \d+\.\d+ s$/m);
    expect(simulated.spent.cpuMs).toBeGreaterThan(0);
    expect(simulated.spent.busiestMs).toBeLessThan(simulated.spent.cpuMs);
    expect(simulated.spent.busiestMs * 10).toBeGreaterThan(simulated.spent.cpuMs);
    expect(simulated.spent.peakRssBytes).toBeGreaterThan(10 * 1024 ** 2);
  });

  it('compare with the rules of a commit, two of which only observe there', async () => {
    const changed = join(folder, 'changed');
    writeChangedRules(changed, 10);

    const { stdout } = await runProgram(simulateArguments(findings, changed, 1, 'HEAD'));

    const { comparison, figures } = JSON.parse(stdout) as SimulationReport;
    expect([figures.rules, comparison?.base.figures.rules]).toEqual([10, 10]);
    expect(comparison?.changedRules.map(({ change }) => change)).toEqual(['changed', 'changed']);
    expect(comparison?.unchanged).toBeGreaterThan(0);
  });

  it('have one rule hide findings of which each has an account and day of its own', async () => {
    const [wide, file] = [join(folder, 'wide'), join(folder, 'wide.ndjson')];
    writeWideRule(wide);
    await runProgram([WRITE_SMALL_FINDINGS, file, '4500', 'wide']);

    const { stdout, spent } = await runProgram(simulateArguments(file, wide, 2, 'HEAD'));

    const { comparison } = JSON.parse(stdout) as SimulationReport;
    expect(comparison?.changes.newlySuppressed.MEDIUM).toBe(4_500);
    const { byDay, byAccountAndRule } = comparison?.spread.newlySuppressed ?? {
      byDay: [],
      byAccountAndRule: [],
    };
    expect([byDay.length, byAccountAndRule.length]).toEqual([3, 2_000]);
    expect(spent.threads?.workers).toHaveLength(2);
  });

  it('have rules of which each meets each of the others', async () => {
    const [crossed, file] = [join(folder, 'crossed'), join(folder, 'crossed.ndjson')];
    writeCrossedRules(crossed);
    await runProgram([WRITE_SMALL_FINDINGS, file, '60000', 'crossed']);

    const { stdout } = await runProgram(simulateArguments(file, crossed, 1, 'HEAD'));

    const { comparison, figures } = JSON.parse(stdout) as SimulationReport;
    expect(comparison?.changes.otherFieldsChanged.MEDIUM).toBe(60_000);
    expect(figures.byRule).toHaveLength(CROSSED_RULES);
    expect(new Set(figures.byRule.map(({ matched }) => matched))).toEqual(new Set([300, 200]));
  });

  it('have rules that load', () => {
    writeRules(rules, 100);

    const { ruleset } = loadRules(rules);

    expect(ruleset?.rules).toHaveLength(100);
  });

  it('tell why they failed', async () => {
    const missing = join(folder, 'missing.ndjson');

    await expect(runProgram(simulateArguments(missing, rules, 1))).rejects.toThrow(
      /ended with 2: .*is not there/s,
    );
  });
});
