import { availableParallelism, cpus } from 'node:os';
import { grouped, table } from '../report/tables.ts';
import type { SizeFigures, WorkerFigures } from './figures.ts';
import type { MemoryFigures } from './memory.ts';

/** Tables by the name of the markers between which they stand in a document. */
export type SimulateTables = Readonly<Record<string, string>>;

/** Tables of what was measured; what was not stays in the document as it is. */
export function simulateTables(
  sizes: readonly SizeFigures[],
  memory: readonly MemoryFigures[],
): SimulateTables {
  return {
    ...(sizes.length > 0 && {
      'simulate-machine': machineLine(sizes),
      'simulate-ratios': ratioTable(sizes),
      'simulate-speed': speedTable(sizes),
      'simulate-start': startTable(sizes),
    }),
    ...(memory.length > 0 && { 'simulate-memory': memoryTable(memory) }),
  };
}

function machineLine(sizes: readonly SizeFigures[]): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const [first] = sizes;
  const work =
    first === undefined ? '' : `, ${grouped(first.findings)} findings, ${roundsText(first.rounds)}`;
  return `${availableParallelism()} cores (${model}), shared with other work, Node ${process.versions.node}${work}.`;
}

function ratioTable(sizes: readonly SizeFigures[]): string {
  const header = ['ratio to JSON.parse', ...sizes.map(columnOf)];
  const rows = workersOf(sizes).flatMap((workers) => [
    [`${workersText(workers)}, computing`, ...cells(sizes, workers, ({ cpuRatio }) => ratioText(cpuRatio))],
    [`${workersText(workers)}, clock`, ...cells(sizes, workers, ({ wallRatio }) => ratioText(wallRatio))],
  ]);
  return table(header, rows);
}

function speedTable(sizes: readonly SizeFigures[]): string {
  const header = ['findings per CPU second · per second', ...sizes.map(columnOf)];
  const pair = (one: { readonly perCpuSecond: number; readonly perSecond: number }) =>
    `${rateText(one.perCpuSecond)} · ${rateText(one.perSecond)}`;
  return table(header, [
    ['JSON.parse alone', ...sizes.map(({ bound }) => pair(bound))],
    ...workersOf(sizes).map((workers) => [workersText(workers), ...cells(sizes, workers, pair)]),
  ]);
}

function startTable(sizes: readonly SizeFigures[]): string {
  const header = ['start: CPU s · s', ...sizes.map(columnOf)];
  return table(header, [
    ...workersOf(sizes).map((workers) => [
      workersText(workers),
      ...cells(sizes, workers, ({ start }) => `${seconds(start.cpuMs)} · ${seconds(start.wallMs)}`),
    ]),
    ['of it loading the rules, s', ...sizes.map(({ loadingMs }) => seconds(loadingMs))],
  ]);
}

function memoryTable(memory: readonly MemoryFigures[]): string {
  const header = ['findings', 'size', 'rules', 'workers', 'peak RSS MiB'];
  return table(
    header,
    memory.map(({ findings, bytes, rules, workers, peakRssBytes }) => [
      grouped(findings),
      sizeText(bytes),
      grouped(rules),
      String(workers),
      grouped(peakRssBytes / 1024 ** 2),
    ]),
  );
}

function workersOf(sizes: readonly SizeFigures[]): readonly number[] {
  return [...new Set(sizes.flatMap(({ byWorkers }) => byWorkers.map(({ workers }) => workers)))];
}

function cells(
  sizes: readonly SizeFigures[],
  workers: number,
  text: (figures: WorkerFigures) => string,
): readonly string[] {
  return sizes.map(({ byWorkers }) => {
    const figures = byWorkers.find((one) => one.workers === workers);
    return figures === undefined ? '' : text(figures);
  });
}

const columnOf = ({ rules }: SizeFigures): string => `${grouped(rules)} rules`;
const workersText = (workers: number): string => `--workers ${workers}`;
const roundsText = (rounds: number): string => (rounds === 1 ? 'one round' : `medians of ${rounds} rounds`);
const ratioText = (ratio: number): string => (Number.isNaN(ratio) ? 'noise' : ratio.toFixed(2));
/** Where the start took longer than the whole there is nothing to tell. */
const rateText = (rate: number): string => (Number.isNaN(rate) ? 'noise' : grouped(rate));
const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
const sizeText = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
