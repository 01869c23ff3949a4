import type { ReadFault } from '../read/block.ts';
import type { Source } from '../read/find-sources.ts';
import type { InvalidInput } from '../read/findings-of-block.ts';
import type { SimulationReport } from '../simulation-report.ts';
import type { FirstFew } from '../tally/first-few.ts';
import { type BaseRuleset, reportOf } from '../tally/report.ts';
import { type CountingSettings, countFindings } from './count-findings.ts';

export interface SimulationSettings extends Omit<CountingSettings, 'base' | 'withSuppressions'> {
  readonly base: BaseRuleset | null;
}

export interface Simulated {
  readonly report: SimulationReport;
  readonly faults: FirstFew<ReadFault>;
  readonly invalid: FirstFew<InvalidInput>;
}

/** Decides all findings of the sources as `countFindings` does, and reports what the rules come to. */
export async function simulateFindings(
  sources: readonly Source[],
  settings: SimulationSettings,
): Promise<Simulated> {
  const { ruleset, base, nowMs, signal } = settings;
  const counted = await countFindings(sources, {
    ...settings,
    base: base?.ruleset ?? null,
    withSuppressions: false,
  });
  const report = reportOf(counted, { ruleset, base, nowMs, partial: signal.aborted });
  return { report, faults: counted.faults, invalid: counted.invalid };
}
