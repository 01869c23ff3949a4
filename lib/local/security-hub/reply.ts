/** What an operation answers; a refusal concerns the whole call. */
export type Reply = { readonly kind: 'done'; readonly body: unknown } | Refusal;

export interface Refusal {
  readonly kind: 'refused';
  /** The `x-amzn-errortype`, e.g. `InvalidInputException`. */
  readonly errorType: string;
  readonly status: number;
  readonly message: string;
}

export function done(body: unknown): Reply {
  return { kind: 'done', body };
}

export function refused(errorType: string, status: number, message: string): Refusal {
  return { kind: 'refused', errorType, status, message };
}

/** The refusal of a request that breaks a documented constraint. */
export function invalidInput(message: string): Reply {
  return refused('InvalidInputException', 400, `Invalid input: ${message}.`);
}

/** The HTTP status of a reply. */
export function statusOf(reply: Reply): number {
  return reply.kind === 'done' ? 200 : reply.status;
}

/** The JSON body of a reply; errors carry Message and Code as the service model says. */
export function bodyOf(reply: Reply): unknown {
  return reply.kind === 'done'
    ? reply.body
    : { Message: reply.message, Code: reply.errorType.replace(/Exception$/, '') };
}
