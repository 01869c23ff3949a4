import { availableParallelism, cpus } from 'node:os';
import { BOUND, COMPARED } from '../measure/methods.ts';
import { CANDIDATES, DECIDE, MATCHING } from '../measure/product.ts';
import type { MethodFigures, SizeFigures } from '../peers-run.ts';

/** Tables by the name of the markers between which they stand in a document. */
export type Tables = Readonly<
  Record<'machine' | 'ratios' | 'peers' | 'budget' | 'resources' | 'whole', string>
>;

export function tablesOf(figures: readonly SizeFigures[], quick: boolean): Tables {
  return {
    machine: machineLine(quick),
    ratios: ratios(figures),
    peers: peers(figures),
    budget: budget(figures),
    resources: resources(figures),
    whole: whole(figures),
  };
}

function machineLine(quick: boolean): string {
  const [processor] = cpus();
  const rounds = quick ? 'three short rounds (`--quick`: to see that it runs, not to quote)' : 'nine rounds';
  const model = processor?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} cores (${model}), Node ${process.versions.node}, ${rounds}.`;
}

/** One row an engine, one column a size: what the goals are stated in. */
function ratios(figures: readonly SizeFigures[]): string {
  const header = ['ratio to JSON.parse', ...figures.map(({ rules }) => `${grouped(rules)} rules`)];
  const rows = methodsOf(figures).map((method) => [
    method,
    ...figures.map((size) => ratioText(figureOf(size, method)?.ratio)),
  ]);
  return table(header, rows);
}

function peers(figures: readonly SizeFigures[]): string {
  const header = ['findings/s · µs added', ...figures.map(({ rules }) => `${grouped(rules)} rules`)];
  const rows = methodsOf(figures).map((method) => [
    method,
    ...figures.map((size) => {
      const figure = figureOf(size, method);
      if (figure === undefined) return '';
      return `${grouped(figure.findingsPerSecond)} · ${method === BOUND ? '0' : digits(figure.addedUs)}`;
    }),
  ]);
  const rates = figures.map(
    ({ rates: { matched, matchesPerFinding } }) =>
      `${(matched * 100).toFixed(0)} % · ${matchesPerFinding.toFixed(2)}`,
  );
  return table(header, [...rows, ['findings that match · matches a finding (sample)', ...rates]]);
}

/** What a whole decision consists of: differences between rows that were measured by turns. */
function budget(figures: readonly SizeFigures[]): string {
  const header = ['µs a finding', ...figures.map(({ rules }) => `${grouped(rules)} rules`)];
  const parts = figures.map((size) => {
    const parse = 1e6 / (figureOf(size, BOUND)?.findingsPerSecond ?? Number.NaN);
    const [found, matched, decided] = [CANDIDATES, MATCHING, DECIDE].map(
      (method) => figureOf(size, method)?.addedUs ?? Number.NaN,
    ) as [number, number, number];
    return { parse, found, confirmed: matched - found, rest: decided - matched };
  });
  const row = (title: string, text: (part: (typeof parts)[number]) => string) => [title, ...parts.map(text)];
  return table(header, [
    row('parsing', ({ parse }) => digits(parse)),
    row('index and compiled tests', ({ found }) => digits(found)),
    row('confirmation by json-rules-engine', ({ confirmed }) => digits(confirmed)),
    row('view, merge, ownership, marks, diff', ({ rest }) => digits(rest)),
    row('ratio, were confirmation free', ({ parse, found, rest }) =>
      ratioText(parse / (parse + found + rest)),
    ),
  ]);
}

function resources(figures: readonly SizeFigures[]): string {
  const header = [
    'ready ms · heap MiB · peak RSS MiB',
    ...figures.map(({ rules }) => `${grouped(rules)} rules`),
  ];
  const rows = methodsOf(figures).map((method) => [
    method,
    ...figures.map((size) => {
      const figure = figureOf(size, method);
      if (figure === undefined) return '';
      return `${digits(figure.readyMs)} · ${mebibytes(figure.heapBytes)} · ${mebibytes(figure.peakRssBytes)}`;
    }),
  ]);
  return table(header, rows);
}

function whole(figures: readonly SizeFigures[]): string {
  const header = [
    'rules',
    'decide p50 µs',
    'decide p99 µs',
    'batch of 1,000 p50 ms',
    'of it decide',
    'calls',
    'findings updated',
  ];
  const rows = figures.map(({ rules, latency, batch }) => [
    grouped(rules),
    digits(latency.p50Us),
    digits(latency.p99Us),
    digits(batch.batchMs),
    `${((100 * batch.decideMs) / batch.batchMs).toFixed(0)} %`,
    grouped(batch.calls),
    grouped(batch.updated),
  ]);
  return table(header, rows);
}

function methodsOf(figures: readonly SizeFigures[]): readonly string[] {
  const measured = new Set(figures.flatMap(({ methods }) => methods.map(({ method }) => method)));
  return COMPARED.filter((method) => measured.has(method));
}

function figureOf({ methods }: SizeFigures, name: string): MethodFigures | undefined {
  return methods.find(({ method }) => method === name);
}

/** A Markdown table, its columns as wide as their widest cell so that a terminal shows it well too. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_title, column) =>
    Math.max(3, ...[header, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const ratioText = (ratio: number | undefined): string => {
  if (ratio === undefined) return '';
  return ratio >= 0.01 ? ratio.toFixed(2) : ratio.toExponential(1);
};

export const grouped = (value: number): string =>
  value >= 10 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(2)));

const digits = (value: number): string => (value >= 100 ? grouped(value) : value.toFixed(1));
const mebibytes = (bytes: number): string => digits(bytes / 1024 ** 2);
