import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { RecordedCall } from '../../lib/local/security-hub/security-hub.ts';
import { findingTitled, type Range } from './range.ts';

/** How long a person's change can still be overwritten, and what became of changes before, inside and after. */
export interface WindowFigures {
  readonly findings: number;
  /** From the snapshot that a decision stands on to the update's arrival, in milliseconds. */
  readonly medianMs: number;
  readonly longestMs: number;
  readonly before: Kept;
  readonly inside: Kept;
  readonly after: Kept;
}

interface Kept {
  readonly changes: number;
  readonly kept: number;
}

/**
 * Events of an hour ago, so that Security Hub is asked again and its answer is the snapshot. A person resolves the first
 * third of the findings just before that question, the second just before the update arrives, the last when all is over.
 */
export async function measureWindow(range: Range, run: string, count: number): Promise<WindowFigures> {
  const { account } = range;
  const { hub } = account;
  const findings = Array.from({ length: count }, (_, n) => findingTitled('notify', `${run}-${n}`));
  const third = Math.floor(count / 3);
  const [early, inside, late] = [
    findings.slice(0, third),
    findings.slice(third, 2 * third),
    findings.slice(2 * third),
  ];
  const firstCall = hub.calls().length;
  const pending = { read: true, update: true };
  range.strike(({ operation }) => {
    if (operation === 'GetFindings' && pending.read) {
      pending.read = false;
      resolve(range, early);
    }
    if (operation === 'BatchUpdateFindings' && pending.update) {
      pending.update = false;
      resolve(range, inside);
    }
    return undefined;
  });
  range.import(findings, 3_600_000);
  await account.settle();
  range.strike(undefined);
  resolve(range, late);
  await account.settle();

  const windows = windowsOf(hub.calls().slice(firstCall), findings).toSorted((a, b) => a - b);
  return {
    findings: windows.length,
    medianMs: windows[Math.floor(windows.length / 2)] ?? Number.NaN,
    longestMs: windows.at(-1) ?? Number.NaN,
    before: keptOf(range, early),
    inside: keptOf(range, inside),
    after: keptOf(range, late),
  };
}

/** A person's change in the console; it emits events like any other. */
function resolve({ account }: Range, findings: readonly Finding[]): void {
  for (let at = 0; at < findings.length; at += 100)
    account.hub.call('BatchUpdateFindings', {
      FindingIdentifiers: findings.slice(at, at + 100).map(({ Id, ProductArn }) => ({ Id, ProductArn })),
      Workflow: { Status: 'RESOLVED' },
    });
}

function keptOf({ account }: Range, findings: readonly Finding[]): Kept {
  const status = new Map(
    account.hub.findings().map(({ Id, Workflow }) => [Id, (Workflow as { readonly Status?: string }).Status]),
  );
  return {
    changes: findings.length,
    kept: findings.filter(({ Id }) => status.get(Id) === 'RESOLVED').length,
  };
}

function windowsOf(calls: readonly RecordedCall[], findings: readonly Finding[]): readonly number[] {
  const wanted = new Set(findings.map(findingKey));
  const readAtMs = new Map<string, number>();
  const windows: number[] = [];
  for (const { at, operation, request, reply } of calls) {
    const atMs = Date.parse(at);
    if (operation === 'GetFindings')
      for (const finding of listOf(reply, 'Findings')) readAtMs.set(findingKey(finding), atMs);
    const isOurs = JSON.stringify(request).includes('triageSet');
    for (const finding of operation === 'BatchUpdateFindings' && isOurs
      ? listOf(request, 'FindingIdentifiers')
      : []) {
      const readMs = readAtMs.get(findingKey(finding));
      if (readMs !== undefined && wanted.has(findingKey(finding))) windows.push(atMs - readMs);
    }
  }
  return windows;
}

function listOf(value: unknown, member: string): readonly FindingIdentifier[] {
  const list = (value as Readonly<Record<string, unknown>> | null)?.[member];
  return Array.isArray(list) ? list : [];
}
