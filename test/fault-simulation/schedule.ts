import type { FaultPlan } from './faults/injector.ts';
import type { ProviderState } from './workload/population.ts';

/** What documents leave open, as this schedule takes it. */
export interface Readings {
  /** Whether an update's lists and maps take the place of the stored ones or add to them. */
  readonly maps: 'replace' | 'merge';
  /** Whether an update that changes nothing emits an event. */
  readonly emitNoOp: boolean;
  readonly throttledAs: string;
  readonly throttledStatus: number;
  /** Whether an event source that is told of single failures waits after a thrown error. */
  readonly eventSourceBacksOff: boolean;
}

/** What the function is deployed with. */
export interface Settings {
  readonly mode: 'observe' | 'enforce';
  readonly batchSize: number;
  readonly windowMs: number;
  readonly callsPerSecond: number;
  readonly callBurst: number;
  readonly functionTimeoutMs: number;
  /** Findings that one environment newly suppresses within an hour. */
  readonly suppressionsPerHour: number | null;
}

/** Something that happens in the world, at a time after the start. */
export type Stimulus = { readonly atMs: number } & (
  | {
      readonly kind: 'import';
      readonly states: readonly { readonly n: number; readonly state: ProviderState }[];
    }
  | {
      readonly kind: 'person';
      readonly by: 'analyst' | 'tool';
      readonly findings: readonly number[];
      /** BatchUpdateFindings members; user-defined fields are added to those that stand there. */
      readonly update: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'press'; readonly n: number; readonly actionId: string; readonly actionName: string }
  | { readonly kind: 'deploy'; readonly ruleset: number }
  | { readonly kind: 'strange'; readonly body: string }
);

/** A fault that lasts. */
export interface Spell {
  readonly kind: 'outage' | 'policySkew' | 'foreignLoad';
  readonly fromMs: number;
  readonly toMs: number;
}

/** One schedule, drawn whole before it runs, but for faults, which are drawn on the way. */
export interface Schedule {
  readonly seed: number;
  readonly readings: Readings;
  readonly settings: Settings;
  readonly ruleset: number;
  readonly faults: FaultPlan;
  /** In order of time. */
  readonly stimuli: readonly Stimulus[];
  readonly spells: readonly Spell[];
  /** When faults stop. */
  readonly endMs: number;
  /** Whether every event is delivered once more at the end. */
  readonly replaysAll: boolean;
  /** Whether what is logged is searched for the findings' texts. */
  readonly readsLogs: boolean;
}
