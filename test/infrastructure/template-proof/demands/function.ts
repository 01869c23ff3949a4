import { expect } from 'vitest';
import { PAGES_PER_SECOND } from '../../../../lambdas/sweep/finding-pages.ts';
import { readEnvironment } from '../../../../lambdas/triage/environment.ts';
import { only, type Synthesized, triageFunction } from '../../synthesized.ts';
import type { Demand } from '../demand.ts';

const functionOf = ({ template, resources }: Synthesized) => {
  const { logicalId } = triageFunction(resources);
  return template.findResources('AWS::Lambda::Function')[logicalId]?.Properties;
};
const logOf = ({ template }: Synthesized) =>
  only(Object.entries(template.findResources('AWS::Logs::LogGroup')).filter(([id]) => /^TriageLog/.test(id)));

/** The function runs as it was built and tested, changes nothing unasked, and its log ends. */
export const FUNCTION_DEMANDS: readonly Demand[] = [
  {
    sentence: 'a new deployment observes',
    check: (stack) => {
      expect(readEnvironment(triageFunction(stack.resources).environment).mode).toBe('observe');
    },
  },
  {
    sentence: 'the function knows its queues',
    check: (stack) => {
      const { deadLetterQueueUrl, ingestQueueUrl } = readEnvironment(
        triageFunction(stack.resources).environment,
      );
      expect(deadLetterQueueUrl).toBe(stack.deadLetter.url);
      expect(ingestQueueUrl).toBe(stack.ingest.url);
    },
  },
  {
    sentence:
      'at full concurrency it stays within the quota of BatchUpdateFindings, 10 calls a second and 30 at once',
    check: (stack) => {
      const { callsPerSecond, callBurst } = readEnvironment(triageFunction(stack.resources).environment);
      const { maxConcurrency } = only(stack.resources.eventSourceMappings);
      expect(callsPerSecond * maxConcurrency).toBeLessThanOrEqual(10);
      expect(callBurst * maxConcurrency).toBeLessThanOrEqual(30);
    },
  },
  {
    sentence:
      'at full concurrency, beside the sweep, it stays within the quota of GetFindings, 3 calls a second',
    check: (stack) => {
      const { readsPerSecond } = readEnvironment(triageFunction(stack.resources).environment);
      const { maxConcurrency } = only(stack.resources.eventSourceMappings);
      expect(readsPerSecond * maxConcurrency + PAGES_PER_SECOND).toBeLessThanOrEqual(3);
    },
  },
  {
    sentence: 'it runs on the Node it is tested on, on Arm, and text can never become code in it',
    check: (stack) => {
      const fn = triageFunction(stack.resources);
      expect(fn.runtime).toBe('nodejs24.x');
      expect(functionOf(stack).Architectures).toEqual(['arm64']);
      expect(fn.environment.NODE_OPTIONS?.split(' ')).toContain('--disallow-code-generation-from-strings');
      expect(fn.handler).toBe('index.handler');
    },
  },
  {
    sentence: 'it has time for what a batch takes at the pace of the quota, and no more than Lambda gives',
    check: (stack) => {
      expect(triageFunction(stack.resources).timeoutMs).toBeGreaterThanOrEqual(60_000);
      expect(triageFunction(stack.resources).timeoutMs).toBeLessThanOrEqual(900_000);
    },
  },
  {
    sentence: 'concurrency is not reserved, or at least as much as the event source uses',
    check: (stack) => {
      const { reservedConcurrency } = triageFunction(stack.resources);
      const { maxConcurrency } = only(stack.resources.eventSourceMappings);
      expect(reservedConcurrency ?? maxConcurrency).toBeGreaterThanOrEqual(maxConcurrency);
    },
  },
  {
    sentence: 'it writes to a log of its own, which ends and outlives the stack',
    check: (stack) => {
      const [logicalId, log] = logOf(stack);
      expect(functionOf(stack).LoggingConfig.LogGroup).toEqual({ Ref: logicalId });
      expect(log.Properties.RetentionInDays).toBe(90);
      expect([log.DeletionPolicy, log.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    },
  },
  {
    sentence: 'nothing but the event source can invoke it',
    check: (stack) => {
      expect(stack.template.findResources('AWS::Lambda::Permission')).toEqual({});
      expect(stack.template.findResources('AWS::Lambda::Url')).toEqual({});
    },
  },
];
