import { currentValue } from '../../reference/fields.ts';
import type { Environment } from '../ledger.ts';
import type { Invariant } from './invariant.ts';

const HOUR_MS = 3_600_000;
/** What one environment has newly suppressed: as its answers count it, and as Security Hub carried it out. */
interface Suppressed {
  readonly counted: { readonly atMs: number; readonly count: number }[];
  /** By finding, when it was last carried out. */
  readonly carriedOut: Map<string, number>;
}

const suppressedBy = new WeakMap<Environment, Suppressed>();

function suppressedOf(environment: Environment): Suppressed {
  const known = suppressedBy.get(environment) ?? { counted: [], carriedOut: new Map() };
  suppressedBy.set(environment, known);
  return known;
}

export const blastRadius: Invariant = {
  id: 'I11',
  name: 'blast radius',
  says: 'No CRITICAL finding is suppressed unless a rule that may do so is deployed; suppressions are counted where the breaker looks, and keep to its budget.',
  watch: (world, { holds }) => {
    const { suppressionsPerHour, functionTimeoutMs } = world.schedule.settings;
    const budget = suppressionsPerHour ?? Number.POSITIVE_INFINITY;
    // What is counted when it is confirmed may have been carried out an invocation earlier.
    const isWithinHour = (thenMs: number, nowMs: number) => nowMs - thenMs < HOUR_MS - functionTimeoutMs;
    return {
      onUpdate({ key, update, before, grounds, invocation, atMs }) {
        const { Status } = (update.Workflow ?? {}) as { readonly Status?: string };
        if (Status !== 'SUPPRESSED') return;
        const { environment } = invocation;
        const isCritical = grounds.some(({ finding }) => currentValue(finding, 'Severity') === 'CRITICAL');
        const mayBe = environment.ruleset.rules.some(({ allowCritical }) => allowCritical === true);
        holds(!isCritical || mayBe, () => `${key} is CRITICAL and was suppressed`);
        if (currentValue(before, 'Workflow') === 'SUPPRESSED') return;
        const { carriedOut } = suppressedOf(environment);
        carriedOut.set(key, atMs);
        const inHour = [...carriedOut.values()].filter((then) => isWithinHour(then, atMs)).length;
        holds(
          inHour <= budget,
          () => `an environment suppressed ${inHour} findings within an hour, not ${budget}`,
        );
      },
      onAnswer({ number, environment, metrics }) {
        const { counted, carriedOut } = suppressedOf(environment);
        const nowMs = world.time.nowMs();
        counted.push({ atMs: nowMs, count: metrics.NewlySuppressed ?? 0 });
        const inHour = sum(counted.filter(({ atMs }) => isWithinHour(atMs, nowMs)));
        holds(
          inHour <= budget,
          () => `an environment counted ${inHour} findings within an hour, not ${budget}`,
        );
        holds(
          sum(counted) >= carriedOut.size,
          () =>
            `up to invocation ${number} ${carriedOut.size} findings were suppressed and ${sum(counted)} counted`,
        );
      },
    };
  },
};

function sum(counted: Suppressed['counted']): number {
  return counted.reduce((total, { count }) => total + count, 0);
}
