/** Everything that is made to go wrong, by its name on the command line, with what happens then. */
export const FAULTS = {
  throttle: 'a call to Security Hub is refused as one too many',
  serverError: 'a call to Security Hub is answered with 500, 502 or 503',
  resetBefore: 'the connection is cut before a call reaches Security Hub',
  resetAfter: 'the connection is cut after Security Hub has carried a call out',
  replyLost: 'Security Hub carries a call out and the reply never comes',
  emptyReply: 'Security Hub answers 200 and {}, to a read too, carried out or not',
  missingId: 'a reply names one of the findings nowhere, carried out or not',
  strangerInReply: 'a reply names a finding as processed that nobody sent',
  slowReply: 'a reply takes seconds, and the findings are in use meanwhile',
  hang: 'a call to Security Hub is neither carried out nor answered',
  concurrentUpdate: 'a finding comes back as ConcurrentUpdateError',
  internalFailure: 'a finding comes back as InternalFailure',
  findingNotFound: 'a finding comes back as FindingNotFound, though it is there',
  invalidInput: 'a finding comes back as InvalidInput',
  sizeExceeded: 'a finding comes back as FindingSizeExceeded',
  unknownCode: 'a finding comes back with a code that no document names',
  poison: 'a finding makes Security Hub refuse every call that names it',
  clockSkew: 'the function has a wrong time, and a signature is refused for it',
  outage: 'Security Hub is gone for minutes or hours',
  policySkew: 'the function may not call Security Hub for some minutes',
  foreignLoad: 'another tool eats the quota of the account',
  crashBefore: 'the function dies before a call',
  crashAfter: 'the function dies after a call was carried out',
  crashBeforeAnswer: 'the function dies after its last call, before its answer',
  coldStart: 'an execution environment is given up between invocations',
  letterSendFails: 'sending dead letters fails as a whole',
  letterEntryFails: 'SQS takes some dead letters of a call and not others',
  letterReplyLost: 'SQS takes dead letters and the reply never comes',
  visibilityFails: 'the delay of returned messages is not taken',
  duplicateEvent: 'EventBridge delivers an event twice, the second time minutes later',
  delayedEvent: 'EventBridge delivers an event up to two hours late',
  reorderedEvents: 'events of one finding arrive in another order',
  undelivered: 'EventBridge cannot deliver an event and puts it in its own dead-letter queue',
  duplicateReceive: 'SQS gives a message to the function twice, while it is in flight',
  deleteFails: 'an acknowledged message is not deleted, and comes again',
  invocationThrottled: 'Lambda refuses an invocation for the time being',
} as const;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[];

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULTS, text);
}
