import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import type { decide } from '../../../lib/triage/decide.ts';
import { IMPORTED } from '../workload/matching.ts';
import { WORKLOAD_NOW } from '../workload/situation.ts';
import type { Measurement } from './job.ts';
import { prepareMatching } from './matching.ts';

const RULINGS = 'lib/triage/repeated-rulings.ts';

/** What a version that keeps rulings forgets them by; some kept them before there was a way. */
interface Rulings {
  readonly forgetRulings?: (compiled: unknown) => void;
}
interface Compiling {
  readonly compileRuleset: (ruleset: Ruleset) => unknown;
}

/** Times `decide` of the version under `root`, on the workload of the running one. */
export async function prepareVersion(root: string, ruleset: Ruleset, budgetMs: number): Promise<Measurement> {
  const load = async <T>(path: string) => (await import(pathToFileURL(join(root, path)).href)) as T;
  const module = await load<{ readonly decide: typeof decide }>('lib/triage/decide.ts');
  const { forgetRulings } = existsSync(join(root, RULINGS)) ? await load<Rulings>(RULINGS) : {};
  if (existsSync(join(root, RULINGS)) && forgetRulings === undefined)
    throw new Error(
      `${root} keeps rulings between passes and cannot forget them, so that it would repeat them: compare other versions.`,
    );
  const { compileRuleset } = await load<Compiling>('lib/rules/engine/compiled-ruleset.ts');
  const judge = async (finding: Parameters<typeof decide>[0]) => {
    const { trace } = await module.decide(finding, IMPORTED, ruleset, WORKLOAD_NOW);
    return trace.flatMap(({ rule, matched }) => (matched ? [rule] : []));
  };
  const forget = () => forgetRulings?.(compileRuleset(ruleset));
  return prepareMatching(ruleset, () => Object.assign(judge, { forget }), budgetMs);
}
