import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Intercept } from '../interception.ts';
import { accessKeyOf, listenOnLoopback } from '../loopback.ts';
import { type Input, isInput } from './input.ts';
import { waitForMessages } from './long-poll.ts';
import type { QueueService } from './queue-service.ts';
import { isRefusal, isSenderFault, type Refusal, refuse, wireErrorOf } from './refusal.ts';

export interface ServedQueues {
  /** `http://127.0.0.1:<port>`: the value of AWS_ENDPOINT_URL_SQS. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

export interface ServeOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Real seconds a second of the service's clock takes; shortens long polls alike. Default 1. */
  readonly timeScale?: number;
  readonly intercept?: Intercept | undefined;
  /** Told of each ReceiveMessage that was answered, with how many messages it got. */
  readonly onReceive?: (queueName: string, messages: number) => void;
}

const TARGET = /^AmazonSQS\.(\w+)$/;
/** A batch of 1 MiB grows when its JSON is escaped, at worst sixfold. */
const MAX_REQUEST_BYTES = 8 * 1_048_576;
const CONTENT_TYPE = 'application/x-amz-json-1.0';

/**
 * Serves a queue service on loopback in the JSON protocol of SQS, as the SDKs and the AWS CLI speak it.
 * Whose call it is comes from the access key in the Authorization header; signatures are not checked.
 */
export async function serveQueueService(
  service: QueueService,
  options: ServeOptions = {},
): Promise<ServedQueues> {
  const { port = 0, timeScale = 1, intercept, onReceive = () => {} } = options;
  const server = createServer((request, response) => {
    answer(service, { timeScale, intercept, onReceive }, request, response).catch((error: unknown) => {
      // A bug, or a policy that cannot be judged: the caller sees what it is.
      if (response.headersSent || response.destroyed) response.destroy();
      else reply(response, refuse('InternalError', String(error)));
    });
  });
  const { address, close } = await listenOnLoopback(server, port);
  const endpoint = `http://${address}`;
  service.setEndpoint(endpoint);
  return { endpoint, close };
}

async function answer(
  service: QueueService,
  { timeScale, intercept, onReceive }: Required<Omit<ServeOptions, 'port'>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const operation = TARGET.exec(String(request.headers['x-amz-target']))?.[1];
  const accessKeyId = accessKeyOf(request);
  const input = await readJson(request);
  if (isRefusal(input)) return reply(response, input);
  if (operation === undefined) {
    return reply(
      response,
      refuse('InvalidAction', 'X-Amz-Target names no action: only the JSON protocol is spoken here.'),
    );
  }
  const attempt = () => service.call(operation, accessKeyId, input);
  const interruption = await intercept?.({ service: 'sqs', operation, request: input });
  if (interruption !== undefined) {
    if (interruption === 'after') attempt();
    if (interruption !== 'hang') response.destroy();
    return;
  }
  if (operation !== 'ReceiveMessage') return reply(response, attempt());
  const waitMs = service.receiveWaitSeconds(input) * 1000 * timeScale;
  const result = await waitForMessages(service, attempt, waitMs, () => response.destroyed);
  if (!isRefusal(result)) {
    const queueUrl = isInput(input) ? String(input.QueueUrl) : '';
    onReceive(queueUrl.split('/').at(-1) ?? '', Array.isArray(result.Messages) ? result.Messages.length : 0);
  }
  reply(response, result);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_REQUEST_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_REQUEST_BYTES) return refuse('MalformedInput', 'The request is too large.');
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return refuse('MalformedInput', 'The request is not JSON.');
  }
}

function reply(response: ServerResponse, result: Input | Refusal): void {
  response.setHeader('content-type', CONTENT_TYPE);
  response.setHeader('x-amzn-requestid', randomUUID());
  if (!isRefusal(result)) {
    response.end(JSON.stringify(result));
    return;
  }
  const { shape, queryCode, status } = wireErrorOf(result.refused);
  const fault = isSenderFault(result.refused) ? 'Sender' : 'Receiver';
  response.writeHead(status, { 'x-amzn-query-error': `${queryCode};${fault}` });
  response.end(JSON.stringify({ __type: shape, message: result.message }));
}
