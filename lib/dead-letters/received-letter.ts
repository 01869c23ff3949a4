/** Which of the two queues a letter lies in; what its cause means depends on it. */
export type QueueKind = 'dead letters' | 'undelivered events';

/** A message as it was received, or saved. */
export interface ReceivedLetter {
  readonly kind: QueueKind;
  readonly messageId: string;
  readonly body: string;
  /** String attributes by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** When it was first sent, whichever queue that was: retention counts from here. Milliseconds since 1970. */
  readonly sentAtMs: number | null;
  /** A redrive policy moved it here, so what it says of its cause is of an earlier time. */
  readonly movedBySqs: boolean;
}
