import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SimulationReport } from '../../lib/simulation/simulation-report.ts';
import { finding, writeOwnRules } from './own-input.ts';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
afterAll(() => surroundings.remove());
const { cwd, write } = surroundings;
writeOwnRules(surroundings);

const OWN = ['--rules', 'own/rules', '--now', '2026-11-22T00:00:00Z'];
const simulate = (...args: readonly string[]) => triage(surroundings, 'simulate', ...args);
const report = (stdout: string) => JSON.parse(stdout) as SimulationReport;
const ndjson = (findings: readonly unknown[]) => `${findings.map((one) => JSON.stringify(one)).join('\n')}\n`;

describe('what triage simulate writes', () => {
  it.each([
    [
      ['--decisions', 'in.ndjson'],
      /^--decisions in\.ndjson would replace in\.ndjson, which the findings are read from/,
    ],
    [['--decisions', 'link.ndjson'], /^--decisions link\.ndjson would replace in\.ndjson/],
    [['-o', 'json=./sub/../in.ndjson'], /^--report json \.\/sub\/\.\.\/in\.ndjson would replace in\.ndjson/],
    [['in.ndjson.part', '--decisions', 'in.ndjson'], /would replace/],
    [
      ['old.ndjson.part', '--decisions', 'old.ndjson'],
      /^--decisions old\.ndjson\.part would replace old\.ndjson\.part/,
    ],
    [
      ['-o', 'json=out', '-o', 'html=sub/../out'],
      /^--report html sub\/\.\.\/out and --report json out are one file\. Name another/,
    ],
    [['-o', 'json=d.ndjson', '--decisions', 'd.ndjson'], /--report json d\.ndjson are one file/],
    [
      ['-o', 'html=nope/x.html'],
      /^--report html nope\/x\.html cannot be written: its folder is not there\.\n$/,
    ],
    [['-o', 'html=sub'], /^--report html sub cannot be written: it is a folder\.\n$/],
  ])('touches nothing and decides nothing with %j', async (args, message) => {
    mkdirSync(join(cwd, 'sub'), { recursive: true });
    const text = ndjson([finding('a')]);
    const inputs = ['in.ndjson', 'in.ndjson.part', 'old.ndjson.part'];
    for (const input of inputs) write(input, text);
    if (!existsSync(join(cwd, 'link.ndjson'))) symlinkSync('in.ndjson', join(cwd, 'link.ndjson'));
    const before = readdirSync(cwd).sort();

    const { code, stdout, stderr } = await simulate('in.ndjson', ...args, ...OWN);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readdirSync(cwd).sort()).toEqual(before);
    for (const input of inputs) expect(readFileSync(join(cwd, input), 'utf8')).toBe(text);
  });

  it('writes decisions through a link, beside themselves, and to a device', async () => {
    write('linked/findings.ndjson', ndjson([finding('a'), finding('b'), finding('a')]));
    write('linked/real.txt', 'of an earlier run\n');
    symlinkSync('real.txt', join(cwd, 'linked/link.txt'));

    const linked = await simulate('linked', ...OWN, '--decisions', 'linked/link.txt');
    const device = await simulate('linked', ...OWN, '--decisions', '/dev/null', '-o', 'json=/dev/null');

    expect([linked.code, device.code]).toEqual([0, 0]);
    expect(surroundings.readLines('linked/real.txt').map(({ Id }) => Id)).toEqual(['b', 'a']);
    expect(lstatSync(join(cwd, 'linked/link.txt')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(cwd, 'linked')).sort()).toEqual(['findings.ndjson', 'link.txt', 'real.txt']);
    expect(surroundings.leftBehind()).toEqual([]);
  });

  it('prints its report and writes the others where one cannot be written in the end', async () => {
    write('one.json', JSON.stringify(finding('a')));

    const { code, stdout, stderr } = await simulate(
      ...['one.json', ...OWN, '-f', 'json', '-o', 'html=/dev/full', '-o', 'json=kept.json'],
    );

    expect(code).toBe(2);
    expect(stderr).toMatch(/^--report \/dev\/full cannot be written: ENOSPC/);
    expect(report(stdout).findings.read).toBe(1);
    expect(report(readFileSync(join(cwd, 'kept.json'), 'utf8'))).toEqual(report(stdout));
  });
});
