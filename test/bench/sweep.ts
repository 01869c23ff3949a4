import { fileURLToPath } from 'node:url';
import { table } from './report/tables.ts';
import { writeTables } from './report/write-markdown.ts';
import { type Course, type SweepCase, wholeSweep } from './whole-sweep.ts';

/**
 * How long a sweep takes and what it costs: `npm run bench:sweep` runs the sweep's own code, stretch after stretch,
 * under a clock that leaps, against as many findings as one wants, and writes docs/existing-findings.md.
 */
const DOCUMENT = fileURLToPath(new URL('../../docs/existing-findings.md', import.meta.url));

const CASES: readonly (SweepCase & { readonly what: string })[] = [
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

const MEMORY_GB = 0.5;
/** Choices and pauses count; the first state looks whether another sweep runs. */
const TRANSITIONS = { start: 5, stretch: 2, pause: 1 } as const;
/**
 * US dollars, us-east-1, November 2026: https://aws.amazon.com/lambda/pricing/
 * https://aws.amazon.com/step-functions/pricing/ https://aws.amazon.com/sqs/pricing/
 */
const PRICES = { gbSecond: 0.0000133334, invocation: 0.2e-6, transition: 25e-6, request: 0.4e-6 } as const;

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
