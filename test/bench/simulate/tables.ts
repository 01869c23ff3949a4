import { availableParallelism, cpus, loadavg } from 'node:os';
import { grouped, table } from '../report/tables.ts';
import type { RunFigures, SizeFigures } from './figures.ts';
import type { SimulateFigures } from './measure-simulate.ts';
import type { MemoryFigures } from './memory.ts';
import type { ThreadFigures } from './threads.ts';

/** Tables by the name of the markers between which they stand in a document. */
export type SimulateTables = Readonly<Record<string, string>>;

export interface Machine {
  readonly model: string;
  readonly cores: number;
  /** Processes that wanted a core, on average over 15 minutes. */
  readonly load: number;
}

export function thisMachine(): Machine {
  const [, , load = 0] = loadavg();
  return { model: cpus()[0]?.model.trim() ?? 'unknown processor', cores: availableParallelism(), load };
}

/**
 * Tables of what was measured; what was not stays in the document as it is. Where more wanted a core than there are,
 * what the clock showed is left out: it tells of the other work on the machine.
 */
export function simulateTables(
  { sizes, threads, memory }: SimulateFigures,
  machine: Machine,
): SimulateTables {
  const hasClock = machine.load <= machine.cores;
  return {
    ...(sizes.length > 0 && {
      'simulate-machine': machineLine(sizes, machine),
      'simulate-ratios': ratioTable(sizes, hasClock),
      'simulate-speed': speedTable(sizes, hasClock),
      'simulate-start': startTable(sizes, hasClock),
    }),
    ...(threads.length > 0 && { 'simulate-threads': threadTable(threads) }),
    ...(memory.length > 0 && { 'simulate-memory': memoryTable(memory) }),
  };
}

function machineLine(sizes: readonly SizeFigures[], { model, cores, load }: Machine): string {
  const [first] = sizes;
  const work =
    first === undefined ? '' : `, ${grouped(first.findings)} findings, ${roundsText(first.rounds)}`;
  return `${cores} cores (${model}) with a load of ${load.toFixed(1)} (15 minutes), Node ${process.versions.node}${work}.`;
}

function ratioTable(sizes: readonly SizeFigures[], hasClock: boolean): string {
  const header = ['ratio to JSON.parse', ...sizes.map(columnOf)];
  const rows = runsOf(sizes).flatMap((run) => [
    [`${run}, computing`, ...cells(sizes, run, ({ cpuRatio }) => ratioText(cpuRatio))],
    ...(hasClock ? [[`${run}, clock`, ...cells(sizes, run, ({ wallRatio }) => ratioText(wallRatio))]] : []),
  ]);
  return table(header, rows);
}

function speedTable(sizes: readonly SizeFigures[], hasClock: boolean): string {
  const header = [`findings per CPU second${hasClock ? ' · per second' : ''}`, ...sizes.map(columnOf)];
  const pair = (one: { readonly perCpuSecond: number; readonly perSecond: number }) =>
    [one.perCpuSecond, ...(hasClock ? [one.perSecond] : [])].map(rateText).join(' · ');
  return table(header, [
    ['JSON.parse alone', ...sizes.map(({ bound }) => pair(bound))],
    ...runsOf(sizes).map((run) => [run, ...cells(sizes, run, pair)]),
  ]);
}

function startTable(sizes: readonly SizeFigures[], hasClock: boolean): string {
  const header = [`start: CPU s${hasClock ? ' · s' : ''}`, ...sizes.map(columnOf)];
  const pair = ({ start: { cpuMs, wallMs } }: RunFigures) =>
    [cpuMs, ...(hasClock ? [wallMs] : [])].map(seconds).join(' · ');
  return table(header, [
    ...runsOf(sizes).map((run) => [run, ...cells(sizes, run, pair)]),
    ...(hasClock
      ? [['of it loading the rules, s', ...sizes.map(({ loadingMs }) => seconds(loadingMs))]]
      : []),
  ]);
}

function memoryTable(memory: readonly MemoryFigures[]): string {
  const header = ['what', 'findings', 'size', 'rules', 'workers', 'peak RSS MiB'];
  return table(
    header,
    memory.map(({ work, findings, bytes, rules, workers, peakRssBytes }) => [
      work,
      grouped(findings),
      sizeText(bytes),
      grouped(rules),
      String(workers),
      grouped(peakRssBytes / 1024 ** 2),
    ]),
  );
}

/** In seconds of computing. What one would wait for if every thread had a core is the busiest one. */
function threadTable(threads: readonly ThreadFigures[]): string {
  const header = [
    'findings',
    'rules',
    'workers',
    'reading thread',
    'deciding threads',
    'helpers',
    'all',
    'busiest',
  ];
  return table(
    header,
    threads.map(({ findings, rules, workers, mainMs, decidingMs, helpersMs }) => [
      ...[findings, rules, workers].map(grouped),
      seconds(mainMs),
      decidingMs.length === 0 ? 'the reading one' : decidingMs.map(seconds).join(', '),
      seconds(helpersMs),
      seconds([mainMs, helpersMs, ...decidingMs].reduce((sum, ms) => sum + ms, 0)),
      seconds(Math.max(mainMs, ...decidingMs)),
    ]),
  );
}

function runsOf(sizes: readonly SizeFigures[]): readonly string[] {
  return [...new Set(sizes.flatMap(({ runs }) => runs.map(({ run }) => run)))];
}

function cells(
  sizes: readonly SizeFigures[],
  run: string,
  text: (figures: RunFigures) => string,
): readonly string[] {
  return sizes.map(({ runs }) => {
    const figures = runs.find((one) => one.run === run);
    return figures === undefined ? '' : text(figures);
  });
}

const columnOf = ({ rules }: SizeFigures): string => `${grouped(rules)} rules`;
const roundsText = (rounds: number): string => (rounds === 1 ? 'one round' : `medians of ${rounds} rounds`);
const ratioText = (ratio: number): string => (Number.isNaN(ratio) ? 'noise' : ratio.toFixed(2));
/** Where the start took longer than the whole there is nothing to tell. */
const rateText = (rate: number): string => (Number.isNaN(rate) ? 'noise' : grouped(rate));
const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
const sizeText = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
