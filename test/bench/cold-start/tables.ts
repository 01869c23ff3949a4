import type { Measurements, Series } from './measurements.ts';
import { median, ratioOfMedians } from './statistics.ts';

/** The measurements as Markdown tables. Ratios are to the straightforward bundle, computable from the medians beside them. */
export function formatMeasurements({ rounds, variants, runtime, rules }: Measurements): string {
  const [bare, straightforward] = variants;
  const [bareRuntime, straightforwardRuntime] = runtime;
  if (!bare || !straightforward || !bareRuntime || !straightforwardRuntime)
    throw new Error('Node alone and the straightforward bundle are what the others are compared with.');
  const initOf = ({ starts }: Series) => starts.map(({ initMs }) => initMs);
  const cpuOf = ({ starts }: Series) => starts.map(({ initCpuMs }) => initCpuMs);
  const updateOf = ({ starts }: Series) => starts.map(({ firstUpdateMs }) => firstUpdateMs);
  const reading = (series: Series) =>
    row([
      series.bundle.name,
      ...(series === bare ? ['', ''] : [kib(series.bundle.totalBytes), kib(series.bundle.initBytes)]),
      ...compared(initOf(series), initOf(straightforward), initOf(bare)),
      ...timed(cpuOf(series), cpuOf(straightforward)),
      ...(series === bare ? ['', ''] : timed(updateOf(series), updateOf(straightforward))),
    ]);
  return [
    `Medians of ${rounds} starts each; "min" is the fastest. Ratios compare with the straightforward bundle.`,
    '',
    row(['each step with those above it', 'KiB', 'KiB at start', ...INIT_HEAD, ...CPU_HEAD, ...UPDATE_HEAD]),
    rule(11),
    ...variants.map(reading),
    '',
    row(['in the local Lambda runtime', ...INIT_HEAD]),
    rule(5),
    ...runtime.map(({ bundle, initMs }) =>
      row([bundle.name, ...compared(initMs, straightforwardRuntime.initMs, bareRuntime.initMs)]),
    ),
    '',
    row(['rules in `ruleset.json`', 'init ms', 'min', 'CPU ms', 'first update ms']),
    rule(5),
    ...rules.map((series) =>
      row([
        `${series.count.toLocaleString('en')} (${series.bundle.name})`,
        ms(median(initOf(series))),
        ms(Math.min(...initOf(series))),
        ms(median(cpuOf(series))),
        ms(median(updateOf(series))),
      ]),
    ),
  ].join('\n');
}

const INIT_HEAD = ['init ms', 'min', 'ratio', 'without Node'];
const CPU_HEAD = ['CPU ms', 'ratio'];
const UPDATE_HEAD = ['first update ms', 'ratio'];

function compared(
  values: readonly number[],
  straightforward: readonly number[],
  bare: readonly number[],
): readonly string[] {
  const node = median(bare);
  const own = median(values) - node;
  return [
    ms(median(values)),
    ms(Math.min(...values)),
    ratioOfMedians(values, straightforward).toFixed(2),
    own === 0 ? '' : (own / (median(straightforward) - node)).toFixed(2),
  ];
}

function timed(values: readonly number[], straightforward: readonly number[]): readonly string[] {
  return [ms(median(values)), ratioOfMedians(values, straightforward).toFixed(2)];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Below the heads: one column of text, then numbers. */
function rule(columns: number): string {
  return `|---|${'---:|'.repeat(columns - 1)}`;
}

function ms(value: number): string {
  return value.toFixed(1);
}

function kib(bytes: number): string {
  return (bytes / 1024).toFixed(0);
}
