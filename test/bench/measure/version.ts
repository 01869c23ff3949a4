import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import type { decide } from '../../../lib/triage/decide.ts';
import { IMPORTED } from '../workload/matching.ts';
import { WORKLOAD_NOW } from '../workload/situation.ts';
import type { Measurement } from './job.ts';
import { prepareMatching } from './matching.ts';

/** Times `decide` of the version under `root`, on the workload of the running one. */
export async function prepareVersion(root: string, ruleset: Ruleset, budgetMs: number): Promise<Measurement> {
  const module = (await import(pathToFileURL(join(root, 'lib/triage/decide.ts')).href)) as {
    readonly decide: typeof decide;
  };
  const build = () => async (finding: Parameters<typeof decide>[0]) => {
    const { trace } = await module.decide(finding, IMPORTED, ruleset, WORKLOAD_NOW);
    return trace.flatMap(({ rule, matched }) => (matched ? [rule] : []));
  };
  return prepareMatching(ruleset, build, budgetMs);
}
