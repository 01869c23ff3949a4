import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Input } from './input.ts';
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
}

const TARGET = /^AmazonSQS\.(\w+)$/;
const CREDENTIAL = /^AWS4-HMAC-SHA256 .*Credential=([^/,\s]+)\//;
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
  const { port = 0, timeScale = 1 } = options;
  const server = createServer((request, response) => {
    answer(service, timeScale, request, response).catch((error: unknown) => {
      // A bug, or a policy that cannot be judged: the caller sees what it is.
      if (response.headersSent || response.destroyed) response.destroy();
      else reply(response, refuse('InternalError', String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  service.setEndpoint(endpoint);
  return {
    endpoint,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  service: QueueService,
  timeScale: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const operation = TARGET.exec(String(request.headers['x-amz-target']))?.[1];
  const accessKeyId = CREDENTIAL.exec(request.headers.authorization ?? '')?.[1];
  const input = await readJson(request);
  if (isRefusal(input)) return reply(response, input);
  if (operation === undefined) {
    return reply(
      response,
      refuse('InvalidAction', 'X-Amz-Target names no action: only the JSON protocol is spoken here.'),
    );
  }
  const attempt = () => service.call(operation, accessKeyId, input);
  if (operation !== 'ReceiveMessage') return reply(response, attempt());
  const waitMs = service.receiveWaitSeconds(input) * 1000 * timeScale;
  const result = await waitForMessages(service, attempt, waitMs, () => response.destroyed);
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
