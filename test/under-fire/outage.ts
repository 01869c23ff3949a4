import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { Finding } from '../../lib/findings/finding.ts';
import { evidenceOf, judgeRun, type RunVerdict } from './judge-run.ts';
import { findingTitled, type Range } from './range.ts';

export interface OutageFigures {
  readonly outageHours: number;
  readonly findings: number;
  /** Messages that SQS moved to the dead-letter queue because their receipts ran out. */
  readonly deadLetters: number;
  /** Of the account's time, from the end of the outage until the ingest queue was empty. */
  readonly drainMinutes: number;
  readonly invocations: number;
  /** Findings on which a person acted during the outage, and those of them that still stand as that person left them. */
  readonly overridden: number;
  readonly kept: number;
  /** After what was dead-lettered has been redriven. */
  readonly verdict: RunVerdict;
}

const HOUR_MS = 3_600_000;

/**
 * Security Hub fails every call for so many hours of the account's time while events come in, one after the other over
 * the first half of it. A person changes every third finding meanwhile, in the console, which is of the same service and
 * here works. Afterwards the redrive role moves back what SQS dead-lettered.
 *
 * The function's own clock is not compressed: the events say that they are as old as they will be when the outage ends,
 * so that they are read again before they are decided, as they would be.
 */
export async function outlastOutage(
  range: Range,
  run: string,
  hours: number,
  count: number,
): Promise<OutageFigures> {
  const { account, lambda } = range;
  const { hub } = account;
  const findings = Array.from({ length: count }, (_, n) =>
    findingTitled(n % 2 === 0 ? 'notify' : 'lower', `${run}-${n}`),
  );
  const before = { calls: hub.calls().length, invocations: lambda.invocations().length };
  const startMs = account.now();
  const endMs = startMs + hours * HOUR_MS;
  hub.seed(findings);
  breakDown(range);

  for (const [n, finding] of findings.entries()) {
    await reach(range, startMs + ((endMs - startMs) / 2) * (n / count));
    range.import([finding], hours * HOUR_MS);
  }
  await reach(range, endMs);
  hub.faults.clear();
  const persons = findings.filter((_, n) => n % 3 === 0);
  for (const { Id, ProductArn } of persons)
    hub.call('BatchUpdateFindings', {
      FindingIdentifiers: [{ Id, ProductArn }],
      Workflow: { Status: 'RESOLVED' },
      VerificationState: 'TRUE_POSITIVE',
    });
  const recoveredMs = account.now();
  await account.settle(300_000);
  const drainMinutes = (account.now() - recoveredMs) / 60_000;
  const deadLetters = account.queues.peek(range.deadLetterQueue).length;
  await redrive(range);
  await account.settle(300_000);

  const standing = new Map(hub.findings().map((finding) => [finding.Id, finding]));
  return {
    ...{ outageHours: hours, findings: count, deadLetters, drainMinutes },
    invocations: lambda.invocations().length - before.invocations,
    overridden: persons.length,
    kept: persons.filter(({ Id }) => isAsLeft(standing.get(Id))).length,
    verdict: judgeRun(evidenceOf(range, before.calls), findings, range.ruleset),
  };
}

function breakDown({ account }: Range): void {
  for (const operation of ['BatchUpdateFindings', 'GetFindings'] as const)
    account.hub.faults.failCalls('InternalException', 500, { operation, times: Number.POSITIVE_INFINITY });
}

/** Waits until the account's clock has come so far; it leaps only while nothing is being invoked. */
async function reach({ account }: Range, untilMs: number): Promise<void> {
  while (account.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 2));
}

function isAsLeft(finding: Finding | undefined): boolean {
  const { Status } = (finding?.Workflow ?? {}) as { readonly Status?: string };
  return Status === 'RESOLVED' && finding?.VerificationState === 'TRUE_POSITIVE';
}

/** As an operator does it: a message move task, made as the redrive role. */
async function redrive({ account, ingestQueue, deadLetterQueue }: Range): Promise<void> {
  const arn = account.resources.roles.find(({ logicalId }) => logicalId.includes('RedriveRole'))?.arn ?? '';
  const sqs = new SQSClient({
    endpoint: account.endpoints.sqs,
    region: account.region,
    credentials: { ...account.principals.credentialsOf(arn) },
  });
  await sqs.send(
    new StartMessageMoveTaskCommand({
      SourceArn: account.queues.queueArn(deadLetterQueue),
      DestinationArn: account.queues.queueArn(ingestQueue),
    }),
  );
  // The task goes on as time passes in the account; looking at the queue passes it.
  for (let looks = 0; looks < 2_000 && account.queues.peek(deadLetterQueue).length > 0; looks += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
}
