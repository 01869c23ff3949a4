import { describe, expect, it } from 'vitest';
import { csv } from '../../lib/report/reporters/csv.ts';
import { html } from '../../lib/report/reporters/html.ts';
import { json } from '../../lib/report/reporters/json.ts';
import { markdown } from '../../lib/report/reporters/markdown.ts';
import { pretty } from '../../lib/report/reporters/pretty.ts';
import { SUPPRESSION_FORMATS, SUPPRESSION_REPORTERS } from '../../lib/report/reporters/reporters.ts';
import type { SuppressionReport } from '../../lib/report/suppression-report.ts';
import { PLAIN } from '../../lib/rules/surface.ts';
import { HOSTILE } from '../simulation/reporters/hostile-texts.ts';
import { faultsOf, tagsOf } from '../simulation/reporters/tags.ts';
import { sampleReport } from './sample-report.ts';

const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  'a;=1',
  'a; "=1',
  '＝1',
  '"=1"',
  ' ,=1\n=2',
];

/** What a spreadsheet makes of a line that ends as RFC 4180 says. */
function cellsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\r\n').filter((line) => line !== '');
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,"]*)/g)].map(([, cell = '']) =>
      cell.replace(/^"(.*)"$/, '$1').replaceAll('""', '"'),
    ),
  );
}

/** As the command writes it. */
const table = (report: SuppressionReport) => `${csv(report)}\n`;

describe('the reports on suppressions', () => {
  it('fit the terminal and say everything of each suppression', () => {
    const text = pretty(sampleReport(), { ...PLAIN, columns: 80 });

    const lines = text.slice(text.indexOf('In force')).split('\n');
    for (const line of lines) expect.soft(line.length).toBeLessThanOrEqual(80);
    expect(text).toContain('@acme/secops · accepted-risk · SEC-3 · 9 findings (HIGH 3, LOW 6), 1 held');
    expect(text).toContain('0123456 Jane, 2026-11-02, reviewed by John');
    expect(text).toMatch(/Ended.*\n.*suppress-2 +2026-12-01, ended 4 days ago/);
    expect(text).toMatch(/; the findings cover 14 of them \(2\)/);
    expect(text).toContain('was-here  3 findings (HIGH 1, LOW 2), 2 still suppressed');
  });

  it('say without findings that nothing is counted', () => {
    for (const format of ['pretty', 'compact', 'markdown', 'html'] as const) {
      const text = SUPPRESSION_REPORTERS[format](sampleReport({ withFindings: false }));

      expect.soft(text).toContain('No findings were named: nothing is counted');
      expect.soft(text).not.toMatch(/was-here|cover \d/);
    }
    const [head = [], first = []] = cellsOf(table(sampleReport({ withFindings: false })));
    expect(first[head.indexOf('suppressed')]).toBe('');
  });

  it('have a table for spreadsheets: a line a suppression, then what is gone', () => {
    const text = table(sampleReport());

    const [head = [], ...lines] = cellsOf(text);
    expect(text).not.toMatch(/[^\r]\n/);
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(line).toHaveLength(head.length);
    const cell = (line: number, name: string) => lines[line]?.[head.indexOf(name)];
    expect([cell(3, 'suppressed'), cell(3, 'suppressedHIGH'), cell(3, 'ticket')]).toEqual([
      '9',
      '3',
      'SEC-3',
    ]);
    // A number that is negative is one still.
    expect([cell(2, 'daysLeft'), cell(0, 'owner')]).toEqual(['-3', "'@acme/secops"]);
    expect([cell(6, 'state'), cell(6, 'rule'), cell(6, 'matched')]).toEqual(['gone', 'was-here', '3']);
  });

  it.each(FORMULAS)('let no spreadsheet compute %j, whichever character separates its cells', (hostile) => {
    const text = table(sampleReport({ hostile }));

    const cells = cellsOf(text).flat();
    const behindSemicolons = text.split('\r\n').flatMap((line) => line.split(';'));
    expect(cells.filter((cell) => /^[=+@\t\r＝]|^-(?!\d+$)/.test(cell))).toEqual([]);
    expect(behindSemicolons.filter((cell) => /^[\s"]*[=+@\-＝]/.test(cell))).toEqual([]);
  });

  it('say in a page that is one file which loads and runs nothing', () => {
    const page = html(sampleReport());

    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(page).not.toMatch(/<(?:script|link|img|iframe|base|form|object)\b/);
    expect(page.match(/<figure>/g)).toHaveLength(2);
    expect(page).toContain('was-here');
  });

  it('stay within what an issue holds, and say how many rows are left out', () => {
    const text = markdown(sampleReport({ rows: 3_000 }));

    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/… and [\d\s]+ more/);
  });
});

describe.each(Object.entries(HOSTILE))('rules and commits with %s', (_, hostile) => {
  const report = sampleReport({ hostile });

  it.each(SUPPRESSION_FORMATS)('move no cursor, hide and reorder nothing: %s', (format) => {
    const text = SUPPRESSION_REPORTERS[format](report).replaceAll('\r\n', '\n').replace(/\r$/, '');

    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|[\u2028\u2029]|\p{Cs}/u);
  });

  it('bring no element, attribute or address into a page', () => {
    const page = html(report);

    const own = html(sampleReport());
    for (const tag of tagsOf(page)) expect.soft([...tagsOf(own)]).toContain(tag);
    expect(faultsOf(page)).toEqual([]);
    expect(page.length).toBeLessThan(own.length * 20);
  });

  it('bring nothing into an issue but text in <code> or a block of HTML, where nobody is mentioned', () => {
    const text = markdown(report);

    const blocks = text.replaceAll(/<code>[^<]*<\/code>/g, '').replaceAll(/<p>[^<\n]*<\/p>/g, '');
    expect(blocks).not.toMatch(/evil|@|www|script|proto|constructor|click|\]\(/);
    for (const found of text.match(/<table>[\s\S]*?<\/table>/g) ?? []) expect(found).not.toMatch(/\n\s*\n/);
  });

  it('are the same texts in JSON', () => {
    expect(JSON.parse(json(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });
});
