import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { Caller, Delivery } from '../../lib/local/security-hub/contract.ts';
import type { CustomActionEvent } from '../../lib/local/security-hub/custom-action-event.ts';
import type { ImportedEvent } from '../../lib/local/security-hub/imported-event.ts';
import type { Operation } from '../../lib/local/security-hub/limits.ts';
import { createSecurityHub } from '../../lib/local/security-hub/security-hub.ts';
import type { By, Change } from './ledger.ts';
import type { Readings } from './schedule.ts';
import { ACCOUNT, REGION } from './workload/population.ts';

/** Security Hub of the local account, with a record of every change and its author. */
export interface Hub {
  readonly call: (by: By, operation: Operation, request: unknown, caller?: Caller) => HubAnswer;
  /** Makes one finding come back unprocessed in the next update that names it. */
  readonly failNext: (finding: Finding | { Id: string; ProductArn: string }, code: string) => void;
  /** Lets the next update take so long; its findings are in use meanwhile. */
  readonly slowNext: (delayMs: number) => void;
  /** Forgets what was asked for and has not happened. */
  readonly failNoMore: () => void;
  readonly find: (key: string) => Finding | undefined;
  readonly findings: () => readonly Finding[];
  /** A person presses one of the console's buttons on a finding. */
  readonly press: (finding: Finding, actionId: string, name: string) => void;
  /** Emits a finding's event as it stands. */
  readonly emit: (finding: Finding) => void;
}

export interface HubAnswer {
  readonly delivery: Delivery;
  readonly changes: readonly Change[];
}

export function createHub(options: {
  readonly readings: Readings;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly emit: (event: ImportedEvent | CustomActionEvent) => void;
  readonly onChange: (change: Change) => void;
}): Hub {
  const { readings, nowMs, newId, emit, onChange } = options;
  const hub = createSecurityHub({
    ...{ accountId: ACCOUNT, region: REGION, now: nowMs, emit, newId },
    ...{ maps: readings.maps, emitNoOp: readings.emitNoOp, throttledAs: readings.throttledAs },
  });
  let known: readonly Finding[] = [];
  const places = new Map<string, number>();

  return {
    call(by, operation, request, caller) {
      const delivery = hub.call(operation, request, caller);
      const changes: Change[] = [];
      if (operation === 'GetFindings') return { delivery, changes };
      const now = hub.findings();
      for (const [place, after] of now.entries()) {
        const before = known[place] ?? null;
        if (before === after) continue;
        const key = findingKey(after);
        places.set(key, place);
        changes.push({ atMs: nowMs(), by, key, before, after });
      }
      known = now;
      for (const change of changes) onChange(change);
      return { delivery, changes };
    },
    failNext: (finding, code) => hub.faults.fail(finding, code),
    slowNext: (delayMs) => hub.faults.delayCalls(delayMs),
    failNoMore: () => hub.faults.clear(),
    find: (key) => known[places.get(key) ?? -1],
    findings: () => known,
    press: (finding, actionId, name) => {
      const arn = `arn:aws:securityhub:${REGION}:${ACCOUNT}:action/custom/${actionId}`;
      hub.press({ arn, name, description: name }, finding);
    },
    emit: (finding) => {
      hub.emitImported(finding);
    },
  };
}

/** Whether two states of a finding differ in anything that a person can see. */
export function differ(one: Finding, other: Finding): boolean {
  // States share what an update leaves alone.
  const members = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...members].some(
    (member) => one[member] !== other[member] && !isDeepStrictEqual(one[member], other[member]),
  );
}
