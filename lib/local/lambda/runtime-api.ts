import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';
import { type InvocationResult, MAX_RESPONSE_PAYLOAD_BYTES } from './invocation.ts';

/** One event on its way into the function's process. */
export interface RuntimeInvocation {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  readonly payload: string;
}

/** The server side of one execution environment. */
export interface RuntimeApi {
  /** host:port, the value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Settles with the first poll (undefined) or with the initialization error that was reported. */
  readonly initialized: Promise<InvocationResult | undefined>;
  /** Answers the waiting poll; resolves with what the runtime posts for this request. One at a time. */
  readonly deliver: (invocation: RuntimeInvocation) => Promise<InvocationResult>;
  readonly close: () => Promise<void>;
}

/**
 * Lambda's runtime API on loopback, one server for each execution environment as in the service, so that the very
 * bundle that would be deployed runs behind the very protocol.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function serveRuntimeApi(): Promise<RuntimeApi> {
  let poll: ServerResponse | undefined;
  let current: { invocation: RuntimeInvocation; settle: (result: InvocationResult) => void } | undefined;
  const initialized = Promise.withResolvers<InvocationResult | undefined>();

  function answerPoll(): void {
    if (poll === undefined || current === undefined) {
      return;
    }
    const { requestId, deadlineMs, functionArn, traceId, payload } = current.invocation;
    poll.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadlineMs),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': traceId,
    });
    poll.end(payload);
    poll = undefined;
  }

  function settle(requestId: string, result: InvocationResult): boolean {
    if (current?.invocation.requestId !== requestId) {
      return false;
    }
    const { settle } = current;
    current = undefined;
    settle(result);
    return true;
  }

  async function route(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const path = `${request.method} ${request.url}`;
    if (path === `GET ${ROOT}/invocation/next`) {
      poll = reply;
      initialized.resolve(undefined);
      answerPoll();
      return;
    }
    const body = await readBody(request);
    if (path === `POST ${ROOT}/init/error`) {
      initialized.resolve(failureOf(body));
      accept(reply);
      return;
    }
    const [, requestId = '', kind] = INVOCATION_PATH.exec(path) ?? [];
    if (kind === undefined) {
      refuse(reply, 404, 'NotFound', `No such path: ${path}.`);
    } else if (kind === 'response' && body.byteLength > MAX_RESPONSE_PAYLOAD_BYTES) {
      settle(requestId, {
        ok: false,
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_PAYLOAD_BYTES} bytes).`,
      });
      refuse(reply, 413, 'RequestEntityTooLarge', 'Exceeded maximum allowed payload size.');
    } else if (
      settle(requestId, kind === 'error' ? failureOf(body) : { ok: true, payload: body.toString('utf8') })
    ) {
      accept(reply);
    } else {
      refuse(reply, 400, 'InvalidRequestID', `No invocation ${requestId} is waiting for an answer.`);
    }
  }

  const server = createServer((request, reply) => {
    // A connection cut by the runtime's death is no event of its own: the process's exit says more.
    route(request, reply).catch(() => reply.destroy());
  });
  server.keepAliveTimeout = 0;
  const { address, close } = await listenOnLoopback(server);
  return {
    address,
    initialized: initialized.promise,
    deliver: (invocation) =>
      new Promise((resolve) => {
        current = { invocation, settle: resolve };
        answerPoll();
      }),
    close,
  };
}

const ROOT = '/2018-06-01/runtime';
const INVOCATION_PATH = new RegExp(`^POST ${ROOT}/invocation/([^/]+)/(response|error)$`);

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failureOf(body: Buffer): InvocationResult {
  const error: { errorType?: unknown; errorMessage?: unknown } = JSON.parse(body.toString('utf8'));
  return { ok: false, errorType: String(error.errorType), errorMessage: String(error.errorMessage) };
}

function accept(reply: ServerResponse): void {
  reply.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
}

function refuse(reply: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  reply
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ errorType, errorMessage }));
}
