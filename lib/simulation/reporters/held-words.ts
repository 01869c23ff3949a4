import type { HeldBy } from '../../triage/decision.ts';

const WORDS: Readonly<Record<HeldBy, string>> = {
  person: 'somebody’s value',
  nativeRule: 'a native rule’s severity',
  service: 'the service’s status',
  hold: 'a hold',
  instance: 'another instance',
  critical: 'CRITICAL without allowCritical',
};

/** What held a change back, in words; as it is called where we know no words for it. */
export function heldWords(by: string): string {
  return Object.hasOwn(WORDS, by) ? WORDS[by as HeldBy] : by;
}
