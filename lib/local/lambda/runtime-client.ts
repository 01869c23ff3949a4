import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** One polled event, as the runtime sees it. */
export interface PolledInvocation {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  readonly payload: string;
}

/** The function side of the runtime API. */
export interface RuntimeClient {
  readonly next: () => Promise<PolledInvocation>;
  readonly respond: (requestId: string, payload: string) => Promise<void>;
  readonly fail: (requestId: string, error: unknown) => Promise<void>;
  readonly failInit: (error: unknown) => Promise<void>;
}

/** A client of the runtime API at `address` (host:port). Rejects when the server is gone: so is the environment. */
export function runtimeClient(address: string): RuntimeClient {
  // node:http and not fetch, whose header timeout of five minutes would break a poll of an idle function.
  const agent = new Agent({ keepAlive: true });
  const root = `http://${address}/2018-06-01/runtime`;
  async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<void> {
    await exchange(agent, 'POST', root + path, body, headers);
  }
  return {
    async next() {
      const { headers, body } = await exchange(agent, 'GET', `${root}/invocation/next`);
      return {
        requestId: String(headers['lambda-runtime-aws-request-id']),
        deadlineMs: Number(headers['lambda-runtime-deadline-ms']),
        functionArn: String(headers['lambda-runtime-invoked-function-arn']),
        traceId: String(headers['lambda-runtime-trace-id']),
        payload: body,
      };
    },
    respond: (requestId, payload) => post(`/invocation/${requestId}/response`, payload),
    fail: (requestId, error) => post(`/invocation/${requestId}/error`, ...errorParts(error)),
    failInit: (error) => post('/init/error', ...errorParts(error)),
  };
}

/** The error's JSON as the runtime API takes it. */
export function errorJson(error: unknown): string {
  return error instanceof Error
    ? JSON.stringify({
        errorType: error.name,
        errorMessage: error.message,
        trace: (error.stack ?? '').split('\n'),
      })
    : JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
}

function errorParts(error: unknown): [body: string, headers: Record<string, string>] {
  const type = error instanceof Error ? error.name : typeof error;
  // A header takes no control characters, an error's name may hold any.
  return [errorJson(error), { 'lambda-runtime-function-error-type': type.replace(/[^\x20-\x7e]/g, '?') }];
}

function exchange(
  agent: Agent,
  method: string,
  url: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<{ headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, agent, headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () =>
        resolve({ headers: reply.headers, body: Buffer.concat(chunks).toString('utf8') }),
      );
      reply.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}
