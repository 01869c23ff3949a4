/** An API call as it arrives at one of the account's services, admitted and not yet carried out. */
export interface ArrivingCall {
  readonly service: 'securityhub' | 'sqs' | 'events';
  /** For example BatchUpdateFindings, DeleteMessageBatch or PutEvents. */
  readonly operation: string;
  readonly request: unknown;
}

/**
 * What becomes of a call's connection: `before` cuts it with nothing done, `after` carries the call out and cuts it in
 * place of the reply, `hang` neither does nor answers anything.
 */
export type Interruption = 'before' | 'after' | 'hang';

/**
 * Asked once of each arriving call, in order; undefined lets it pass, and a promise holds it open until then. Whoever
 * kills a process in here kills it at exactly this call, which no timer can do.
 */
export type Intercept = (call: ArrivingCall) => Interruption | undefined | Promise<undefined>;
