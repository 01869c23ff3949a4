import { describe, expect, it } from 'vitest';
import { markdown } from '../../../lib/simulation/reporters/markdown/markdown.ts';
import { type Section, writeSections } from '../../../lib/simulation/reporters/markdown/sections.ts';
import { sampleReport } from './sample-report.ts';

const TITLES = [
  'CRITICAL findings that would be hidden',
  'HIGH findings that would be hidden',
  'Changed rules',
  'Findings: newly suppressed, MEDIUM and below',
  'Findings: no longer suppressed',
  'By workflow status',
  'By severity',
  'What it costs, and what was held back',
];

describe('the comment', () => {
  it.each([10, 1_000, 48_210, 100_000, 1_000_000])(
    'has every section within its limit: %i findings',
    (findings) => {
      const text = markdown(sampleReport({ findings }));

      const places = TITLES.map((title) => text.indexOf(title));
      const needed = findings === 10 ? places.filter((place) => place >= 0) : places;
      expect(needed).toEqual([...needed].sort((a, b) => a - b));
      expect(needed.every((place) => place > 0)).toBe(true);
      expect(text.length).toBeLessThanOrEqual(60_000);
    },
  );

  it('says how many rows it leaves out, and leaves out none that fits', () => {
    const long = markdown(sampleReport({ findings: 100_000 }));
    const short = markdown(sampleReport({ findings: 1_000 }));

    const left = [...long.matchAll(/… and ([\d&nbsp;]+) more/g)].map(([, n = '']) =>
      Number(n.replaceAll('&nbsp;', '')),
    );
    expect(long.match(/<tr><td>(?:[A-Z]+<\/td><td>)?<code>[^<]*<\/code><br>/g)?.length).toBe(
      5_000 - left.reduce((sum, n) => sum + n, 0),
    );
    expect(short).not.toContain('--decisions');
  });

  it('leaves no room unused that a row could have', () => {
    expect(markdown(sampleReport({ findings: 100_000 })).length).toBeGreaterThan(58_000);
  });
});

describe('sections within a budget', () => {
  const section = (title: string, rows: number): Section => ({
    title,
    head: '<tr><th>h</th></tr>',
    rows: Array.from({ length: rows }, (_, i) => `<tr><td>${title}${i}</td></tr>`),
    total: rows,
    none: 'None.',
  });

  it('give every table a share, and the rest to the first', () => {
    const text = writeSections([section('a', 1_000), section('b', 1_000), section('c', 2)], 4_000);

    const [a = 0, b = 0, c = 0] = ['a', 'b', 'c'].map((name) => text.split(`<td>${name}`).length - 1);
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(c).toBe(2);
    expect(b).toBeGreaterThan(10);
    expect(a).toBeGreaterThan(2 * b);
  });

  it('say what is not there where a table would be empty', () => {
    expect(writeSections([section('a', 0)], 100)).toBe('### a\n\nNone.');
  });
});
