import { describe, expect, it } from 'vitest';
import { json } from '../../../lib/simulation/reporters/json.ts';
import { markdown } from '../../../lib/simulation/reporters/markdown/markdown.ts';
import { SIMULATION_FORMATS, SIMULATION_REPORTERS } from '../../../lib/simulation/reporters/reporters.ts';
import { sampleReport } from './sample-report.ts';

const HOSTILE = {
  markup: `"><script>alert(1)</script><img src=x onerror=alert(1)></code></table></svg><style>*{}</style>'`,
  Markdown:
    '| a | b |\n\n# head\n\n`@security` [x](https://evil.example) ![y](https://evil.example/y.png) #1 </details>',
  'a terminal’s controls': '\u001b[2J\u001b]8;;https://evil.example\u0007click\u009b31m\r\n\u0000\u007f',
  'direction and hiding': '\u202etxt.exe\u2066\u200b\ufeff\u2028\u{e0041}\ud800',
  'names of objects': '__proto__',
  constructors: 'constructor',
  'long text': 'w'.repeat(100_000),
} as const;
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

/** Attributes by which a page could run or load something; what stands in quotes is text. */
function faultsOf(page: string): readonly string[] {
  const tags = page.replaceAll(/="[^"]*"/g, '=""').match(/<[^>]*>/g) ?? [];
  return tags.filter((tag) => /[\s/](?:on\w+|href|src|srcset|action|formaction|xlink:href)=/i.test(tag));
}

function tagsOf(page: string): ReadonlySet<string> {
  return new Set([...page.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag = '']) => tag.toLowerCase()));
}
