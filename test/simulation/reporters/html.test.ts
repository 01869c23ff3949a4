import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayChart } from '../../../lib/simulation/reporters/html/day-chart.ts';
import { heatChart } from '../../../lib/simulation/reporters/html/heat-chart.ts';
import { html } from '../../../lib/simulation/reporters/html/html.ts';
import { findBrowser, photograph, type Window } from './browser.ts';
import { sampleReport } from './sample-report.ts';

const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const BROWSER = findBrowser();
const HOSTILE = `"><script>document.body.remove()</script><img src=https://evil.example/x.png>${'w'.repeat(2_000)}`;

/** The two that docs/reading-an-impact.md shows: `UPDATE_DOCS=1` takes them again. */
const SHOWN: Readonly<Record<string, Window>> = {
  'impact-light.png': { width: 1_000, height: 780 },
  'impact-dark.png': { width: 1_000, height: 1_255, dark: true },
};

describe('the HTML report', () => {
  const page = html(sampleReport({ findings: 4_000 }));

  it('is one file that loads and runs nothing', () => {
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    );
    expect(page).not.toMatch(/<(?:script|link|img|iframe|base|form|object)\b/);
  });

  it('draws every chart with a title, and its figures as a table under it', () => {
    const figures = page.match(/<figure>[\s\S]*?<\/figure>/g) ?? [];

    expect(figures).toHaveLength(5);
    for (const figure of figures) expect.soft(figure).toMatch(/<svg role="img"[^>]*>\n<title>[\s\S]*<table/);
  });

  it('leaves out the charts of a comparison where there is none', () => {
    const alone = html(sampleReport({ findings: 4_000, compared: false }));

    expect(alone.match(/<figure>/g)).toHaveLength(3);
    expect(alone).not.toMatch(/would be hidden|newly/);
  });

  it('holds at most a thousand rows of each severity to look at, and says how many more there are', () => {
    const large = html(sampleReport({ findings: 1_000_000 }));

    expect(large.length).toBeLessThan(3_000_000);
    expect(large).toMatch(/… and [\d&nbsp;]+ more\./);
  });
});

describe('the pictures in the documentation', () => {
  it.each(Object.entries(SHOWN))('are there, and small: %s', (name, { width, height }) => {
    expect(sizeOf(join(IMAGES, name))).toEqual([width, height]);
    expect(readFileSync(join(IMAGES, name)).length).toBeLessThan(200_000);
  });
});

describe('the chart of days', () => {
  it('has room for days without any finding', () => {
    const chart = dayChart('t', [
      { day: '2026-02-27', count: 4 },
      { day: '2026-03-02', count: 2 },
    ]);

    expect(chart.match(/<rect/g)).toHaveLength(2);
    expect(chart).toContain('x="75.000%"');
    expect(chart).toContain('2026-03-02: 2');
  });

  it('puts the days of a long time together, whatever finding is the oldest', () => {
    const chart = dayChart('t', [
      { day: '0001-01-01', count: 1 },
      { day: '2026-03-01', count: 3 },
      { day: '2026-03-02', count: 2 },
      { day: '9999-12-31', count: 1 },
      { day: 'nonsense', count: 9 },
    ]);

    expect(chart.match(/<rect/g)).toHaveLength(3);
    expect(chart).toContain(': 5<');
    expect(chart).not.toMatch(/NaN|Infinity/);
  });
});

describe('the chart of accounts and rules', () => {
  it('shows those with most findings and says how many it leaves out', () => {
    const cells = Array.from({ length: 30 }, (_, i) => ({
      account: `1111222233${10 + i}`,
      rule: `rule-${i % 12}`,
      count: 100 - i,
    }));

    const chart = heatChart('t', cells);

    expect(chart).toContain('<code>rule-0</code>');
    expect(chart).toContain('Not in the chart: 10 accounts and 2 rules with fewer.');
  });
});

if (BROWSER === null) console.warn('There is no Chromium on the PATH: no browser looks at the HTML report.');
else describe('the HTML report in a browser', () => looksIn(BROWSER));

function looksIn(browser: string): void {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'impact-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['ten findings on a phone', sampleReport({ findings: 10 }), { width: 500, height: 900 }],
    [
      'a hundred thousand at night',
      sampleReport({ findings: 100_000 }),
      { width: 1_280, height: 900, dark: true },
    ],
    [
      'hostile texts',
      sampleReport({ findings: 4_000, hostile: HOSTILE }),
      { width: 500, height: 900, dark: true },
    ],
  ])('shows %s and asks for nothing', async (name, report, window) => {
    const picture = join(folder, `${name}.png`);

    const said = await photograph(browser, html(report), picture, window);

    expect(sizeOf(picture)).toEqual([window.width, window.height]);
    expect(readFileSync(picture).length).toBeGreaterThan(10_000);
    expect(said).not.toMatch(/CONSOLE/);
  });

  it('would be told of a page that runs something', async () => {
    const page = html(sampleReport({ findings: 10 })).replace('<main>', '<main><script>1</script>');

    const said = await photograph(browser, page, join(folder, 'script.png'), { width: 500, height: 500 });

    expect(said).toMatch(/CONSOLE.*Content Security Policy/);
  });

  if (process.env.UPDATE_DOCS === '1')
    it.each(Object.entries(SHOWN))('is photographed for the documentation: %s', async (name, window) => {
      mkdirSync(IMAGES, { recursive: true });

      await photograph(browser, html(sampleReport({ findings: 1_000 })), join(IMAGES, name), window);

      expect(sizeOf(join(IMAGES, name))).toEqual([window.width, window.height]);
    });
}

/** https://www.w3.org/TR/png/#11IHDR */
function sizeOf(picture: string): readonly number[] {
  const bytes = readFileSync(picture);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
