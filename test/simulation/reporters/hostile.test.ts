import { describe, expect, it } from 'vitest';
import { json } from '../../../lib/simulation/reporters/json.ts';
import { markdown } from '../../../lib/simulation/reporters/markdown/markdown.ts';
import { SIMULATION_FORMATS, SIMULATION_REPORTERS } from '../../../lib/simulation/reporters/reporters.ts';
import { HOSTILE } from './hostile-texts.ts';
import { sampleReport } from './sample-report.ts';
import { faultsOf, tagsOf } from './tags.ts';

const SHAPES = Object.entries(HOSTILE).map(
  ([name, hostile]) => [name, sampleReport({ findings: 2_000, hostile })] as const,
);

describe.each(SHAPES)('findings with %s', (_, report) => {
  it.each(SIMULATION_FORMATS)('move no cursor, hide and reorder nothing: %s', (format) => {
    const text = SIMULATION_REPORTERS[format](report);

    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|[\u2028\u2029]|\p{Cs}/u);
  });

  it('bring no element, attribute or address into a page', () => {
    const page = SIMULATION_REPORTERS.html(report);

    const own = SIMULATION_REPORTERS.html(sampleReport({ findings: 2_000 }));
    for (const tag of tagsOf(page)) expect.soft([...tagsOf(own)]).toContain(tag);
    expect(faultsOf(page)).toEqual([]);
    expect(page).not.toMatch(/url\(|@import/);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page.length).toBeLessThan(own.length * 4);
  });

  it('bring nothing into a comment but text in <code>, where nobody is mentioned', () => {
    const comment = markdown(report);

    const withoutQuotes = comment.replaceAll(/<code>[^<]*<\/code>/g, '');
    expect(withoutQuotes).not.toMatch(/evil|@|www|script|proto|constructor|click|\]\(/);
    for (const table of comment.match(/<table>[\s\S]*?<\/table>/g) ?? [])
      expect(table).not.toMatch(/\n\s*\n/);
    expect(comment.length).toBeLessThanOrEqual(60_000);
  });

  it('are the same texts in JSON', () => {
    expect(JSON.parse(json(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });
});
