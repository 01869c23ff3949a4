import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire, without what differs from one moment to the next. */
export interface RecordedRequest {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RecordingProxy {
  readonly endpoint: string;
  /** What came since this was last asked. */
  take(): readonly RecordedRequest[];
  /** Answers by itself from now on, instead of passing on. */
  answer(reply: { readonly status: number; readonly errorType: string }): void;
  close(): Promise<void>;
}

/** Stands before a local service and keeps what it is asked. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  let requests: RecordedRequest[] = [];
  let scripted: { status: number; errorType: string } | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    requests.push({
      line: `${request.method} ${request.url}`,
      headers: lasting(request.headers),
      body,
    });
    if (scripted !== null) {
      response.writeHead(scripted.status, {
        'content-type': 'application/json',
        'x-amzn-errortype': scripted.errorType,
      });
      response.end(
        JSON.stringify({ __type: scripted.errorType, Message: 'scripted', Code: scripted.errorType }),
      );
      return;
    }
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: passedOn(request.headers),
      body,
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    answer: (reply) => {
      scripted = reply;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A signature depends on the time; what it signs does not. */
function lasting(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { 'x-amz-date': _date, 'amz-sdk-invocation-id': _id, ...rest } = headers;
  const authorization = rest.authorization?.replace(/\d{8}\//, '').replace(/Signature=[0-9a-f]{64}/, '');
  return { ...rest, ...(authorization !== undefined && { authorization }) };
}

function passedOn(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
