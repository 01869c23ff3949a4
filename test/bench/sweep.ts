import { fileURLToPath } from 'node:url';
import { Logger } from '@aws-lambda-powertools/logger';
import type { SweepInstance } from '../../lambdas/sweep/instance.ts';
import { readProgress, type SweepProgress } from '../../lambdas/sweep/progress.ts';
import { sweep } from '../../lambdas/sweep/sweep.ts';
import type { Clock } from '../../lambdas/triage/clock.ts';
import { createTokenBucket } from '../../lambdas/triage/token-bucket.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../lib/rules/ruleset.ts';
import { table } from './report/tables.ts';
import { writeTables } from './report/write-markdown.ts';

/**
 * How long a sweep takes and what it costs: `npm run bench:sweep` runs the sweep's own code, stretch after stretch,
 * under a clock that leaps, against as many findings as one wants, and writes docs/existing-findings.md.
 */
const DOCUMENT = fileURLToPath(new URL('../../docs/existing-findings.md', import.meta.url));

interface Case {
  readonly what: string;
  readonly findings: number;
  /** The share of them of which something is written. */
  readonly changing: number;
  /** By a rule that suppresses, at the share of the default configuration. */
  readonly suppressing?: true;
}

const CASES: readonly Case[] = [
  { what: '20 accounts, day by day', findings: 50_000, changing: 0.001 },
  { what: '200 accounts, day by day', findings: 500_000, changing: 0.001 },
  { what: '200 accounts, first sweep of a rule that notifies', findings: 500_000, changing: 0.2 },
  { what: '2,000 accounts, day by day', findings: 5_000_000, changing: 0.001 },
  { what: '2,000 accounts, first sweep of a rule that notifies', findings: 5_000_000, changing: 0.2 },
  {
    what: '200 accounts, first sweep of a rule that suppresses',
    findings: 500_000,
    changing: 0.008,
    suppressing: true,
  },
];

/** Of the default configuration: lib/infrastructure/sweep/sweep-function.ts. */
const SUPPRESSIONS_PER_HOUR = 250;
const PAGE = 100;
/** Of one call, slow rather than quick; the sweep waits for the next second anyway. */
const CALL_MS = 500;
/** lib/infrastructure/sweep/sweep-function.ts: five minutes, one of them to finish. */
const STRETCH_MS = 240_000;
const MEMORY_GB = 0.5;
/** Choices and pauses count; the first state looks whether another sweep runs. */
const TRANSITIONS = { start: 3, stretch: 2, pause: 1 } as const;
/**
 * US dollars, us-east-1, November 2026: https://aws.amazon.com/lambda/pricing/
 * https://aws.amazon.com/step-functions/pricing/ https://aws.amazon.com/sqs/pricing/
 */
const PRICES = { gbSecond: 0.0000133334, invocation: 0.2e-6, transition: 25e-6, request: 0.4e-6 } as const;

const rulesetOf = (status: 'NOTIFIED' | 'SUPPRESSED'): Ruleset => ({
  rules: [
    {
      name: 'guardduty',
      owner: '@acme/secops',
      mode: 'enforce',
      priority: 100,
      conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'GuardDuty' }] },
      event: { type: 'update', params: { Workflow: { Status: status } } },
    },
  ],
  ...{ conditions: {}, lists: {}, accounts: {}, config: DEFAULT_CONFIG, version: '0123456789ab' },
});

interface Course {
  readonly progress: SweepProgress;
  readonly calls: number;
  readonly requests: number;
  readonly stretches: number;
  readonly pauses: number;
  readonly workedMs: number;
  readonly tookMs: number;
}

/** A whole sweep of findings of which every so many asks for an update, until it is sent. */
async function wholeSweep({ findings, changing, suppressing }: Case): Promise<Course> {
  const startMs = Date.parse('2026-11-20T03:00:00Z');
  let nowMs = startMs;
  const clock: Clock = {
    nowMs: () => nowMs,
    sleep: async (durationMs) => {
      nowMs += durationMs;
    },
    random: () => 0.5,
  };
  let [calls, requests] = [0, 0];
  const updated = new Set<string>();
  const every = Math.round(1 / changing);
  const instance: SweepInstance = {
    ...{ mode: 'enforce', clock },
    suppressionsPerHour: suppressing ? SUPPRESSIONS_PER_HOUR : null,
    ruleset: rulesetOf(suppressing ? 'SUPPRESSED' : 'NOTIFIED'),
    hub: {
      async page(_filters, token) {
        calls += 1;
        nowMs += CALL_MS;
        const from = Number(token ?? 0);
        const until = Math.min(findings, from + PAGE);
        const page = Array.from({ length: until - from }, (_, n) =>
          findingAt(from + n, (from + n) % every === 0 && !updated.has(idAt(from + n))),
        );
        return {
          kind: 'answered',
          reply: { findings: page, nextToken: until < findings ? String(until) : null },
        };
      },
    },
    ingest: {
      async send(sent) {
        requests += Math.ceil(sent.length / 10);
        for (const { Id } of sent) updated.add(Id);
      },
    },
    reads: createTokenBucket(1, 1, clock),
    log: new Logger({ logLevel: 'SILENT' }),
  };
  let progress = readProgress({}, nowMs);
  let [stretches, pauses, workedMs] = [0, 0, 0];
  while (!progress.done) {
    const beganMs = nowMs;
    progress = await sweep(progress, instance, nowMs + STRETCH_MS);
    stretches += 1;
    workedMs += nowMs - beganMs;
    nowMs += progress.waitSeconds * 1000;
    if (progress.waitSeconds > 0) pauses += 1;
  }
  return { progress, calls, requests, stretches, pauses, workedMs, tookMs: nowMs - startMs };
}

const idAt = (n: number) => `finding-${n}`;

function findingAt(n: number, isChanging: boolean): Finding {
  return {
    Id: idAt(n),
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/inspector',
    SchemaVersion: '2018-10-08',
    AwsAccountId: '111122223333',
    ProductName: isChanging ? 'GuardDuty' : 'Inspector',
    CreatedAt: '2026-02-01T10:00:00.000Z',
    UpdatedAt: '2026-03-01T10:00:00.000Z',
    RecordState: 'ACTIVE',
    Workflow: { Status: 'NEW' },
    Severity: { Label: 'LOW' },
  };
}

function dollars({ workedMs, stretches, pauses, requests }: Course): number {
  const transitions = TRANSITIONS.start + stretches * TRANSITIONS.stretch + pauses * TRANSITIONS.pause;
  return (
    (workedMs / 1000) * MEMORY_GB * PRICES.gbSecond +
    stretches * PRICES.invocation +
    transitions * PRICES.transition +
    requests * PRICES.request
  );
}

const grouped = (count: number) => count.toLocaleString('en-US');

async function main(): Promise<void> {
  const rows: string[][] = [];
  for (const one of CASES) {
    const { what, findings } = one;
    const course = await wholeSweep(one);
    const { progress, calls, stretches, tookMs } = course;
    rows.push([
      what,
      grouped(findings),
      grouped(progress.sent),
      grouped(progress.deferred),
      String(progress.pass),
      grouped(calls),
      grouped(stretches),
      `${(tookMs / 3_600_000).toFixed(1)} h`,
      `$${dollars(course).toFixed(2)}`,
    ]);
  }
  const titles = ['sweep', 'findings', 'sent', 'deferred', 'passes', 'calls', 'stretches', 'takes', 'costs'];
  const text = table(titles, rows);
  console.log(text);
  if (process.argv.includes('--markdown')) writeTables(DOCUMENT, { sweep: text });
}

await main();
