/** What an invoker of a function gets back; payloads are JSON text, as on the wire. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** One invocation as the function's log would report it. */
export interface InvocationRecord {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** Only on the first invocation of an execution environment. */
  readonly initDurationMs?: number;
  readonly result: InvocationResult;
}

/** One line that the function's process wrote. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/**
 * Synchronous payload limits, request and response, in bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (6 MB; 100 bytes more are let through back)
 */
export const MAX_REQUEST_PAYLOAD_BYTES = 6 * 1024 * 1024;
export const MAX_RESPONSE_PAYLOAD_BYTES = MAX_REQUEST_PAYLOAD_BYTES + 100;
