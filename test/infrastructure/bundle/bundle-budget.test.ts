import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleEntry } from '../../../lib/infrastructure/bundle/bundle-entry.ts';
import type { BundleReport } from '../../../lib/infrastructure/bundle/bundle-report.ts';
import { PACKAGE_ROOT } from '../../../lib/package/package-root.ts';
import { temporaryDir } from '../temporary-dir.ts';
import { type Budget, overspent } from './overspent.ts';

/**
 * What the function may weigh, in KiB: all of it, and what Node reads before the first event. A little above what it
 * weighs, so that growth is noticed by whoever causes it. Raise a number knowingly, with what it buys in the commit.
 */
const BUDGET: Budget = {
  total: { kib: 666, initKib: 176 },
  packages: {
    // The starter of a cold start: the decisions, the engine, and what logs and measures.
    'securityhub-triage': { kib: 90, initKib: 83 },
    'json-rules-engine': { kib: 30, initKib: 30 },
    eventemitter2: { kib: 19, initKib: 19 },
    'hash-it': { kib: 5, initKib: 5 },
    clone: { kib: 3, initKib: 3 },
    '@aws-lambda-powertools/logger': { kib: 18, initKib: 18 },
    '@aws-lambda-powertools/metrics': { kib: 12, initKib: 12 },
    '@aws-lambda-powertools/commons': { kib: 5, initKib: 5 },
    '@aws/lambda-invoke-store': { kib: 3, initKib: 3 },
    '@middy/core': { kib: 4, initKib: 4 },
    // Loaded with the first update or dead letter.
    '@smithy/core': { kib: 130, initKib: 0 },
    '@aws-sdk/core': { kib: 25, initKib: 0 },
    '@aws-sdk/client-sqs': { kib: 23, initKib: 0 },
    '@smithy/signature-v4': { kib: 11, initKib: 0 },
    '@smithy/node-http-handler': { kib: 8, initKib: 0 },
    '@aws-sdk/middleware-sdk-sqs': { kib: 2, initKib: 0 },
    '@aws-sdk/credential-provider-env': { kib: 1, initKib: 0 },
    '@smithy/types': { kib: 1, initKib: 0 },
    // All but 12 of it is the shape of a whole finding, loaded with the first read.
    '@aws-sdk/client-securityhub': { kib: 128, initKib: 0 },
    // Loaded with the first update that is told on a decision bus.
    '@aws-sdk/client-eventbridge': { kib: 16, initKib: 0 },
    '@aws-sdk/signature-v4-multi-region': { kib: 4, initKib: 0 },
    // Loaded with the first rule that matches an expression.
    re2js: { kib: 155, initKib: 0 },
  },
};

let report: BundleReport;

beforeAll(async () => {
  const entry = join(PACKAGE_ROOT, 'lambdas/triage/handler.ts');
  report = await bundleEntry({ entry, outDir: temporaryDir() });
});

describe('the weight of the function', () => {
  it('keeps to its budget', () => {
    expect(overspent(report, BUDGET)).toEqual([]);
  });

  it('is not far below it either, or growth would go unnoticed', () => {
    const halved: Budget = {
      total: { kib: BUDGET.total.kib * 0.9, initKib: BUDGET.total.initKib * 0.85 },
      packages: BUDGET.packages,
    };

    const complaints = overspent(report, halved);

    expect(complaints.filter((line) => line.startsWith('the whole'))).toHaveLength(2);
  });

  it('holds no schema validator, no JSONPath and no other credentials', () => {
    const names = report.packages.map(({ name }) => name);

    const unwanted = names.filter((name) =>
      /^ajv|jsonpath|^jsep$|^bowser$|credential-provider-(?!env$)|nested-clients|token-providers/.test(name),
    );

    expect(unwanted).toEqual([]);
  });
});

describe('a budget', () => {
  const share = (name: string, kib: number, initKib: number) => ({
    name,
    bytes: kib * 1024,
    initBytes: initKib * 1024,
  });
  const spent = (packages: readonly ReturnType<typeof share>[]): BundleReport => ({
    packages,
    totalBytes: packages.reduce((sum, { bytes }) => sum + bytes, 0),
    initBytes: packages.reduce((sum, { initBytes }) => sum + initBytes, 0),
  });
  const budget: Budget = {
    total: { kib: 20, initKib: 10 },
    packages: { a: { kib: 10, initKib: 5 }, b: { kib: 10, initKib: 0 } },
  };

  it('is kept to the last byte', () => {
    expect(overspent(spent([share('a', 10, 5), share('b', 10, 0)]), budget)).toEqual([]);
  });

  it('tells what grew, by how much, and what is new', () => {
    const complaints = overspent(spent([share('a', 12, 5), share('b', 8, 1), share('c', 6, 6)]), budget);

    expect(complaints).toEqual([
      'the whole: 26.0 KiB, budget 20 (+6.0)',
      'the whole at start: 12.0 KiB, budget 10 (+2.0)',
      'a: 12.0 KiB, budget 10 (+2.0)',
      'b at start: 1.0 KiB, budget 0 (+1.0)',
      'c: 6.0 KiB, and no budget: is it meant to ship?',
    ]);
  });
});
