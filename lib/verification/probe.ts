import type { FactAnswer } from '../infrastructure/configuration/account-facts.ts';

/** What a question came to. */
export type Outcome =
  | ({ readonly kind: 'answered' } & FactAnswer)
  /** Nothing can be said, and why. */
  | { readonly kind: 'unanswered'; readonly why: string };

/** Asks the account one question. */
export type Probe = () => Promise<Outcome>;

export function answered(answer: string, seen?: string): Outcome {
  return { kind: 'answered', answer, ...(seen !== undefined && { seen }) };
}

export function unanswered(why: string): Outcome {
  return { kind: 'unanswered', why };
}
