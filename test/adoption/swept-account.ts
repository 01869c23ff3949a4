import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Logger } from '@aws-lambda-powertools/logger';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { App } from 'aws-cdk-lib';
import { connectFindingPages, PAGES_PER_SECOND } from '../../lambdas/sweep/finding-pages.ts';
import { connectIngest } from '../../lambdas/sweep/ingest.ts';
import type { SweepInstance } from '../../lambdas/sweep/instance.ts';
import { readProgress, type SweepProgress } from '../../lambdas/sweep/progress.ts';
import { sweep } from '../../lambdas/sweep/sweep.ts';
import type { Clock } from '../../lambdas/triage/clock.ts';
import { readRuleset } from '../../lambdas/triage/instance.ts';
import { createTokenBucket } from '../../lambdas/triage/token-bucket.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { NODE_OPTIONS } from '../../lib/infrastructure/event-flow/function.ts';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { RUNBOOK_URL } from '../infrastructure/runbook-url.ts';

/** A deployment in an account of its own, with the findings that an earlier one left. */
export interface SweptAccount {
  readonly account: LocalAccount;
  /** The one that was deployed. */
  readonly ruleset: Ruleset;
  /** Sweeps from beginning to end and waits until all that was sent is done. */
  readonly sweep: () => Promise<SweepProgress>;
}

/** lib/infrastructure/sweep/sweep-function.ts: five minutes, one of them to finish. */
const STRETCH_MS = 240_000;
const KILLED_AFTER_MS = 5_000;
const SETTLE_MS = 3_600_000;
const LIVE_BY_MOVED_CLOCK = new URL('live-by-moved-clock.ts', import.meta.url).href;

/**
 * The product as `cdk deploy` would leave it. The triage function is the very bundle; the sweep is its own code in
 * this process, as its role, by the SDK's clients over HTTP, under a clock that leaps over its pauses: at one page a
 * second, 100,000 findings would take half an hour each time. All of them live by the clock of the run.
 */
export async function deploy(
  options: {
    readonly rulesDir: string;
    readonly mode: 'observe' | 'enforce';
    readonly dir: string;
    readonly clockFile: string;
  },
  findings: readonly Finding[],
): Promise<SweptAccount> {
  const { rulesDir, mode, dir, clockFile } = options;
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const assemblyDir = mkdtempSync(join(dir, 'assembly-'));
  const app = new App({ outdir: assemblyDir, context, analyticsReporting: false });
  // The pace of suppressions has tests of its own; here it would take days of a clock that cannot leap.
  const { triage } = new TriageStack(app, 'SecurityHubTriage', {
    ...{ mode, rulesDir, runbookUrl: RUNBOOK_URL, suppressionsPerHour: 'none' },
  });
  // The bundle asks Date for the time; what Date says is the clock of the run.
  triage.lambdaFunction.addEnvironment('NODE_OPTIONS', `${NODE_OPTIONS} --import ${LIVE_BY_MOVED_CLOCK}`);
  triage.lambdaFunction.addEnvironment('CLOCK_FILE', clockFile);
  app.synth();
  const account = await startLocalAccount({
    ...{ assemblyDir, timeScale: 0.001 },
    // A sweep under a clock that leaps asks more often than once a second of ours.
    securityHub: { quotas: 'off' },
  });
  account.hub.seed(findings);
  const { assetDir, roleArn } = specOf(account);
  const ruleset = readRuleset(pathToFileURL(join(assetDir, 'ruleset.json')));
  const instance = connectSweep(account, roleArn, ruleset, mode);
  return { account, ruleset, sweep: () => sweepAll(account, instance) };
}

function specOf({ resources }: LocalAccount): LocalAccount['resources']['functions'][number] {
  const spec = resources.functions.find(({ logicalId }) => logicalId.includes('Sweep'));
  if (spec === undefined) throw new Error('The template has no function of the sweep.');
  return spec;
}

function connectSweep(
  account: LocalAccount,
  roleArn: string,
  ruleset: Ruleset,
  mode: 'observe' | 'enforce',
): SweepInstance {
  const { endpoints, region, accountId, principals, resources } = account;
  const client = { region, credentials: principals.credentialsOf(roleArn) };
  const ingest = resources.queues.find(({ logicalId }) => logicalId.includes('IngestQueue'));
  const clock = leapingClock();
  return {
    ...{ ruleset, mode, clock, suppressionsPerHour: null },
    hub: connectFindingPages(new SecurityHubClient({ ...client, endpoint: endpoints.securityHub })),
    ingest: connectIngest(
      { queueUrl: ingest?.url ?? '', accountId, region, nowMs: () => Date.now() },
      new SQSClient({ ...client, endpoint: endpoints.sqs }),
    ),
    reads: createTokenBucket(PAGES_PER_SECOND, 1, clock),
    log: new Logger({ logLevel: 'SILENT' }),
  };
}

function leapingClock(): Clock {
  let leaptMs = 0;
  return {
    nowMs: () => Date.now() + leaptMs,
    sleep: async (durationMs) => {
      leaptMs += durationMs;
    },
    random: () => 0.5,
  };
}

async function sweepAll(account: LocalAccount, instance: SweepInstance): Promise<SweepProgress> {
  const { clock } = instance;
  const stretch = (from: SweepProgress, forMs = STRETCH_MS) => sweep(from, instance, clock.nowMs() + forMs);
  const begun = readProgress({}, clock.nowMs());
  // As if the first stretch had been killed: what it sent is sent once more, or found done, and not counted.
  await stretch(begun, KILLED_AFTER_MS);
  let progress = await stretch(begun);
  while (!progress.done) {
    if (progress.waitSeconds > 0) {
      await account.settle(SETTLE_MS);
      await clock.sleep(progress.waitSeconds * 1000);
    }
    progress = await stretch(progress);
  }
  await account.settle(SETTLE_MS);
  return progress;
}
