import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came over the wire. */
export interface ReceivedCall {
  /** `PATCH /findings/batchupdate`, or the target of a JSON protocol, e.g. `AmazonSQS.SendMessageBatch`. */
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads from a request is the test's business
  readonly body: any;
}

/** What to answer; `hang` never answers, `reset` cuts the connection. */
export type Answer =
  | 'hang'
  | 'reset'
  | { readonly status?: number; readonly error?: string; readonly text?: string; readonly json?: unknown };

export interface ScriptedAws {
  readonly endpoint: string;
  readonly calls: ReceivedCall[];
  /** Replaces what the server answers. */
  script(answer: (call: ReceivedCall, position: number) => Answer): void;
  close(): Promise<void>;
}

/** An HTTP server that says exactly what a test wants the service to say, to the real SDK clients. */
export async function startScriptedAws(): Promise<ScriptedAws> {
  const calls: ReceivedCall[] = [];
  let answer: (call: ReceivedCall, position: number) => Answer = () => ({ status: 500 });
  const server = createServer(async (request, response) => {
    const target = request.headers['x-amz-target'];
    const text = await readText(request);
    const call = {
      operation: typeof target === 'string' ? target : `${request.method} ${request.url}`,
      body: text === '' ? null : JSON.parse(text),
    };
    calls.push(call);
    give(answer(call, calls.length - 1), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    script: (next) => {
      answer = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function give(answer: Answer, response: ServerResponse): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.destroy();
    return;
  }
  const { status = answer.error === undefined ? 200 : 400, error, text, json } = answer;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(error !== undefined && { 'x-amzn-errortype': error }),
  });
  const body = error === undefined ? (json ?? {}) : { Message: error, Code: error, __type: error };
  response.end(text ?? JSON.stringify(body));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
