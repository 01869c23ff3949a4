import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { systemClock } from '../triage/clock.ts';
import { readRuleset } from '../triage/instance.ts';
import { createTokenBucket } from '../triage/token-bucket.ts';
import { readSweepEnvironment } from './environment.ts';
import { connectFindingPages, PAGES_PER_SECOND } from './finding-pages.ts';
import { connectIngest } from './ingest.ts';
import type { SweepInstance } from './instance.ts';
import { readProgress } from './progress.ts';
import { sweep } from './sweep.ts';

/** Of an invocation, for the page that is under way at its end. */
const LEFT_TO_FINISH_MS = 60_000;

const log = new Logger({ serviceName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'securityhub-triage-sweep' });
const { ingestQueueUrl, accountId, region, ...environment } = readSweepEnvironment(process.env);
const instance: SweepInstance = {
  ...environment,
  ruleset: readRuleset(new URL('./ruleset.json', import.meta.url)),
  hub: connectFindingPages(),
  ingest: connectIngest({ queueUrl: ingestQueueUrl, accountId, region, nowMs: systemClock.nowMs }),
  reads: createTokenBucket(PAGES_PER_SECOND, 1, systemClock),
  clock: systemClock,
  log,
};

/** The sweep's entry: one stretch of it, from a request or the progress of the stretch before. */
export const handler = middy(async (event: unknown, context: Context) => {
  const untilMs = systemClock.nowMs() + context.getRemainingTimeInMillis() - LEFT_TO_FINISH_MS;
  const progress = await sweep(readProgress(event, systemClock.nowMs()), instance, untilMs);
  const { filters: _, window: __, nextToken: ___, ...counts } = progress;
  log.info('sweep', counts);
  return progress;
}).use(injectLambdaContext(log, { logEvent: false }));
