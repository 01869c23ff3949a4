import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { findingKey } from '../../lib/findings/finding-key.ts';
import { identityOf } from '../../lib/findings/input-items.ts';
import { readInput } from '../../lib/local/run/input.ts';
import type { SimulationReport } from '../../lib/simulation/simulation-report.ts';
import { createSurroundings, RULES, triage } from './triage.ts';

const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const KNOWN = ['updated', 'unchanged', 'held', 'observed', 'deadLettered', 'returned', 'filtered'];

if (existsSync(CORPUS)) {
  const surroundings = createSurroundings();
  afterAll(() => surroundings.remove());

  describe('triage on findings from the field', () => {
    it('gives every finding exactly one outcome, whatever its shape', async () => {
      const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ndjson|json)$/.test(name))
        .sort()
        .map((name) => join(CORPUS, name));
      const run = ['start', '--findings', ...files, '--rules', RULES, '--out', 'out'];

      const { code, stderr } = await triage(surroundings, ...run);

      expect(stderr).toMatch(/^Synthesizing .*\nBringing in \d+ events; .*\n$/);
      expect(code).toBe(0);
      const outcomes = surroundings.readLines('out/outcomes.ndjson');
      const keys = outcomes.flatMap((outcome) => identityOf(outcome) ?? []).map(findingKey);
      const expected = readInput(files)
        .flatMap(({ findings }) => findings.flatMap((finding) => identityOf(finding) ?? []))
        .map(findingKey);
      expect(keys).toEqual([...new Set(expected)]);
      expect(outcomes.filter(({ outcome }) => !KNOWN.includes(String(outcome)))).toEqual([]);
      expect(readFileSync(join(surroundings.cwd, 'out/findings.ndjson'), 'utf8')).not.toBe('');
    });

    it('simulates as many, each decided once', async () => {
      const files = `${CORPUS}/*.ndjson`;

      const { code, stdout, stderr } = await triage(
        surroundings,
        ...['simulate', files, '--rules', RULES, '-f', 'json', '--decisions', 'decisions.ndjson'],
      );

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { findings, figures } = JSON.parse(stdout) as SimulationReport;
      const keys = surroundings.readLines('decisions.ndjson').flatMap((line) => identityOf(line) ?? []);
      expect(findings.distinct).toBeGreaterThan(100);
      expect(new Set(keys.map(findingKey)).size).toBe(findings.distinct);
      const ended = Object.values(figures.outcomes).reduce((sum, count) => sum + count, 0);
      expect(ended).toBe(findings.distinct);
    });
  });
} else {
  console.info('The shared corpus is not here: the run over it is not registered.');
}
