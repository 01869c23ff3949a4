import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { synthesize } from '../infrastructure/synthesized.ts';
import { monthlyCost, PRICES, sweepCost, WORK } from './monthly-cost.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const SWEEPS = fileURLToPath(new URL('../../docs/existing-findings.md', import.meta.url));
/** Events a day, and active findings as `npm run bench:sweep` counts with. */
const SIZES = [
  ['20 accounts', 20_000, 50_000],
  ['200 accounts', 200_000, 500_000],
  ['2,000 accounts', 2_000_000, 5_000_000],
] as const;
/** `npm run bench:pattern`: a stream of which rules act on little, and one of which nothing is kept out. */
const STREAMS = [
  { passing: 0.1, updating: 0.013 },
  { passing: 1, updating: 0.05 },
] as const;

describe('the cost in the README', () => {
  it('is what the formula says of the deployed alarms and metrics', () => {
    const { alarms: _, ...stack } = deployed();
    const rows = SIZES.flatMap(([size, eventsPerDay, findings]) =>
      STREAMS.map(({ passing, updating }) => {
        const cost = monthlyCost({ ...stack, eventsPerDay, passing, updating, findings });
        const { fixed, queues, compute, log, sweep, total } = cost;
        const figures = [fixed, queues, compute, log, sweep].map((dollars) => dollars.toFixed(2));
        return `| ${size}, ${eventsPerDay.toLocaleString('en')} events a day, ${percent(passing)} reach the queue, ${percent(updating)} are updated | ${figures.join(' | ')} | **${total.toFixed(2)}** |`;
      }),
    );
    const table = [
      '| US dollars a month | fixed | queues | compute | log | sweep | total |',
      '|---|---:|---:|---:|---:|---:|---:|',
      ...rows,
    ].join('\n');
    const text = readFileSync(README, 'utf8');
    const PLACE = /(?<=<!-- cost -->\n)[\s\S]*?(?=<!-- \/cost -->)/;
    if (process.env.UPDATE_DOCS === '1') writeFileSync(README, text.replace(PLACE, `${table}\n`));
    else expect(text.match(PLACE)?.[0]).toBe(`${table}\n`);
  });

  it('names as many alarms and metrics as are deployed', () => {
    const { alarms, customMetrics } = deployed();

    expect(readFileSync(README, 'utf8')).toContain(`${customMetrics} custom metrics, ${alarms} alarms`);
  });

  it('counts a sweep as its benchmark does', () => {
    const text = readFileSync(SWEEPS, 'utf8');

    for (const [size, , findings] of SIZES) {
      const row = text.split('\n').find((line) => line.startsWith(`| ${size}, day by day `));
      expect(row).toContain(`| ${findings.toLocaleString('en')} `);
      expect(row).toContain(`| $${sweepCost(findings).toFixed(2)} `);
    }
  });

  it('says what a million events and a million findings add at most', () => {
    const nothing = {
      eventsPerDay: 0,
      passing: 0,
      updating: 0,
      findings: 0,
      alarmMetrics: 0,
      customMetrics: 0,
    };
    const idle = monthlyCost(nothing).total;
    for (const [, eventsPerDay] of SIZES)
      for (const { passing, updating } of STREAMS) {
        const millions = (eventsPerDay * passing * WORK.days) / 1e6;
        const added = monthlyCost({ ...nothing, eventsPerDay, passing, updating }).total - idle;
        expect.soft(added / millions).toBeLessThan(millions > 5 ? 1 : 3);
      }
    const perMillionFindings = SIZES.map(
      ([, , findings]) => (monthlyCost({ ...nothing, findings }).total - idle) / (findings / 1e6),
    );
    expect(Math.round(Math.max(...perMillionFindings))).toBe(4);
  });

  it('names the prices and the work that the formula counts', () => {
    const text = readFileSync(README, 'utf8');

    for (const figure of [
      `$${PRICES.sqsPerMillionRequests.toFixed(2)}`,
      `$${PRICES.lambdaPerGbSecondArm}`,
      `$${PRICES.logPerGb.toFixed(2)}`,
      `$${PRICES.customMetric.toFixed(2)}`,
      `$${PRICES.alarmMetric.toFixed(2)}`,
      `$${PRICES.transitionsPerThousand} a thousand transitions`,
      `**Decision events**: $${PRICES.customEventsPerMillion.toFixed(2)} a million`,
      `its metric and its alarm add $${(PRICES.customMetric + PRICES.alarmMetric).toFixed(2)}`,
      `${WORK.sqsRequestsPerMessage} requests`,
      `${WORK.secondsPerMessage * 1000} ms`,
    ])
      expect.soft(text).toContain(figure);
  });
});

/** What the stack is charged for each month, whatever happens. */
function deployed() {
  const { alarms } = synthesize({ rulesDir: writeRules() }).resources;
  const alarmMetrics = alarms.flatMap(({ metrics }) =>
    metrics.filter(({ kind }) => kind === 'statistic'),
  ).length;
  const source = readFileSync(
    new URL('../../lib/infrastructure/observability/metrics.ts', import.meta.url),
    'utf8',
  );
  const customMetrics = source.match(/^ {2}\| '\w+'/gm)?.length ?? 0;
  return { alarms: alarms.length, alarmMetrics, customMetrics };
}

function percent(share: number): string {
  return `${+(share * 100).toFixed(1)} %`;
}
