import { describe, expect, it } from 'vitest';
import { SIGHT_CHANGES } from '../../../lib/simulation/hiding.ts';
import { CHANGES, totalOf } from '../../../lib/simulation/reporters/change-counts.ts';
import { html } from '../../../lib/simulation/reporters/html/html.ts';
import { STYLE } from '../../../lib/simulation/reporters/html/style.ts';
import type { SimulationReport } from '../../../lib/simulation/simulation-report.ts';
import { coloursIn, contrastOf } from './colours.ts';
import { HOSTILE } from './hostile-texts.ts';
import { named, type PageElement, parsePage, within } from './parsed-page.ts';
import { sampleReport } from './sample-report.ts';

/** What a browser shows of the report is looked at where there is one; what it is made of, everywhere. */
const REPORT = sampleReport({ findings: 4_000 });
const PAGE = parsePage(html(REPORT));
const SIZES = [10, 4_000, 100_000].map((findings) => sampleReport({ findings }));
const SHAPES: readonly (readonly [string, SimulationReport])[] = [
  ...SIZES.map((report) => [`${report.findings.distinct} findings`, report] as const),
  ['one ruleset alone', sampleReport({ findings: 4_000, compared: false })],
  ['no finding', sampleReport({ findings: 0 })],
  ...Object.entries(HOSTILE).map(
    ([name, hostile]) => [name, sampleReport({ findings: 2_000, hostile })] as const,
  ),
];

const ELEMENTS = new Set(
  `html head meta title style body main h1 h2 h3 p b code span ul ol li table thead tbody tr th td figure details
  summary div svg g rect line text`.split(/\s+/),
);
const ATTRIBUTES = new Set(
  `lang charset http-equiv content name class scope data-label open title role aria-hidden width height x y x1 x2 y1 y2
  rx text-anchor fill-opacity`.split(/\s+/),
);
const number = (text: string): number => Number(text.replaceAll(/[\u00a0 ]/g, ''));
const figureOf = (title: string): PageElement => {
  const found = named(PAGE, 'figure').find((one) => one.children[0]?.text === title);
  if (found === undefined) throw new Error(`There is no chart "${title}".`);
  return found;
};
const titlesIn = (figure: PageElement) =>
  within(figure)
    .filter(({ name }) => name === 'title')
    .map(({ text }) => text);
const rowsOf = (table: PageElement | undefined) =>
  within(table ?? figureOf(''))
    .filter(({ name }) => name === 'tr')
    .map(({ children }) => children.map(({ text }) => text));
const tableIn = (figure: PageElement) => rowsOf(within(figure).find(({ name }) => name === 'table')).slice(1);
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

describe('the HTML report', () => {
  it.each(SHAPES)(
    'is well-formed HTML of known elements, none of which runs or loads anything: %s',
    (_, report) => {
      const { errors, elements } = parsePage(html(report));

      expect(errors).toEqual([]);
      expect([...new Set(elements.map(({ name }) => name))].filter((name) => !ELEMENTS.has(name))).toEqual(
        [],
      );
      const attributes = new Set(elements.flatMap((element) => Object.keys(element.attributes)));
      expect([...attributes].filter((name) => !ATTRIBUTES.has(name))).toEqual([]);
    },
  );

  it('can be heard: one heading above all, no level left out, charts and columns with names', () => {
    const levels = named(PAGE, 'h1', 'h2', 'h3').map(({ name }) => Number(name[1]));

    expect(named(PAGE, 'html')[0]?.attributes.lang).toBe('en');
    expect(named(PAGE, 'main')).toHaveLength(1);
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [i, level] of levels.entries())
      expect.soft(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const svg of named(PAGE, 'svg').filter(({ attributes }) => attributes.class !== 'clip'))
      if (svg.attributes['aria-hidden'] !== 'true') {
        expect.soft(svg.attributes.role).toBe('img');
        expect
          .soft([svg.children[0]?.name, svg.children[0]?.text.length])
          .toEqual(['title', expect.any(Number)]);
      }
    for (const { attributes, text } of named(PAGE, 'th')) {
      expect.soft(attributes.scope).toBe('col');
      expect.soft(text).not.toBe('');
    }
    for (const { children } of named(PAGE, 'details')) expect.soft(children[0]?.name).toBe('summary');
  });

  it('fits the window it is in: its style knows narrow windows, the night and paper', () => {
    expect(named(PAGE, 'meta').map(({ attributes }) => attributes.content)).toContain(
      'width=device-width, initial-scale=1',
    );
    const [style] = named(PAGE, 'style');
    for (const rule of ['@media (prefers-color-scheme: dark)', '@media (max-width: 44rem)', '@media print'])
      expect.soft(style?.text).toContain(rule);
    expect(style?.text).toContain('color-scheme: light dark');
    for (const { attributes } of named(PAGE, 'svg'))
      expect.soft(attributes.width).toMatch(/^(?:100|62)%$|^18$/);
  });

  it.each([
    ['by day', /:root \{([^}]*)\}/],
    ['at night', /dark\) \{\s*:root \{([^}]*)\}/],
    ['on paper', /@media print \{\s*:root \{([^}]*)\}/],
  ])('has texts that stand out from what is behind them %s', (_, pattern) => {
    const [, rules = ''] = pattern.exec(STYLE) ?? [];
    const spelled = rules.replaceAll(/#([0-9a-f])([0-9a-f])([0-9a-f])(?![0-9a-f])/g, '#$1$1$2$2$3$3');
    const colours = coloursIn(spelled);

    // https://www.w3.org/TR/WCAG22/#contrast-minimum
    for (const [text, behind] of [
      ...['text', 'faint', 'alarm'].flatMap((name) => [
        [name, 'page'],
        [name, 'raised'],
      ]),
      ['alarm', 'alarm-page'],
      ['on-after', 'after'],
    ] as [string, string][])
      expect
        .soft(contrastOf(colours[text] ?? '', colours[behind] ?? ''), `${text} on ${behind}`)
        .toBeGreaterThan(4.5);
    // https://www.w3.org/TR/WCAG22/#non-text-contrast
    for (const form of ['after', 'before'])
      expect.soft(contrastOf(colours[form] ?? '', colours.page ?? ''), form).toBeGreaterThan(3);
  });

  it.each(SIZES)('holds every number of the report as JSON, of $findings.distinct findings', (report) => {
    const page = parsePage(html(report));
    const shown = new Set(
      named(page, 'td', 'b', 'text', 'h2', 'summary')
        .flatMap(({ text }) => text.split(/ → |[()]/))
        .map((text) => text.replaceAll('\u00a0', ' ').trim()),
    );

    const { comparison, ...rest } = JSON.parse(JSON.stringify(report));
    const { findings: _rows, ...compared } = comparison;
    const numbers = numbersOf({ ...rest, version: [], comparison: compared });

    expect(numbers.size).toBeGreaterThan(40);
    for (const [path, value] of numbers) {
      const told = path.endsWith('batchFill') ? value.toFixed(1) : grouped(value);
      expect.soft([...shown], path).toContain(told);
    }
  });
});

describe('the charts of the HTML report', () => {
  it('say in their bars what their tables say', () => {
    for (const title of ['By workflow status', 'By severity']) {
      const figure = figureOf(title);
      const bars = titlesIn(figure).filter((text) => text.includes(': '));

      expect(bars.map((text) => text.split(/: | → /).map((part) => part.trim()))).toEqual(
        tableIn(figure).map(([name, , base, after]) => [name, base, after]),
      );
      for (const column of [1, 2, 3])
        expect.soft(sum(tableIn(figure).map((row) => number(row[column] ?? '')))).toBe(4_000);
    }
  });

  it.each(
    SIGHT_CHANGES.filter(
      (change) => totalOf(REPORT.comparison?.changes[change] ?? REPORT.standing.severity) > 0,
    ),
  )('sum to all findings of the change: %s', (change) => {
    const all = totalOf(REPORT.comparison?.changes[change] ?? REPORT.standing.severity);
    const name = CHANGES[change].replace(/^./, (first) => first.toUpperCase());
    const days = figureOf(`${name}: findings by the day of their last update (UTC)`);
    const pairs = figureOf(`${name}: findings by account (down) and rule (across, numbered below)`);
    const counted = (figure: PageElement, pattern: RegExp) =>
      sum(titlesIn(figure).flatMap((text) => pattern.exec(text)?.slice(1).map(number) ?? []));

    expect(counted(days, /^\d{4}-\d\d-\d\d: (.+)$/)).toBe(all);
    expect(counted(pairs, /^\d{12}, .+: (.+)$/)).toBe(all);
    for (const figure of [days, pairs])
      expect.soft(sum(tableIn(figure).map((row) => number(row.at(-1) ?? '')))).toBe(all);
  });

  it('are of every change by which findings go out of sight or come back', () => {
    const { comparison } = REPORT;
    if (comparison === null) throw new Error('There is a base.');
    const all = SIGHT_CHANGES.map((change) => [change, comparison.spread.newlySuppressed] as const);
    const changes = { ...comparison.changes };
    for (const change of SIGHT_CHANGES) changes[change] = comparison.changes.newlySuppressed;

    const page = parsePage(
      html({ ...REPORT, comparison: { ...comparison, changes, spread: Object.fromEntries(all) as never } }),
    );

    const headings = named(page, 'h2').map(({ text }) => text);
    for (const name of ['Newly suppressed', 'Newly resolved', 'No longer suppressed', 'No longer resolved'])
      expect(headings).toEqual(expect.arrayContaining([`${name}, by day`, `${name}, by account and rule`]));
  });

  it('say what they leave out', () => {
    const { comparison } = REPORT;
    if (comparison === null) throw new Error('There is a base.');
    const { newlySuppressed } = comparison.spread;
    const cut = { ...newlySuppressed, earlier: 12, undated: 3, more: { pairs: 1_234, findings: 5_678 } };

    const text = html({
      ...REPORT,
      comparison: { ...comparison, spread: { ...comparison.spread, newlySuppressed: cut } },
    }).replaceAll('&nbsp;', ' ');

    expect(text).toContain('Not in the chart: 3 without a day and 12 of earlier days.');
    expect(text).toContain('Not in the chart: 1 234 more pairs with 5 678 findings in all.');
    expect(text).toMatch(/<td[^>]*>without a day<\/td><td[^>]*>3<\/td>/);
  });
});

function grouped(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  return whole.replace(/\B(?=(?:\d{3})+$)/g, ' ') + (fraction === undefined ? '' : `.${fraction}`);
}

/** Every number within, by the path that leads to it. */
function numbersOf(value: unknown, path = ''): ReadonlyMap<string, number> {
  if (typeof value === 'number') return new Map([[path, value]]);
  if (value === null || typeof value !== 'object') return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, member]) => [...numbersOf(member, `${path}.${name}`)]),
  );
}
