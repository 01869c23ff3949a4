import { InvalidArgumentError, Option } from 'commander';
import { connectSqs } from '../../dead-letters/account/connect.ts';
import { type IngestQueue, openIngestQueue } from '../../dead-letters/account/ingest-queue.ts';
import { type LetterQueue, openLetterQueue } from '../../dead-letters/account/letter-queue.ts';
import { STACK_QUEUES, type StackQueues } from '../../dead-letters/account/stack-queues.ts';
import { readRoleArn } from '../role-arn.ts';
import { stackOption, stackOutputs, unconfigured } from '../stack-option.ts';
import { UsageError } from '../usage-error.ts';

/** Where letters are looked for, and as whom. */
export interface QueueOptions {
  readonly stack: string;
  readonly deadLetterQueue?: string;
  readonly undeliveredQueue?: string;
  readonly ingestQueue?: string;
  readonly only?: 'dead-letters' | 'undelivered';
  /** False: no role is assumed. */
  readonly role?: string | false;
}

export const QUEUE_NOTES = `
Queues and role are taken from the stack's outputs. You need
cloudformation:DescribeStacks on the stack and sts:AssumeRole on its redrive role,
which may read both queues and send to the ingest queue. Without the first, name
the queues; --no-role works with your own rights.
Account, Region and endpoints are those of the AWS SDK: AWS_PROFILE or
credentials, AWS_REGION, AWS_ENDPOINT_URL_….`;

export function queueOptions(): readonly Option[] {
  return [
    stackOption(),
    new Option('--dead-letter-queue <url>', 'in place of a stack').argParser(readUrl),
    new Option('--undelivered-queue <url>', 'in place of a stack').argParser(readUrl),
    new Option('--only <queue>', 'one of the two queues').choices(['dead-letters', 'undelivered']),
    new Option('--role <arn>', "role to assume for SQS (default: the stack's redrive role)").argParser(
      readRoleArn,
    ),
    new Option('--no-role', 'use your own credentials for SQS'),
  ];
}

export const ingestQueueOption = () =>
  new Option('--ingest-queue <url>', 'in place of a stack').argParser(readUrl);

export interface OpenQueues {
  readonly queues: readonly LetterQueue[];
  /** Null where the queues were named and it was not. */
  readonly ingest: IngestQueue | null;
  readonly close: () => void;
}

/** Finds the queues and takes on the role. Throws UsageError where something is missing, CallFailed where it is denied. */
export async function openQueues(options: QueueOptions): Promise<OpenQueues> {
  const named = [options.deadLetterQueue, options.undeliveredQueue, options.ingestQueue];
  const found: Partial<StackQueues> = named.every((url) => url === undefined)
    ? await stackOutputs(options.stack, STACK_QUEUES, 'or the queues by their URLs')
    : {
        ...(options.deadLetterQueue !== undefined && { deadLetter: options.deadLetterQueue }),
        ...(options.undeliveredQueue !== undefined && { undelivered: options.undeliveredQueue }),
        ...(options.ingestQueue !== undefined && { ingest: options.ingestQueue }),
      };
  const { role, only } = options;
  const connection = await connectSqs(role === false ? null : (role ?? found.redriveRole ?? null));
  if (connection.kind === 'unconfigured') throw unconfigured(connection.why);
  const { client } = connection;
  const queues = [
    ...(found.deadLetter !== undefined && only !== 'undelivered'
      ? [openLetterQueue(client, 'dead letters', found.deadLetter)]
      : []),
    ...(found.undelivered !== undefined && only !== 'dead-letters'
      ? [openLetterQueue(client, 'undelivered events', found.undelivered)]
      : []),
  ];
  if (queues.length === 0)
    throw new UsageError(
      'Name a queue: --dead-letter-queue <url>, --undelivered-queue <url>, or --stack <name>.',
    );
  return {
    queues,
    ingest: found.ingest === undefined ? null : openIngestQueue(client, found.ingest),
    close: () => client.destroy(),
  };
}

function readUrl(text: string): string {
  if (/^https?:\/\/[^/\s]+\/\d{12}\/[\w-]{1,80}$/.test(text)) return text;
  throw new InvalidArgumentError(
    'A queue is named by its URL, https://sqs.<region>.amazonaws.com/<account>/<name>.',
  );
}
