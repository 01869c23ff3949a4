import { Logger } from '@aws-lambda-powertools/logger';
import { describe, expect, it, vi } from 'vitest';
import type { CallFailure } from '../../../lambdas/triage/call-failure.ts';
import { countCalls } from '../../../lambdas/triage/counted-hub.ts';
import type { SecurityHub } from '../../../lambdas/triage/security-hub.ts';
import { identifiers } from './fixtures.ts';

const UPDATE = { Workflow: { Status: 'NOTIFIED' } } as const;

function failed(kind: CallFailure['kind']): CallFailure {
  return { kind, cause: { code: `${kind}Exception`, message: 'says what a finding says' } };
}

/** A hub whose calls fail one after the other as given. */
function failing(...kinds: readonly CallFailure['kind'][]): SecurityHub {
  const waiting = [...kinds];
  const next = async () => failed(waiting.shift() ?? 'late');
  return { update: next, read: next };
}

describe('countCalls', () => {
  it('counts calls, identifiers, throttling and denials of both operations', async () => {
    const log = new Logger({ logLevel: 'SILENT' });
    const { hub, count } = countCalls(
      async () => failing('throttled', 'denied', 'throttled', 'unavailable'),
      log,
    );
    const { update, read } = await hub();

    await update({ update: UPDATE, findings: identifiers(3) }, 1_000);
    await update({ update: UPDATE, findings: identifiers(2) }, 1_000);
    await read(identifiers(4), null, 1_000);
    await read(identifiers(4), 'next', 1_000);

    expect(count()).toEqual({ updateCalls: 2, sentIdentifiers: 5, readCalls: 2, throttled: 2, denied: 1 });
  });

  it('logs a denial as an error, and never what a reply says of findings', async () => {
    const log = new Logger({ logLevel: 'SILENT' });
    const lines = [vi.spyOn(log, 'debug'), vi.spyOn(log, 'error')];
    const { hub } = countCalls(async () => failing('denied'), log);

    await (await hub()).read(identifiers(1), null, 1_000);

    expect(lines.flatMap(({ mock }) => mock.calls)).toEqual([
      ['call', { operation: 'GetFindings', identifiers: 1, reply: 'denied', code: 'deniedException' }],
      ['access denied', { operation: 'GetFindings', code: 'deniedException' }],
    ]);
  });
});
