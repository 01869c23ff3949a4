import type { DecidedBlock, DecidedRecord } from '../decide/decide-block.ts';
import type { Verdict } from '../decide/verdict.ts';
import { isSightChange } from '../hiding.ts';
import type { ReadFault } from '../read/block.ts';
import type { InvalidInput } from '../read/findings-of-block.ts';
import type { ChangedFinding, Comparison } from '../simulation-report.ts';
import { type CallFigures, createCallCounter } from './calls.ts';
import { createChangedRows } from './changed-rows.ts';
import { createColumn } from './column.ts';
import { type FirstFew, withMore } from './first-few.ts';
import { flatMapped } from './flat-mapped.ts';
import { createIdentityTable } from './identity-table.ts';
import { createSightChanges } from './sight-changes.ts';
import { createVerdictTable } from './verdict-table.ts';

/** Everything that was counted, with each finding by its newest state. */
export interface Counted {
  readonly distinct: number;
  readonly duplicates: number;
  readonly invalid: FirstFew<InvalidInput>;
  readonly faults: FirstFew<ReadFault>;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Made anew whenever they are gone through. */
  readonly verdicts: Iterable<CountedVerdict>;
  readonly calls: CallFigures;
  readonly baseCalls: CallFigures;
  readonly rows: readonly ChangedFinding[];
  readonly spread: Comparison['spread'];
}

/**
 * A verdict with the number of findings that have it, never 0, and when the newest of them was updated: −Infinity where
 * none says it.
 */
export type CountedVerdict = readonly [verdict: Verdict, findings: number, latestMs: number];

export interface Tally {
  /** Blocks come in input order, whoever decided them. `decider` numbers its verdicts by itself. */
  readonly addBlock: (block: DecidedBlock, decider: number) => void;
  readonly addFault: (fault: ReadFault) => void;
  /** Findings read so far. */
  readonly read: () => number;
  readonly superseded: () => number;
  /** Whether the record with this number, in input order from 0, is the newest of its finding. */
  readonly isNewest: (snapshot: number) => boolean;
  readonly counted: () => Counted;
}

/** The verdict of a state that a newer one of the same finding replaced. */
const REPLACED = 0xffff_ffff;
const numbers = (capacity: number) => new Uint32Array(capacity);
const wideNumbers = (capacity: number) => new Float64Array(capacity);

/**
 * Counts decided findings in one pass. Of several states of one finding the newest counts (UpdatedAt; of equals the
 * later in the input). Some 50 bytes a finding are kept: its identity as 64 bits, when it was updated, the number of
 * its verdict and of its payload. That is 50 MB for a million of them. What goes out of sight or comes back costs twelve
 * bytes more, for its account.
 */
export function createTally(): Tally {
  const table = createIdentityTable();
  const verdictOf = createColumn(numbers);
  const updatedMs = createColumn(wideNumbers);
  const payload = createColumn(wideNumbers);
  const basePayload = createColumn(wideNumbers);
  const verdicts = createVerdictTable();
  const ofDecider: number[][] = [];
  const rows = createChangedRows();
  const sightChanges = createSightChanges();
  let [duplicates, superseded] = [0, 0];
  let invalid: FirstFew<InvalidInput> = { count: 0, first: [] };
  let faults: FirstFew<ReadFault> = { count: 0, first: [] };
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  const replace = (snapshot: number): void => {
    const verdict = verdicts.namelessAt(verdictOf.at(snapshot));
    if (verdict?.change) rows.drop(snapshot, verdict.change, verdict.severity);
    verdictOf.set(snapshot, REPLACED);
    superseded += 1;
  };

  /** The number of the record, and whether it is the newest of its finding up to here. */
  const addRecord = (record: DecidedRecord, verdict: number): boolean => {
    const snapshot = verdictOf.length();
    const [low, high] = record.identity;
    const before = table.findOrPut(low, high, snapshot);
    if (before !== null) duplicates += 1;
    const isNewest = before === null || record.updatedMs >= updatedMs.at(before);
    if (before !== null && isNewest) {
      replace(before);
      table.replace(low, high, snapshot);
    }
    if (!isNewest) superseded += 1;
    verdictOf.push(isNewest ? verdict : REPLACED);
    updatedMs.push(record.updatedMs);
    if (isNewest && isSightChange(verdicts.namelessAt(verdict)?.change ?? null))
      sightChanges.add(snapshot, record.account);
    payload.push(record.payload);
    basePayload.push(record.basePayload);
    if (Number.isFinite(record.updatedMs)) {
      fromMs = Math.min(fromMs, record.updatedMs);
      toMs = Math.max(toMs, record.updatedMs);
    }
    return isNewest;
  };

  const countAll = () => {
    const findings = numbers(verdicts.length());
    const latest = wideNumbers(verdicts.length()).fill(Number.NEGATIVE_INFINITY);
    const [calls, baseCalls] = [createCallCounter(), createCallCounter()];
    for (let snapshot = 0; snapshot < verdictOf.length(); snapshot += 1) {
      const number = verdictOf.at(snapshot);
      if (number === REPLACED) continue;
      findings[number] = (findings[number] ?? 0) + 1;
      latest[number] = Math.max(latest[number] ?? Number.NEGATIVE_INFINITY, updatedMs.at(snapshot));
      calls.add(payload.at(snapshot));
      baseCalls.add(basePayload.at(snapshot));
    }
    const countedAt = ([number, count]: readonly [number, number]): readonly CountedVerdict[] =>
      count === 0 ? [] : [[verdicts.at(number), count, latest[number] ?? Number.NEGATIVE_INFINITY]];
    return {
      verdicts: flatMapped({ [Symbol.iterator]: () => findings.entries() }, countedAt),
      calls: calls.figures(),
      baseCalls: baseCalls.figures(),
    };
  };

  return {
    addBlock(block, decider) {
      ofDecider[decider] ??= [];
      const known = ofDecider[decider] ?? [];
      for (const verdict of block.newVerdicts) known.push(verdicts.numberOf(verdict));
      const rowOf = new Map(block.changed);
      for (const [index, record] of block.records.entries()) {
        const isNewest = addRecord(record, known[record.verdict] ?? REPLACED);
        const row = rowOf.get(index);
        if (isNewest && row !== undefined) rows.add(verdictOf.length() - 1, row);
      }
      invalid = withMore(invalid, block.invalid);
      faults = withMore(faults, block.faults);
    },
    addFault(fault) {
      faults = withMore(faults, [fault]);
    },
    read: () => verdictOf.length() + invalid.count,
    superseded: () => superseded,
    isNewest: (snapshot) => verdictOf.at(snapshot) !== REPLACED,
    counted: () => ({
      distinct: verdictOf.length() - duplicates,
      duplicates,
      invalid,
      faults,
      fromMs: Number.isFinite(fromMs) ? fromMs : null,
      toMs: Number.isFinite(toMs) ? toMs : null,
      rows: rows.all(),
      spread: sightChanges.counted(
        (snapshot) => (verdictOf.at(snapshot) === REPLACED ? null : verdicts.at(verdictOf.at(snapshot))),
        (snapshot) => updatedMs.at(snapshot),
      ),
      ...countAll(),
    }),
  };
}
