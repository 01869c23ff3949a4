import type { Operation } from '../../../lib/local/security-hub/limits.ts';
import { bodyOf, type Reply, statusOf } from '../../../lib/local/security-hub/reply.ts';
import type { WireReply, WireRequest } from './request-handler.ts';

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['PATCH /findings/batchupdate', 'BatchUpdateFindings'],
  ['POST /findings', 'GetFindings'],
]);

/** The operation that a request asks for. Throws for any other: the product has no business with it. */
export function operationOf({ method, path }: WireRequest): Operation {
  const operation = OPERATIONS.get(`${method} ${path}`);
  if (operation === undefined) throw new Error(`The product called ${method} ${path}.`);
  return operation;
}

/** A reply of Security Hub in rest-json. */
export function hubReply(reply: Reply): WireReply {
  return wireReply(statusOf(reply), bodyOf(reply), reply.kind === 'refused' ? reply.errorType : undefined);
}

export function wireReply(status: number, body: unknown, errorType?: string): WireReply {
  const headers = {
    'content-type': 'application/json',
    date: new Date().toUTCString(),
    ...(errorType !== undefined && { 'x-amzn-errortype': errorType }),
  };
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
