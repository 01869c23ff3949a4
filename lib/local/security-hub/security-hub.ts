import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Finding, FindingIdentifier } from '../../findings/finding.ts';
import { type Access, accessesOf } from './access.ts';
import type { MapsReading } from './apply-update.ts';
import { createFaults, type Faults } from './faults.ts';
import { getFindings } from './get-findings.ts';
import { importFindings } from './import-findings.ts';
import { importBreach } from './import-request.ts';
import { type ImportedEvent, importedEvent } from './imported-event.ts';
import { listAt, objectAt } from './json.ts';
import { OPERATIONS, type Operation, QUOTAS } from './limits.ts';
import { done, invalidInput, type Reply, refused } from './reply.ts';
import { customerSetOf, keyOf, type StoredFinding } from './stored-finding.ts';
import { createTokenBucket } from './token-bucket.ts';
import { updateFindings } from './update-findings.ts';
import { readUpdateRequest } from './update-request.ts';

export interface SecurityHubOptions {
  readonly accountId: string;
  readonly region: string;
  readonly partition?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes every `Security Hub Findings - Imported` event. */
  readonly emit: (event: ImportedEvent) => void;
  /** Event ids; random UUIDs unless given. */
  readonly newId?: () => string;
  /** `replace` unless given. */
  readonly maps?: MapsReading;
  /** False: an update that changes nothing emits nothing. Undocumented; true unless given. */
  readonly emitNoOp?: boolean;
  /** `off` lifts the documented rates. */
  readonly quotas?: 'documented' | 'off';
  /** The error of a throttled call: `TooManyRequestsException` was seen on the wire, the model has another. */
  readonly throttledAs?: string;
}

export interface RecordedCall {
  /** ISO 8601, when the call arrived. */
  readonly at: string;
  readonly operation: Operation;
  readonly request: unknown;
  /** Null where the caller got no answer. */
  readonly status: number | null;
  /** What was answered, or would have been had the connection held; null for a call that hangs. */
  readonly reply: unknown;
}

/** What the caller gets to see of a call. */
export type Delivery =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly delayMs: number }
  | { readonly kind: 'cut'; readonly delayMs: number }
  | { readonly kind: 'hang' };

/** Says whether the caller may; a call without a gate may everything. */
export type Gate = (access: Access) => 'allowed' | 'denied';

export interface SecurityHub {
  readonly region: string;
  readonly faults: Faults;
  readonly call: (operation: Operation, request: unknown, gate?: Gate) => Delivery;
  /** Puts raw findings in as they are, without events: real ones often miss required members. */
  readonly seed: (findings: readonly Finding[]) => void;
  /** Emits the finding's event as it stands, as if its provider had just sent it; false if there is none. */
  readonly emitImported: (identifier: FindingIdentifier) => boolean;
  readonly findings: () => readonly Finding[];
  readonly calls: () => readonly RecordedCall[];
}

/** Security Hub of one account and Region as a state machine: no I/O, and time is the caller's. */
export function createSecurityHub(options: SecurityHubOptions): SecurityHub {
  const { accountId, region, now, newId = randomUUID } = options;
  const hubArn = `arn:${options.partition ?? 'aws'}:securityhub:${region}:${accountId}:hub/default`;
  const findings = new Map<string, StoredFinding>();
  const inUseUntilMs = new Map<string, number>();
  const calls: RecordedCall[] = [];
  const faults = createFaults();
  const buckets = new Map(
    OPERATIONS.map((operation) => [operation, createTokenBucket(QUOTAS[operation])] as const),
  );

  const emit = (finding: Finding): void =>
    options.emit(importedEvent(finding, { id: newId(), account: accountId, region, nowMs: now() }));

  const throttled = (operation: Operation): boolean =>
    options.quotas !== 'off' && buckets.get(operation)?.(now()) === false;

  const occupy = (identifiers: readonly FindingIdentifier[], delayMs: number): void => {
    for (const identifier of delayMs > 0 ? identifiers : []) {
      inUseUntilMs.set(keyOf(identifier), now() + delayMs);
    }
  };

  const update = (request: unknown, delayMs: number): Reply => {
    const reading = readUpdateRequest(request);
    if (reading.kind === 'invalid') {
      return invalidInput(reading.why);
    }
    const { body, updated } = updateFindings(findings, reading.request, {
      nowMs: now(),
      maps: options.maps ?? 'replace',
      failureOf: faults.failureOf,
      inUse: (key) => (inUseUntilMs.get(key) ?? 0) > now(),
    });
    occupy(body.ProcessedFindings, delayMs);
    for (const { before, after } of updated) {
      if (options.emitNoOp !== false || !sameButNoteTime(before, after)) {
        emit(after);
      }
    }
    return done(body);
  };

  const importAll = (request: unknown, delayMs: number): Reply => {
    const breach = importBreach(request);
    if (breach !== undefined) {
      return invalidInput(breach);
    }
    const at = new Date(now()).toISOString();
    const { body, imported } = importFindings(findings, listAt(request, 'Findings'), { at, region });
    occupy(imported, delayMs);
    imported.forEach(emit);
    return done(body);
  };

  const carryOut = (operation: Operation, request: unknown, delayMs: number): Reply => {
    switch (operation) {
      case 'BatchUpdateFindings':
        return update(request, delayMs);
      case 'BatchImportFindings':
        return importAll(request, delayMs);
      case 'GetFindings':
        return getFindings(findings, request, now());
      default:
        return operation satisfies never;
    }
  };

  const answer = (operation: Operation, request: unknown, gate: Gate | undefined, delayMs: number): Reply => {
    if (throttled(operation)) {
      return refused(options.throttledAs ?? 'TooManyRequestsException', 429, 'Too Many Requests');
    }
    const denied = accessesOf(operation, request, hubArn).find((access) => gate?.(access) === 'denied');
    if (denied !== undefined) {
      const what = `${denied.action} on resource: ${denied.resourceArn}`;
      return refused('AccessDeniedException', 403, `The caller is not authorized to perform: ${what}`);
    }
    return carryOut(operation, request, delayMs);
  };

  const call: SecurityHub['call'] = (operation, request, gate) => {
    const at = new Date(now()).toISOString();
    const fate = faults.fateOf(operation);
    const record = (status: number | null, reply: unknown): void => {
      calls.push({ at, operation, request, status, reply });
    };
    if (fate.hangs) {
      record(null, null);
      return { kind: 'hang' };
    }
    const merited = fate.refusal ?? answer(operation, request, gate, fate.delayMs);
    const reply = fate.replyEmpty && merited.kind === 'done' ? done({}) : merited;
    record(fate.replyDropped ? null : statusOf(reply), bodyOf(reply));
    return fate.replyDropped
      ? { kind: 'cut', delayMs: fate.delayMs }
      : { kind: 'reply', reply, delayMs: fate.delayMs };
  };

  return {
    region,
    faults: faults.door,
    call,
    seed: (raw) => {
      for (const finding of structuredClone(raw)) {
        findings.set(keyOf(finding), { finding, customerSet: customerSetOf(finding) });
      }
    },
    emitImported: (identifier) => {
      const stored = findings.get(keyOf(identifier));
      if (stored !== undefined) {
        emit(stored.finding);
      }
      return stored !== undefined;
    },
    findings: () => [...findings.values()].map(({ finding }) => finding),
    calls: () => [...calls],
  };
}

/** The HTTP status of a reply. */
export function statusOf(reply: Reply): number {
  return reply.kind === 'done' ? 200 : reply.status;
}

/** The JSON body of a reply; errors carry Message and Code as the service model says. */
export function bodyOf(reply: Reply): unknown {
  return reply.kind === 'done'
    ? reply.body
    : { Message: reply.message, Code: reply.errorType.replace(/Exception$/, '') };
}

function sameButNoteTime(before: Finding, after: Finding): boolean {
  const withoutTime = (finding: Finding): unknown => ({
    ...finding,
    Note: { ...objectAt(finding, 'Note'), UpdatedAt: null },
  });
  return isDeepStrictEqual(withoutTime(before), withoutTime(after));
}
