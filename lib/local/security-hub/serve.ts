import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Intercept } from '../interception.ts';
import { listenOnLoopback } from '../loopback.ts';
import type { Access } from './access.ts';
import type { Caller, SecurityHub } from './contract.ts';
import { FINDING_LIMITS, type Operation } from './limits.ts';
import { bodyOf, type Refusal, type Reply, refused, statusOf } from './reply.ts';
import { routeOf } from './routes.ts';
import { readSignature } from './signature.ts';

export interface ServeOptions {
  /** Whether a principal may; everything is allowed unless given. */
  readonly authorize?: (request: Access & { readonly principalArn: string }) => 'allowed' | 'denied';
  /** The principal behind an access key; undefined refuses the key. Every key is its own principal unless given. */
  readonly principalOf?: (accessKeyId: string) => string | undefined;
  /** Any free one unless given. */
  readonly port?: number;
  readonly intercept?: Intercept | undefined;
}

export interface ServedSecurityHub {
  /** `http://127.0.0.1:<port>`, for AWS_ENDPOINT_URL_SECURITYHUB. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Speaks Security Hub's rest-json protocol on loopback. */
export async function serveSecurityHub(
  hub: SecurityHub,
  options: ServeOptions = {},
): Promise<ServedSecurityHub> {
  const timers = new Set<NodeJS.Timeout>();
  const later = (delayMs: number, act: () => void): void => {
    if (delayMs === 0) {
      act();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, delayMs);
    timers.add(timer);
  };
  const server = createServer((request, response) => {
    answer(hub, options, request, response, later).catch((cause: unknown) => {
      if (request.destroyed && !request.complete) {
        return; // the caller hung up in mid-request: nobody is there to answer
      }
      // A bug of ours: answered as the service would, with the stack where a developer sees it.
      send(
        response,
        refused('InternalException', 500, cause instanceof Error ? `${cause.stack}` : `${cause}`),
      );
    });
  });
  const { address, close } = await listenOnLoopback(server, options.port);
  return {
    endpoint: `http://${address}`,
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      return close();
    },
  };
}

async function answer(
  hub: SecurityHub,
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
  later: (delayMs: number, act: () => void) => void,
): Promise<void> {
  const body = await readBody(request);
  const admission = admit(hub, options, request, body);
  if (admission.kind === 'refused') {
    send(response, admission);
    return;
  }
  const { operation, request: input, caller } = admission;
  const interruption = await options.intercept?.({ service: 'securityhub', operation, request: input });
  if (interruption === 'hang') {
    return;
  }
  if (interruption === 'before') {
    response.destroy();
    return;
  }
  const delivery = hub.call(operation, input, caller);
  if (interruption === 'after') {
    response.destroy();
    return;
  }
  switch (delivery.kind) {
    case 'reply':
      return later(delivery.delayMs, () => send(response, delivery.reply));
    case 'cut':
      return later(delivery.delayMs, () => response.destroy());
    case 'hang':
      return;
    default:
      return delivery satisfies never;
  }
}

type Admission =
  | {
      readonly kind: 'admitted';
      readonly operation: Operation;
      readonly request: unknown;
      readonly caller: Caller;
    }
  | Refusal;

/** What the front end decides before the service sees a call. */
function admit(
  hub: SecurityHub,
  { authorize, principalOf }: ServeOptions,
  request: IncomingMessage,
  body: string | undefined,
): Admission {
  const signature = readSignature(request.headers.authorization, hub.region);
  if (signature.kind === 'refused') {
    return signature;
  }
  const principalArn = principalOf === undefined ? signature.accessKeyId : principalOf(signature.accessKeyId);
  if (principalArn === undefined) {
    return refused('UnrecognizedClientException', 403, 'The security token in the request is invalid.');
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const route = routeOf(request.method ?? '', pathname);
  if (route === undefined) {
    return refused('UnknownOperationException', 404, `There is no ${request.method} ${pathname}.`);
  }
  if (body === undefined) {
    return refused('RequestEntityTooLargeException', 413, 'The request is larger than 6 MB.');
  }
  const parsed = parse(body);
  if (parsed === undefined) {
    return refused('SerializationException', 400, 'The request body is not JSON.');
  }
  const caller: Caller = {
    principalArn,
    authorize: (access) => authorize?.({ ...access, principalArn }) ?? 'allowed',
  };
  const input =
    request.method === 'GET' ? { ...Object.fromEntries(searchParams), ...route.labels } : parsed.value;
  return { kind: 'admitted', operation: route.operation, request: input, caller };
}

/** Undefined for a body over the limit. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes <= FINDING_LIMITS.requestBytes) {
      chunks.push(piece);
    }
  }
  return bytes > FINDING_LIMITS.requestBytes ? undefined : Buffer.concat(chunks).toString();
}

function parse(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: body === '' ? {} : JSON.parse(body) };
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(statusOf(reply), {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    ...(reply.kind === 'refused' && { 'x-amzn-errortype': reply.errorType }),
  });
  response.end(JSON.stringify(bodyOf(reply)));
}
