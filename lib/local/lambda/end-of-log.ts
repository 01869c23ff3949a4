/**
 * The line that the bootstrap writes to both streams once a handler is done, before it tells the result. Pipes keep
 * their order, so whoever has read it has read all that the invocation logged; no function writes this character.
 */
export function endOfLog(requestId: string): string {
  return `\u0004${requestId}`;
}
