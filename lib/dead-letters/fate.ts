import type { FindingIdentifier } from '../findings/finding.ts';
import type { Cause } from '../triage/decision.ts';

/**
 * What would become of a letter's finding if it were decided now, on its present state:
 * `updated`, `unchanged`, `held`, `observed` as outcomes are; `refused`: it would be dead-lettered again; `gone`:
 * Security Hub has it no more; `unknown`: its state could not be read, or nobody looked.
 */
export type Fate = 'updated' | 'unchanged' | 'held' | 'observed' | 'refused' | 'gone' | 'unknown';

export interface FindingFate {
  readonly finding: FindingIdentifier;
  readonly fate: Fate;
  readonly rules: readonly string[];
  /** Of `refused`, `gone` and `unknown`. */
  readonly cause: Cause | null;
}

/** What a redrive does with a letter. */
export type LetterFate =
  /** Its findings are decided anew; the least settled of them gives the letter its name. */
  | { readonly kind: Fate; readonly findings: readonly FindingFate[] }
  /** Its body is no event that may be sent on. */
  | { readonly kind: 'unreadable'; readonly why: string };

export const FATES = [
  'updated',
  'unchanged',
  'held',
  'observed',
  'refused',
  'gone',
  'unreadable',
  'unknown',
] as const;

/** In words, said of a letter's findings. */
export const FATE_WORDS: Readonly<Record<(typeof FATES)[number], string>> = {
  updated: 'would be updated',
  unchanged: 'need nothing more',
  held: 'held: somebody else set a value',
  observed: 'matched by observing rules alone',
  refused: 'would be refused again',
  gone: 'gone from Security Hub',
  unreadable: 'no events that may be sent on',
  unknown: 'not looked at',
};

/** Which letters are worth sending: deciding anew comes to an end for them, or nobody was asked to look. */
export function isWorthSending(fate: LetterFate): boolean {
  if (fate.kind === 'unreadable' || fate.kind === 'refused' || fate.kind === 'gone') return false;
  return fate.kind !== 'unknown' || fate.findings.every(({ cause }) => cause === null);
}

/** Which letters hold nothing that could ever be updated. */
export function isWorthless(fate: LetterFate): boolean {
  return fate.kind === 'gone' || fate.kind === 'unreadable';
}
