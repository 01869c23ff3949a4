import type { LocalFunctionSpec } from '../../../lib/local/assembly/local-resources.ts';
import { startExecutionEnvironment } from '../../../lib/local/lambda/execution-environment.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { generateRuleset } from '../workload/ruleset.ts';
import type { Stage, Staged } from './stage.ts';
import { type Start, startChild } from './start-child.ts';
import { interleaved } from './statistics.ts';
import { BARE, VARIANTS, type Variant } from './variants.ts';

/** The starts of one bundle, round by round. */
export interface Series {
  readonly bundle: Staged;
  readonly starts: readonly Start[];
}

/** What one run of the bench found out. */
export interface Measurements {
  readonly rounds: number;
  /** Node alone first, then the straightforward bundle, then step by step ours. */
  readonly variants: readonly Series[];
  /** Node alone, the straightforward bundle and ours, started by the local Lambda runtime. */
  readonly runtime: readonly { readonly bundle: Staged; readonly initMs: readonly number[] }[];
  /** Ours with more and more rules. */
  readonly rules: readonly (Series & { readonly count: number })[];
}

const SEED = 4;
const WARM_UP_ROUNDS = 1;

/** Starts everything in turn, `rounds` times; the first start of each is thrown away, it fills the file cache. */
export async function measureStarts(options: {
  readonly stage: Stage;
  readonly starterRules: Ruleset;
  readonly ruleCounts: readonly number[];
  readonly rounds: number;
  readonly say: (text: string) => void;
}): Promise<Measurements> {
  const { stage, starterRules, rounds, say } = options;
  say('bundling');
  const bare = await stage.add(BARE, starterRules);
  const staged: Staged[] = [];
  for (const variant of VARIANTS) staged.push(await stage.add(variant, starterRules));
  const [first, ours] = [staged[0], staged.at(-1)];
  if (first === undefined || ours === undefined) throw new Error('There is nothing to compare.');
  const sized = await stageSizes(stage, VARIANTS.at(-1) ?? BARE, options);

  say(`${staged.length + 1} bundles, ${rounds} rounds`);
  const byBundle = await rounded([bare, ...staged], rounds, (bundle) =>
    start(stage, bundle, bundle === bare),
  );
  say(`local runtime, ${rounds} rounds`);
  const inRuntime = await rounded([bare, first, ours], rounds, (bundle) => startInRuntime(stage, bundle));
  say(`rules, ${rounds} rounds`);
  const bySize = await rounded([...sized.keys()], rounds, (bundle) => start(stage, bundle, false));
  return {
    rounds,
    variants: [...byBundle].map(([bundle, starts]) => ({ bundle, starts })),
    runtime: [...inRuntime].map(([bundle, initMs]) => ({ bundle, initMs })),
    rules: [...bySize].map(([bundle, starts]) => ({ bundle, starts, count: sized.get(bundle) ?? 0 })),
  };
}

async function stageSizes(
  stage: Stage,
  variant: Variant,
  { starterRules, ruleCounts }: { starterRules: Ruleset; ruleCounts: readonly number[] },
): Promise<ReadonlyMap<Staged, number>> {
  const sized = new Map<Staged, number>();
  const starter = starterRules.rules.length;
  sized.set(await stage.add(variant, starterRules, 'the starter rules'), starter);
  for (const count of ruleCounts)
    sized.set(await stage.add(variant, generateRuleset(SEED, count), 'rules of the workload'), count);
  return sized;
}

async function rounded<Result>(
  bundles: readonly Staged[],
  rounds: number,
  measure: (bundle: Staged) => Promise<Result>,
): Promise<ReadonlyMap<Staged, readonly Result[]>> {
  await interleaved(bundles, WARM_UP_ROUNDS, measure);
  return interleaved(bundles, rounds, measure);
}

function start(stage: Stage, bundle: Staged, isBare: boolean): Promise<Start> {
  const { starter, environment } = stage;
  return startChild({ starter, environment, entry: bundle.entry, outcome: isBare ? null : 'updated' });
}

/** As the local account starts it: a process with the runtime loop, ready when it polls for its first event. */
async function startInRuntime({ environment }: Stage, { dir }: Staged): Promise<number> {
  const spec: LocalFunctionSpec = {
    logicalId: 'Triage',
    name: 'triage',
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:triage',
    assetDir: dir,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    timeoutMs: 300_000,
    memoryMb: 512,
    environment: { ...environment, NODE_OPTIONS: '--disallow-code-generation-from-strings' },
    roleArn: 'arn:aws:iam::111122223333:role/triage',
    logGroupName: '/aws/lambda/triage',
  };
  const endpoint = environment.AWS_ENDPOINT_URL_SECURITYHUB ?? '';
  const surroundings = {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    endpoints: { securityHub: endpoint, sqs: endpoint, events: endpoint },
  };
  const { started, kill, over } = startExecutionEnvironment(spec, surroundings, () => {});
  const result = await started;
  kill();
  await over;
  if ('initDurationMs' in result) return result.initDurationMs;
  throw new Error(`The local runtime could not start ${dir}: ${result.errorMessage}`);
}
