import { readFileSync } from 'node:fs';
import { refuse } from './refusal.ts';

/** What `triage verify-account` found out of one account and Region: `account-facts.json`. */
export interface AccountFacts {
  readonly version: 1;
  /** ISO 8601. */
  readonly verifiedAt: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** By the question's id; what each answer means is in lib/verification/questions.ts. */
  readonly answers: Readonly<Record<string, FactAnswer>>;
  /** Why a question has no answer, by its id. */
  readonly unanswered: Readonly<Record<string, string>>;
}

export interface FactAnswer {
  readonly answer: string;
  /** What was seen, in words: a code, a number of seconds. */
  readonly seen?: string;
}

/** The facts in a file; null where there is no such file. Stops synthesis where it holds something else. */
export function readAccountFacts(path: string): AccountFacts | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return refuse(`${path} cannot be read: ${(error as Error).message}.`);
  }
  const facts = parseAccountFacts(text);
  return facts ?? refuse(`${path} holds no facts of an account: triage verify-account writes it anew.`);
}

/** Facts of version 1; null for anything else. */
function parseAccountFacts(text: string): AccountFacts | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const facts = isObject(value) ? value : {};
  const { version, verifiedAt, account, region, answers, unanswered } = facts;
  const isWhole =
    version === 1 &&
    typeof verifiedAt === 'string' &&
    !Number.isNaN(Date.parse(verifiedAt)) &&
    typeof account === 'string' &&
    typeof region === 'string' &&
    isObject(answers) &&
    Object.values(answers).every((one) => isObject(one) && typeof one.answer === 'string') &&
    isObject(unanswered);
  return isWhole ? (facts as unknown as AccountFacts) : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
