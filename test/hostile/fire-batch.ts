import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { identityFault } from '../../lib/findings/read-event.ts';
import type { Range } from '../under-fire/range.ts';

/** What the function made of a batch that was handed to it. */
export interface Fired {
  readonly ok: boolean;
  /** Positions of the messages that were not acknowledged. */
  readonly returned: readonly number[];
  /** Outcome and cause by the finding's Id, as logged. */
  readonly outcomes: ReadonlyMap<string, string>;
  /** Causes of messages that name no finding, by position. */
  readonly unread: ReadonlyMap<number, string>;
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  /** Bodies of the dead letters it sent. */
  readonly letters: readonly string[];
  readonly logs: readonly string[];
}

/** Invokes the bundle with one record a body, as the event source would. Findings that have an identity exist in the hub. */
export async function fireBatch(range: Range, bodies: readonly string[]): Promise<Fired> {
  const { account, lambda, deadLetterQueue } = range;
  account.hub.seed(bodies.flatMap(findingsIn));
  const before = {
    calls: account.hub.calls().length,
    logs: lambda.logs().length,
    letters: account.queues.peek(deadLetterQueue).length,
  };
  const Records = bodies.map((body, index) => ({
    ...{ messageId: String(index), receiptHandle: `handle-${index}`, body },
    ...{ attributes: { ApproximateReceiveCount: '1' }, eventSource: 'aws:sqs' },
  }));
  const result = await lambda.invoke(JSON.stringify({ Records }));
  const logs = lambda
    .logs()
    .slice(before.logs)
    .map(({ text }) => text);
  const lines = logs.flatMap((text) => (text.startsWith('{') ? [JSON.parse(text) as LogEntry] : []));
  const answer = result.ok ? JSON.parse(result.payload) : { batchItemFailures: [] };
  return {
    ok: result.ok,
    returned: answer.batchItemFailures.map((one: { itemIdentifier: string }) => Number(one.itemIdentifier)),
    outcomes: new Map(
      lines.filter(({ message }) => message === 'finding').map((line) => [line.Id ?? '', spoken(line)]),
    ),
    unread: new Map(
      lines
        .filter(({ message }) => message === 'message')
        .flatMap((line) => (line.messageIds ?? []).map((at) => [Number(at), spoken(line)] as const)),
    ),
    requests: account.hub
      .calls()
      .slice(before.calls)
      .filter(({ operation }) => operation === 'BatchUpdateFindings')
      .map(({ request }) => request as Readonly<Record<string, unknown>>),
    letters: account.queues
      .peek(deadLetterQueue)
      .slice(before.letters)
      .map(({ body }) => body),
    logs,
  };
}

interface LogEntry {
  readonly message?: string;
  readonly Id?: string;
  readonly outcome?: string;
  readonly cause?: string;
  readonly messageIds?: readonly string[];
}

function spoken({ outcome, cause }: LogEntry): string {
  return cause === undefined ? String(outcome) : `${outcome} ${cause}`;
}

/** Findings of a body that Security Hub could hold. */
export function findingsIn(body: string): readonly (Finding & FindingIdentifier)[] {
  try {
    const findings: unknown = JSON.parse(body)?.detail?.findings;
    if (!Array.isArray(findings)) return [];
    return (
      findings
        .filter((finding) => identityFault(finding) === null)
        // What is nested too deep to copy could not have come over the wire either.
        .map((finding) => ({ ...finding, Process: undefined }))
    );
  } catch {
    return [];
  }
}
