import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRules } from '../../../lib/rules/load.ts';
import { generateFindingLines } from '../workload/findings.ts';
import { FINDINGS_SEED } from '../workload/seeds.ts';
import { PARSE_LINES, simulateArguments, WRITE_FINDINGS } from './programs.ts';
import { writeRules } from './rules-folder.ts';
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
    expect(simulated.spent.peakRssBytes).toBeGreaterThan(10 * 1024 ** 2);
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
