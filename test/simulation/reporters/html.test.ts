import { describe, expect, it } from 'vitest';
import { dayChart } from '../../../lib/simulation/reporters/html/day-chart.ts';
import { heatChart } from '../../../lib/simulation/reporters/html/heat-chart.ts';
import { html } from '../../../lib/simulation/reporters/html/html.ts';
import { sampleReport } from './sample-report.ts';

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

    expect(figures).toHaveLength(7);
    for (const figure of figures) expect.soft(figure).toMatch(/<svg role="img"[^>]*>\n<title>[\s\S]*<table/);
  });

  it('tells what was held back and only observed, with a base too', () => {
    const report = sampleReport({ findings: 4_000 });
    const outcomes = { ...report.figures.outcomes, observed: 12 };

    const cards = html({ ...report, figures: { ...report.figures, outcomes } });

    expect(cards).toContain('<b>40</b><span>held back: ');
    expect(cards).toContain('<b>12</b><span>only observed: ');
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
    expect(chart).toContain('class="dense"');
    expect(chart).toContain('Not in the chart: 10 accounts and 2 rules with fewer.');
  });
});
