import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { accessKeyOf, listenOnLoopback } from '../loopback.ts';
import type { EventSourceMappings, LambdaRefusal, MappingConfiguration } from './event-source-mappings.ts';

export interface ServedLambdaApi {
  /** `http://127.0.0.1:<port>`, for AWS_ENDPOINT_URL_LAMBDA. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

const MAPPINGS_PATH = /^\/2015-03-31\/event-source-mappings(?:\/([^/]*))?\/?$/;

/** Speaks Lambda's rest-json protocol on loopback. Who calls is told by the access key; signatures are not checked. */
export async function serveLambdaApi(
  mappings: EventSourceMappings,
  principalOf: (accessKeyId: string) => string | undefined,
): Promise<ServedLambdaApi> {
  const server = createServer((request, response) => {
    answer(mappings, principalOf, request)
      // A bug, or a policy that cannot be judged: the caller sees what it is.
      .catch((error: unknown) => refusal('ServiceException', 500, String(error)))
      .then(({ status, errorType, body }) => {
        response.writeHead(status, {
          'content-type': 'application/json',
          'x-amzn-requestid': randomUUID(),
          ...(errorType !== undefined && { 'x-amzn-errortype': errorType }),
        });
        response.end(JSON.stringify(body));
      });
  });
  const { address, close } = await listenOnLoopback(server);
  return { endpoint: `http://${address}`, close };
}

interface Answer {
  readonly status: number;
  readonly errorType?: string;
  readonly body: unknown;
}

async function answer(
  mappings: EventSourceMappings,
  principalOf: (accessKeyId: string) => string | undefined,
  request: IncomingMessage,
): Promise<Answer> {
  const body = await readBody(request);
  const accessKeyId = accessKeyOf(request);
  if (accessKeyId === undefined)
    return refusal('MissingAuthenticationTokenException', 403, 'Missing Authentication Token');
  const callerArn = principalOf(accessKeyId);
  if (callerArn === undefined)
    return refusal('UnrecognizedClientException', 403, 'The security token in the request is invalid.');
  const [path, uuid] = MAPPINGS_PATH.exec(new URL(request.url ?? '/', 'http://localhost').pathname) ?? [];
  if (path === undefined)
    return refusal('UnknownOperationException', 404, 'Only event source mappings are here.');
  if (request.method === 'GET')
    return replied(200, uuid === undefined ? mappings.list(callerArn) : mappings.get(callerArn, uuid));
  if (request.method === 'PUT' && uuid !== undefined)
    return replied(202, mappings.update(callerArn, uuid, JSON.parse(body || '{}')));
  return refusal('UnknownOperationException', 404, `There is no ${request.method} here.`);
}

function replied(status: number, result: MappingConfiguration | LambdaRefusal): Answer {
  if (!isRefusal(result)) return { status, body: result };
  return refusal(result.refused, result.status, result.message);
}

function isRefusal(result: MappingConfiguration | LambdaRefusal): result is LambdaRefusal {
  return typeof result.refused === 'string';
}

function refusal(errorType: string, status: number, message: string): Answer {
  return { status, errorType, body: { Type: status < 500 ? 'User' : 'Service', Message: message } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
