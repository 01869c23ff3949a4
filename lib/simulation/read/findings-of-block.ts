import type { Finding } from '../../findings/finding.ts';
import { type InputItem, itemsOf } from '../../findings/input-items.ts';
import { identityFault, readValue } from '../../findings/read-event.ts';
import type { TriageEvent } from '../../findings/triage-event.ts';
import { type Block, placeOf, type ReadFault } from './block.ts';

/** A finding with the event it came in, or would come in. */
export interface ReadFinding {
  readonly finding: Finding;
  readonly event: TriageEvent;
}

/** A finding without a usable identity: no call could name it. */
export interface InvalidInput {
  readonly kind: 'invalid';
  readonly place: string;
  readonly message: string;
}

const IMPORTED: TriageEvent = { detailType: 'Security Hub Findings - Imported' };

/** Parses the texts of a block; what is no JSON, no finding, or has no identity comes in its place. */
export function* findingsOf(block: Block): Generator<ReadFinding | InvalidInput | ReadFault, void> {
  const bytes = Buffer.from(block.bytes.buffer, block.bytes.byteOffset, block.bytes.length);
  let start = 0;
  for (const [index, end] of block.ends.entries()) {
    const text = bytes.toString('utf8', start, end);
    start = end;
    if (!/\S/.test(text)) continue;
    const value = parse(text);
    if (value === undefined) yield { kind: 'fault', place: placeOf(block, index), message: 'is not JSON' };
    else yield* findingsIn(value, placeOf(block, index));
  }
}

function* findingsIn(value: unknown, place: string): Generator<ReadFinding | InvalidInput | ReadFault, void> {
  for (const item of itemsOf(value, place)) {
    if (!('findings' in item))
      yield { kind: 'fault', place: item.place, message: `is ${item.is}, not a finding` };
    else if (item.event === undefined) yield* item.findings.map((one) => readOne(one, IMPORTED, item.place));
    else yield* findingsOfEvent(item, item.event);
  }
}

function* findingsOfEvent(
  { place }: InputItem,
  value: unknown,
): Generator<ReadFinding | InvalidInput | ReadFault, void> {
  const reading = readValue(value);
  // Other events of Security Hub carry no findings: the function acknowledges them, and so do we.
  if (reading.kind === 'ignored') return;
  if (reading.kind === 'malformed')
    yield { kind: 'fault', place, message: `is an event that cannot be read: ${reading.message}` };
  else {
    for (const finding of reading.findings) yield { finding, event: reading.event };
    for (const { message } of reading.invalid) yield { kind: 'invalid', place, message };
  }
}

function readOne(finding: unknown, event: TriageEvent, place: string): ReadFinding | InvalidInput {
  const message = identityFault(finding);
  return message === null ? { finding: finding as Finding, event } : { kind: 'invalid', place, message };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
