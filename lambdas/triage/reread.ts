import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { UpdateResult } from '../../lib/triage/settle.ts';
import type { CallFailure, CallResult } from './call-failure.ts';
import type { FindingPage } from './finding-page.ts';
import { callPaced, type Pace } from './paced-call.ts';
import type { SecurityHub } from './security-hub.ts';

/** A finding as it stands now, or why that cannot be known. */
export type Reread =
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'blocked'; readonly result: UpdateResult };

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html: 20 values a filter. */
const IDENTIFIERS_PER_CALL = 20;

/** Findings that are asked for together. */
interface Part {
  readonly identifiers: readonly FindingIdentifier[];
  /** A reply before this one did not hold them. */
  readonly isSecond: boolean;
}

/**
 * Reads findings again, each of which ends as found or blocked, by finding key. One that two replies do not hold is
 * gone: it cannot be updated, and is dead-lettered as `FindingNotFound`. One that could not be read goes back to the
 * queue undecided.
 */
export async function rereadFindings(
  identifiers: readonly FindingIdentifier[],
  hub: SecurityHub,
  pace: Pace,
): Promise<ReadonlyMap<string, Reread>> {
  const reread = new Map<string, Reread>();
  const waiting: Part[] = [];
  for (let at = 0; at < identifiers.length; at += IDENTIFIERS_PER_CALL)
    waiting.push({ identifiers: identifiers.slice(at, at + IDENTIFIERS_PER_CALL), isSecond: false });

  let stopped: CallFailure | null = null;
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const found = new Map<string, Finding>();
    const asked = part.identifiers;
    const failure: CallFailure | null = stopped ?? (await readPages(asked, found, hub, pace));
    // Reading is rare and its quota small: after an outage or throttling the rest waits for the next time.
    if (failure !== null && failure.kind !== 'refused') stopped = failure;
    if (failure?.kind === 'refused' && asked.length > 1) {
      const middle = Math.ceil(asked.length / 2);
      const halves = [asked.slice(0, middle), asked.slice(middle)];
      waiting.unshift(...halves.map((half) => ({ ...part, identifiers: half })));
      continue;
    }
    for (const [key, finding] of found) reread.set(key, { kind: 'found', finding });
    const missing = asked.filter((identifier) => !found.has(findingKey(identifier)));
    if (failure === null && !part.isSecond && missing.length > 0)
      waiting.push({ identifiers: missing, isSecond: true });
    else block(missing, failure, reread);
  }
  return reread;
}

/** The two filters are judged each on its own, so findings nobody asked for may come and pages may follow. */
async function readPages(
  part: readonly FindingIdentifier[],
  found: Map<string, Finding>,
  hub: SecurityHub,
  pace: Pace,
): Promise<CallFailure | null> {
  let nextToken: string | null = null;
  do {
    const token: string | null = nextToken;
    const page: CallResult<FindingPage> = await callPaced(
      (timeoutMs) => hub.read(part, token, timeoutMs),
      pace,
    );
    if (page.kind !== 'answered') return page;
    for (const finding of page.reply.findings) found.set(findingKey(finding), finding);
    nextToken = page.reply.nextToken;
  } while (nextToken !== null && part.some((identifier) => !found.has(findingKey(identifier))));
  return null;
}

function block(
  identifiers: readonly FindingIdentifier[],
  failure: CallFailure | null,
  reread: Map<string, Reread>,
): void {
  const result = failure === null ? GONE : blockedBy(failure);
  for (const identifier of identifiers) reread.set(findingKey(identifier), { kind: 'blocked', result });
}

function blockedBy({ kind, cause }: CallFailure): UpdateResult {
  return { kind: kind === 'refused' ? 'deadLettered' : 'returned', cause };
}

const GONE: UpdateResult = {
  kind: 'deadLettered',
  cause: { code: 'FindingNotFound', message: 'Security Hub no longer has this finding' },
};
