import type { Input } from '../../../lib/local/sqs/input.ts';
import { isRefusal, isSenderFault, type Refusal, wireErrorOf } from '../../../lib/local/sqs/refusal.ts';
import type { WireReply, WireRequest } from './request-handler.ts';

/** The action that a request of the SQS JSON protocol asks for. */
export function actionOf({ headers }: WireRequest): string {
  const target = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
  const action = /^AmazonSQS\.(\w+)$/.exec(target ?? '')?.[1];
  if (action === undefined) throw new Error(`The product called ${target}.`);
  return action;
}

/** A reply of SQS in its JSON protocol. */
export function queueReply(result: Input | Refusal): WireReply {
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  if (!isRefusal(result)) return { status: 200, headers, body: JSON.stringify(result) };
  const { shape, queryCode, status } = wireErrorOf(result.refused);
  const fault = isSenderFault(result.refused) ? 'Sender' : 'Receiver';
  return {
    status,
    headers: { ...headers, 'x-amzn-query-error': `${queryCode};${fault}` },
    body: JSON.stringify({ __type: shape, message: result.message }),
  };
}
