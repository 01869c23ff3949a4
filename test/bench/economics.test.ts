import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { putTable } from './economics/markdown.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENT = readFileSync(join(ROOT, 'docs/api-calls.md'), 'utf8');

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, ['test/bench/economics.ts', ...args], { cwd: ROOT, encoding: 'utf8' });
}

/** The rows of a table between markers, as cells by heading. */
function rowsOf(document: string, name: string): readonly Readonly<Record<string, string>>[] {
  const [, text = ''] = document.split(new RegExp(`<!-- /?${name} -->`));
  const [header = [], , ...rows] = text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('*', '').trim()),
    );
  return rows.map((cells) => Object.fromEntries(header.map((heading, at) => [heading, cells[at] ?? ''])));
}

const numberOf = (text = '') => Number(text.replaceAll(',', ''));

describe('npm run bench:calls', () => {
  it('puts every table into the document, twice the same', () => {
    const folder = mkdtempSync(join(tmpdir(), 'api-calls-'));
    const file = join(folder, 'api-calls.md');
    writeFileSync(file, DOCUMENT);
    const size = ['--findings', '200', '--burst', '300', '--rules', '10', '--seconds', '20'];

    const first = run(...size, '--markdown', file);
    const written = readFileSync(file, 'utf8');
    const second = run(...size);
    rmSync(folder, { recursive: true });

    expect(first.stderr).not.toContain('Error');
    expect(first.status).toBe(0);
    expect(second.stdout).toBe(first.stdout);
    const names = [
      'defaults',
      'windows',
      'windows-payloads',
      'batches',
      'payloads',
      'pollers',
      'worst',
      'formula',
    ];
    for (const name of names) {
      const rows = rowsOf(written, name);
      expect(rows.length, name).toBeGreaterThan(2);
      // The committed document has the same headings: its tables are of this script.
      expect(Object.keys(rows[0] ?? {}), name).toEqual(Object.keys(rowsOf(DOCUMENT, name)[0] ?? {}));
    }
    expect(rowsOf(written, 'defaults')[0]).not.toEqual(rowsOf(DOCUMENT, 'defaults')[0]);
  });

  it.each([
    [['--findings', 'many'], "'many' is no whole number"],
    [['--rules', '10,0'], "'0' is no whole number"],
    [['--rate', '3'], "Unknown option '--rate'"],
  ])('refuses %j and says how it is used', (args, message) => {
    const { status, stderr } = run(...args);

    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage:');
  });
});

describe('putTable', () => {
  it('refuses a document that has no place for the table', () => {
    const table = { name: 'calls', header: ['a'], rows: [['1']] };

    expect(() => putTable('no markers', table)).toThrow('<!-- calls -->');
    expect(putTable('a <!-- calls -->old<!-- /calls --> b', table)).toBe(
      'a <!-- calls -->\n| a |\n|---|\n| 1 |\n<!-- /calls --> b',
    );
  });
});

describe('docs/api-calls.md', () => {
  it('shows as many calls as the fewest possible, and never fewer than the whole stream needs', () => {
    const rows = rowsOf(DOCUMENT, 'defaults');

    expect(rows).toHaveLength(5);
    for (const row of rows) {
      expect(numberOf(row.calls)).toBeGreaterThan(0);
      expect(row.calls).toBe(row['fewest for these batches']);
      expect(numberOf(row.calls)).toBeGreaterThanOrEqual(numberOf(row['fewest for the whole stream']));
      expect(numberOf(row.calls)).toBeLessThanOrEqual(numberOf(row['updates = calls one by one']));
    }
  });
});
