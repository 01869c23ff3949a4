import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { answerInvocation } from './answer.ts';
import { readEnvironment } from './environment.ts';
import { createInstance, readRuleset } from './instance.ts';

/** Lambda sets the function's name; it tells several instances of the product in one account apart. */
const serviceName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'securityhub-triage';
const log = new Logger({ serviceName });
const metrics = new Metrics({ namespace: 'securityhub-triage', serviceName });
const environment = readEnvironment(process.env);
const instance = createInstance(environment, readRuleset(new URL('./ruleset.json', import.meta.url)), log);

/** The function's entry. */
export const handler = middy((event: unknown, context: Context) =>
  answerInvocation(event, context.getRemainingTimeInMillis(), instance, metrics),
)
  // Never the event, whatever the environment asks for: it is full of finding text.
  .use(injectLambdaContext(log, { logEvent: false }))
  .use(logMetrics(metrics));
