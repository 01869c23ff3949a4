import { median } from '../statistics.ts';
import type { Spent } from './run-program.ts';

/** One program by turns with the others: over next to nothing, and over the findings. */
export interface Turn {
  readonly start: Spent;
  readonly whole: Spent;
}

/** One round at one number of rules. */
export interface Round {
  readonly bound: Turn;
  readonly runs: readonly { readonly run: string; readonly turn: Turn }[];
  /** Of the start, by the clock. */
  readonly loadingMs: number;
}

export interface RunFigures {
  /** The options of the command. */
  readonly run: string;
  /** Findings in a second of the clock, and in a second of computing; without the start. */
  readonly perSecond: number;
  readonly perCpuSecond: number;
  /** JSON.parse alone ÷ simulate, without the start of either: by the clock, and by computing of all threads. */
  readonly wallRatio: number;
  readonly cpuRatio: number;
  readonly start: Pick<Spent, 'wallMs' | 'cpuMs'>;
  readonly peakRssBytes: number;
}

export interface SizeFigures {
  readonly rules: number;
  readonly findings: number;
  readonly rounds: number;
  readonly loadingMs: number;
  readonly bound: { readonly perSecond: number; readonly perCpuSecond: number };
  readonly runs: readonly RunFigures[];
}

/** Medians over the rounds. Ratios are made in each round first: what slowed one program slowed its neighbour. */
export function figuresOf(rules: number, findings: number, rounds: readonly Round[]): SizeFigures {
  const per = (of: (round: Round) => number) => median(rounds.map((round) => (findings * 1_000) / of(round)));
  const names = rounds[0]?.runs.map(({ run }) => run) ?? [];
  return {
    rules,
    findings,
    rounds: rounds.length,
    loadingMs: median(rounds.map(({ loadingMs }) => loadingMs)),
    bound: {
      perSecond: per(({ bound }) => netOf(bound, 'wallMs')),
      perCpuSecond: per(({ bound }) => netOf(bound, 'cpuMs')),
    },
    runs: names.map((run) => {
      const of = (round: Round) => turnOf(round, run);
      const ratio = (part: Part) =>
        median(rounds.map((round) => netOf(round.bound, part) / netOf(of(round), part)));
      return {
        run,
        perSecond: per((round) => netOf(of(round), 'wallMs')),
        perCpuSecond: per((round) => netOf(of(round), 'cpuMs')),
        wallRatio: ratio('wallMs'),
        cpuRatio: ratio('cpuMs'),
        start: {
          wallMs: median(rounds.map((round) => of(round).start.wallMs)),
          cpuMs: median(rounds.map((round) => of(round).start.cpuMs)),
        },
        peakRssBytes: Math.max(...rounds.map((round) => of(round).whole.peakRssBytes)),
      };
    }),
  };
}

type Part = 'wallMs' | 'cpuMs';

/** Without the start; NaN where noise made the start longer than the whole. */
function netOf({ start, whole }: Turn, part: Part): number {
  const net = whole[part] - start[part];
  return net > 0 ? net : Number.NaN;
}

function turnOf({ runs }: Round, run: string): Turn {
  const found = runs.find((one) => one.run === run);
  if (found === undefined) throw new Error(`No turn was taken with ${run}.`);
  return found.turn;
}
