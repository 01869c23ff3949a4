import type { Letter } from './letter.ts';

/** Which letters are meant: values of one member are joined by OR, members by AND. */
export interface LetterFilter {
  /** Cause codes. */
  readonly cause?: readonly string[];
  /** Names of rules that decided the refused update. */
  readonly rule?: readonly string[];
  /** Ids of messages or of findings. */
  readonly id?: readonly string[];
  /** Sent at least so long ago. */
  readonly olderThanMs?: number;
}

export function passes(
  { cause, rule, id, olderThanMs }: LetterFilter,
  nowMs: number,
): (letter: Letter) => boolean {
  return (letter) =>
    (cause === undefined || cause.includes(letter.cause.code)) &&
    (rule === undefined || rule.some((name) => letter.attempt?.rules.includes(name))) &&
    (id === undefined || id.some((one) => isNamed(letter, one))) &&
    (olderThanMs === undefined || nowMs - (letter.received.sentAtMs ?? nowMs) >= olderThanMs);
}

export function isNamed({ received, findings }: Letter, id: string): boolean {
  return received.messageId === id || findings.some((finding) => finding.Id === id);
}
