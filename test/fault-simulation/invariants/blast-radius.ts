import { currentValue } from '../../reference/fields.ts';
import type { Environment } from '../ledger.ts';
import type { Invariant } from './invariant.ts';

const HOUR_MS = 3_600_000;
/** What each environment has newly suppressed, by invocation. */
const spent = new WeakMap<Environment, { readonly atMs: number; readonly count: number }[]>();

export const blastRadius: Invariant = {
  id: 'I11',
  name: 'blast radius',
  says: 'No CRITICAL finding is suppressed unless a rule that may do so is deployed; suppressions are counted where the breaker looks, and keep to its budget.',
  watch: (world, { holds }) => ({
    onUpdate({ key, update, grounds, invocation }) {
      const { Status } = (update.Workflow ?? {}) as { readonly Status?: string };
      if (Status !== 'SUPPRESSED') return;
      const isCritical = grounds.some(({ finding }) => currentValue(finding, 'Severity') === 'CRITICAL');
      const mayBe = invocation.environment.ruleset.rules.some(({ allowCritical }) => allowCritical === true);
      holds(!isCritical || mayBe, () => `${key} is CRITICAL and was suppressed`);
    },
    onAnswer({ number, environment, applied, confirmed, metrics }) {
      const { suppressionsPerHour, functionTimeoutMs } = world.schedule.settings;
      if (suppressionsPerHour !== null) {
        const hour = (spent.get(environment) ?? []).filter(
          ({ atMs }) => world.time.nowMs() - atMs < HOUR_MS - functionTimeoutMs,
        );
        hour.push({ atMs: world.time.nowMs(), count: metrics.NewlySuppressed ?? 0 });
        spent.set(environment, hour);
        const inHour = hour.reduce((sum, { count }) => sum + count, 0);
        holds(
          inHour <= suppressionsPerHour,
          () => `an environment suppressed ${inHour} findings within an hour, not ${suppressionsPerHour}`,
        );
      }
      const suppressed = [...applied].filter(
        ([key, updates]) =>
          confirmed.has(key) &&
          updates.some(
            ({ update, grounds }) =>
              (update.Workflow as { readonly Status?: string } | undefined)?.Status === 'SUPPRESSED' &&
              grounds.every(({ finding }) => currentValue(finding, 'Workflow') !== 'SUPPRESSED'),
          ),
      ).length;
      holds(
        (metrics.NewlySuppressed ?? 0) >= suppressed,
        () => `invocation ${number} suppressed ${suppressed} findings and counted ${metrics.NewlySuppressed}`,
      );
    },
  }),
};
