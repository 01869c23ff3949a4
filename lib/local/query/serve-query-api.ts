import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { accessKeyOf, listenOnLoopback } from '../loopback.ts';
import {
  isQueryRefusal,
  type QueryApi,
  type QueryRefusal,
  type QueryResult,
  refuseQuery,
} from './query-api.ts';
import { writeAnswer, writeRefusal } from './write-xml.ts';

export interface ServedQueryApi {
  /** `http://127.0.0.1:<port>`: the value of its AWS_ENDPOINT_URL_… */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

const MAX_REQUEST_BYTES = 1_048_576;

/** Serves an API on loopback in the query protocol. Who calls is told by the access key; signatures are not checked. */
export async function serveQueryApi(
  api: QueryApi,
  principalOf: (accessKeyId: string) => string | undefined,
): Promise<ServedQueryApi> {
  const server = createServer((request, response) => {
    answer(api, principalOf, request)
      // A bug, or a policy that cannot be judged: the caller sees what it is.
      .catch((error: unknown) => ({
        operation: '',
        result: refuseQuery('InternalFailure', 500, String(error)),
      }))
      .then(({ operation, result }) => {
        const requestId = randomUUID();
        const isRefused = isQueryRefusal(result);
        response.writeHead(isRefused ? result.status : 200, {
          'content-type': 'text/xml',
          'x-amzn-requestid': requestId,
        });
        response.end(
          isRefused
            ? writeRefusal(api.namespace, requestId, result)
            : writeAnswer(operation, api.namespace, requestId, result),
        );
      });
  });
  const { address, close } = await listenOnLoopback(server);
  return { endpoint: `http://${address}`, close };
}

interface Answered {
  readonly operation: string;
  readonly result: QueryResult | QueryRefusal;
}

async function answer(
  api: QueryApi,
  principalOf: (accessKeyId: string) => string | undefined,
  request: IncomingMessage,
): Promise<Answered> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_REQUEST_BYTES) chunks.push(chunk);
  }
  const parameters = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
  const operation = parameters.Action ?? '';
  const refuse = (code: string, status: number, message: string): Answered => ({
    operation,
    result: refuseQuery(code, status, message),
  });
  const accessKeyId = accessKeyOf(request);
  if (accessKeyId === undefined)
    return refuse('MissingAuthenticationToken', 403, 'Request is missing Authentication Token');
  const callerArn = principalOf(accessKeyId);
  if (callerArn === undefined)
    return refuse('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');
  const call = api.operations.get(operation);
  if (call === undefined || bytes > MAX_REQUEST_BYTES)
    return refuse('InvalidAction', 400, `Could not find operation ${operation}: it is not offered here.`);
  return { operation, result: call(callerArn, parameters) };
}
