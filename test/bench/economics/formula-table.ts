import type { DecidedFinding } from '../../../lib/simulation/economics/decided-finding.ts';
import {
  countBufferedCalls,
  estimateBatchedCalls,
  estimateBufferedCalls,
} from '../../../lib/simulation/economics/estimate.ts';
import { payloadKey, payloadSizes } from '../../../lib/simulation/economics/fewest-calls.ts';
import { PAYLOAD_BYTES } from '../../../lib/simulation/economics/stack.ts';
import { DEPLOYED, playScenario } from './scenario.ts';
import type { Study } from './study.ts';
import { count, type Table } from './tables.ts';

/** Holds the two formulas against what they stand for: a buffer that nobody runs, and the batches of the stack. */
export function formulaTable({ usual }: Study): Table {
  const rows = [1, 10, 100].flatMap((rate) =>
    [30, 300].map((windowSeconds) => {
      const { figures, decided, deliveries } = playScenario(usual, rate, { windowMs: windowSeconds * 1_000 });
      const seconds = (deliveries.at(-1)?.atMs ?? 0) / 1_000;
      const sizes = payloadSizes(decided.map(({ decision }) => decision));
      const buffered = countBufferedCalls(pendingOf(decided, deliveries), windowSeconds * 1_000);
      const rule = estimateBufferedCalls(sizes, seconds, windowSeconds);
      const batched = estimateBatchedCalls(
        { sizes, messages: figures.messages, perSecond: figures.messages / seconds },
        { mostMessages: fullBatch(decided), windowSeconds, pollers: DEPLOYED.pollers },
      );
      return [
        `${rate}/s`,
        `${windowSeconds} s`,
        count(rule),
        count(buffered),
        difference(buffered, rule),
        count(batched),
        count(figures.calls),
        difference(figures.calls, batched),
      ];
    }),
  );
  const header = [
    'arrivals',
    'window',
    'buffer by formula',
    'buffer simulated',
    'difference',
    'batches by formula',
    '**batches simulated**',
    'difference',
  ];
  return { name: 'formula', header, rows };
}

/** Messages in a batch that is full by count or by payload. */
function fullBatch(decided: readonly DecidedFinding[]): number {
  const bytes = decided.reduce((sum, one) => sum + one.recordBytes + 1, 0) / decided.length;
  return Math.min(DEPLOYED.batchSize, Math.floor(PAYLOAD_BYTES / bytes));
}

function pendingOf(
  decided: readonly DecidedFinding[],
  deliveries: readonly { readonly atMs: number; readonly finding: number }[],
) {
  const seen = new Set<number>();
  return deliveries.flatMap(({ atMs, finding }) => {
    const update = decided[finding]?.decision.update ?? null;
    if (update === null || seen.has(finding)) return [];
    seen.add(finding);
    return [{ atMs, payload: payloadKey(update) }];
  });
}

function difference(simulated: number, estimated: number): string {
  const percent = Math.round((simulated / estimated - 1) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}
