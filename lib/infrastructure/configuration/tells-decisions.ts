import type { TriageConfiguration } from './configuration.ts';

/** Whether decisions are told on a bus: observing, nothing is done, and there is nothing to tell. */
export function tellsDecisions({
  mode,
  decisionBus,
}: Pick<TriageConfiguration, 'mode' | 'decisionBus'>): boolean {
  return mode === 'enforce' && decisionBus !== undefined;
}
