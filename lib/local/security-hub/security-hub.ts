import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Finding, FindingIdentifier } from '../../findings/finding.ts';
import { accessesOf } from './access.ts';
import { afterRules } from './automation-rules.ts';
import { changeRules } from './change-rules.ts';
import type { Caller, RecordedCall, SecurityHub, SecurityHubOptions } from './contract.ts';
import { customActionEvent } from './custom-action-event.ts';
import { createFaults } from './faults.ts';
import { getFindings } from './get-findings.ts';
import { NEW_HUB_SETTINGS } from './hub-settings.ts';
import { importFindings } from './import-findings.ts';
import { importBreach } from './import-request.ts';
import { importedEvent } from './imported-event.ts';
import { listAt, objectAt } from './json.ts';
import { FINDING_OPERATIONS, OPERATIONS, type Operation, quotaOf } from './limits.ts';
import { CHOSEN_READINGS } from './open-readings.ts';
import { notSubscribed, readSettings } from './read-settings.ts';
import { bodyOf, done, invalidInput, type Reply, refused, statusOf } from './reply.ts';
import { customerSetOf, keyOf, type StoredFinding } from './stored-finding.ts';
import { createTokenBucket } from './token-bucket.ts';
import { unprocessed } from './unprocessed.ts';
import { updateFindings } from './update-findings.ts';
import { readUpdateRequest } from './update-request.ts';

export type { Caller, Delivery, RecordedCall, SecurityHub, SecurityHubOptions } from './contract.ts';

/** Security Hub of one account and Region as a state machine: no I/O, and time is the caller's. */
export function createSecurityHub(options: SecurityHubOptions): SecurityHub {
  const { accountId, region, partition = 'aws', now, newId = randomUUID } = options;
  const hubArn = `arn:${partition}:securityhub:${region}:${accountId}:hub/default`;
  const findings = new Map<string, StoredFinding>();
  const inUseUntilMs = new Map<string, number>();
  const calls: RecordedCall[] = [];
  let settings = NEW_HUB_SETTINGS;
  const readings = { ...CHOSEN_READINGS, ...options.readings };
  const faults = createFaults();
  const buckets = new Map(
    OPERATIONS.map((operation) => [operation, createTokenBucket(quotaOf(operation))] as const),
  );

  const envelope = () => ({ id: newId(), account: accountId, region, nowMs: now() });
  const emit = (finding: Finding): void => options.emit(importedEvent(finding, envelope()));

  const throttled = (operation: Operation): boolean =>
    options.quotas !== 'off' && buckets.get(operation)?.(now()) === false;

  const occupy = (identifiers: readonly FindingIdentifier[], delayMs: number): void => {
    for (const identifier of delayMs > 0 ? identifiers : []) {
      inUseUntilMs.set(keyOf(identifier), now() + delayMs);
    }
  };

  /** The finding as the automation rules leave it, which is how it is stored. */
  const actedOn = (finding: Finding): Finding => {
    const stored = findings.get(keyOf(finding));
    if (stored === undefined || settings.automationRules.length === 0) return finding;
    const acted = afterRules(stored, settings.automationRules, {
      maps: options.maps ?? 'replace',
      nowMs: now(),
    });
    findings.set(keyOf(finding), acted);
    return acted.finding;
  };

  const update = (request: unknown, delayMs: number): Reply => {
    const reading = readUpdateRequest(request, readings);
    if (reading.kind === 'invalid') {
      return invalidInput(reading.why);
    }
    if (reading.kind === 'unprocessed') {
      const UnprocessedFindings = reading.identifiers.map((one) => unprocessed(one, 'InvalidInput'));
      return done({ ProcessedFindings: [], UnprocessedFindings });
    }
    const { body, updated } = updateFindings(findings, reading.request, {
      nowMs: now(),
      maps: options.maps ?? 'replace',
      readings,
      failureOf: faults.failureOf,
      inUse: (key) => (inUseUntilMs.get(key) ?? 0) > now(),
    });
    occupy(body.ProcessedFindings, delayMs);
    for (const { before, after: asked } of updated) {
      const after = readings.automationRules === 'onUpdatesToo' ? actedOn(asked) : asked;
      if (options.emitNoOp !== false || !sameButTimes(before, after)) {
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
    for (const finding of imported) emit(actedOn(finding));
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
      case 'CreateAutomationRule':
      case 'BatchDeleteAutomationRules': {
        const owner = { accountId, region, partition, id: newId(), nowMs: now() };
        const changed = changeRules(operation, request, settings, owner);
        settings = changed.settings;
        return changed.reply;
      }
      default:
        return readSettings(operation, request, settings, { accountId, region, partition });
    }
  };

  const answer = (
    operation: Operation,
    request: unknown,
    caller: Caller | undefined,
    delayMs: number,
  ): Reply => {
    if (throttled(operation)) {
      return refused(options.throttledAs ?? 'TooManyRequestsException', 429, 'Too Many Requests');
    }
    const denied = accessesOf(operation, request, hubArn, readings).find(
      (access) => caller?.authorize(access) === 'denied',
    );
    if (denied !== undefined) {
      const what = `${denied.action} on resource: ${denied.resourceArn}`;
      return refused(
        'AccessDeniedException',
        403,
        `User: ${caller?.principalArn} is not authorized to perform: ${what}`,
      );
    }
    return isOfFindings(operation) && !settings.cspm
      ? notSubscribed(accountId)
      : carryOut(operation, request, delayMs);
  };

  const call: SecurityHub['call'] = (operation, request, caller) => {
    const at = new Date(now()).toISOString();
    const fate = faults.fateOf(operation);
    const record = (status: number | null, reply: unknown): void => {
      calls.push({ at, operation, request, status, reply });
    };
    if (fate.hangs) {
      record(null, null);
      return { kind: 'hang' };
    }
    const merited = fate.refusal ?? answer(operation, request, caller, fate.delayMs);
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
    press: (action, identifier) => {
      const stored = findings.get(keyOf(identifier));
      if (stored !== undefined) {
        options.emit(customActionEvent(action, stored.finding, envelope()));
      }
      return stored !== undefined;
    },
    set: (change) => {
      settings = { ...settings, ...change };
    },
    findings: () => [...findings.values()].map(({ finding }) => finding),
    calls: () => [...calls],
  };
}

function isOfFindings(operation: Operation): boolean {
  return FINDING_OPERATIONS.some((one) => one === operation);
}

function sameButTimes(before: Finding, after: Finding): boolean {
  const withoutTimes = (finding: Finding): unknown => ({
    ...finding,
    UpdatedAt: null,
    Note: { ...objectAt(finding, 'Note'), UpdatedAt: null },
  });
  return isDeepStrictEqual(withoutTimes(before), withoutTimes(after));
}
