import type { FindingIdentifier } from '../findings/finding.ts';
import type { Cause } from '../triage/decision.ts';
import { type BodyReading, readBody } from './body.ts';
import { adviceOn, type CauseAdvice, DEAD_LETTER_CAUSES, NO_CAUSE, UNDELIVERED_CAUSES } from './causes.ts';
import type { ReceivedLetter } from './received-letter.ts';

/** A dead letter or an undelivered event with all that it tells of itself; texts are as others wrote them. */
export interface Letter {
  readonly received: ReceivedLetter;
  readonly cause: Cause;
  readonly advice: CauseAdvice;
  /** What an earlier refusal said, where SQS moved the letter since. */
  readonly earlierCause: Cause | null;
  readonly reading: BodyReading;
  readonly findings: readonly FindingIdentifier[];
  /** The button that a person pressed, and when; null where the event is no custom action. */
  readonly press: { readonly action: string; readonly atMs: number | null } | null;
  /** What the function could not do; null where nothing was tried. */
  readonly attempt: {
    /** The update as it was sent, without identifiers. */
    readonly update: unknown;
    readonly rules: readonly string[];
    readonly attempts: number | null;
    readonly ruleset: string | null;
    readonly at: string | null;
  } | null;
}

type Members = Readonly<Record<string, unknown>>;

/** Reads a letter, whatever somebody put into it. */
export function readLetter(received: ReceivedLetter): Letter {
  const reading = readBody(received.body);
  const triage = triageOf(received.body);
  const told = received.kind === 'dead letters' ? toldCause(received, triage) : undelivered(received);
  const isStale = received.movedBySqs && told.code !== NO_CAUSE;
  const cause = received.movedBySqs ? MOVED : told;
  return {
    received,
    cause,
    advice: adviceOn(cause.code, received.kind === 'dead letters' ? DEAD_LETTER_CAUSES : UNDELIVERED_CAUSES),
    earlierCause: isStale ? told : null,
    reading,
    findings:
      reading.kind === 'event' ? reading.findings.map(({ Id, ProductArn }) => ({ Id, ProductArn })) : [],
    press: pressIn(reading),
    attempt: triage === null ? null : attemptOf(triage),
  };
}

function pressIn(reading: BodyReading): Letter['press'] {
  if (reading.kind === 'refused') return null;
  const { actionId, actionName = actionId } = reading.event;
  return actionName === undefined ? null : { action: actionName, atMs: reading.timeMs };
}

const MOVED: Cause = { code: NO_CAUSE, message: 'SQS moved the event after its tries were used up' };

/** The body says more than the attributes, which are cut; a letter that somebody saved by hand may lack them. */
function toldCause({ attributes }: ReceivedLetter, triage: Members | null): Cause {
  const cause = isObject(triage?.cause) ? triage.cause : {};
  const code = textOf(cause.code) ?? attributes.causeCode ?? NO_CAUSE;
  const message =
    textOf(cause.message) ?? attributes.causeMessage ?? (code === NO_CAUSE ? MOVED.message : '');
  return { code, message };
}

function undelivered({ attributes }: ReceivedLetter): Cause {
  return {
    code: attributes.ERROR_CODE ?? NO_CAUSE,
    message: attributes.ERROR_MESSAGE ?? 'EventBridge left no error code',
  };
}

function attemptOf(triage: Members): NonNullable<Letter['attempt']> {
  const { update, rules, attempts, ruleset, at } = triage;
  return {
    update: isObject(update) ? update : null,
    rules: Array.isArray(rules) ? rules.filter((rule) => typeof rule === 'string') : [],
    attempts: typeof attempts === 'number' ? attempts : null,
    ruleset: textOf(ruleset) ?? null,
    at: textOf(at) ?? null,
  };
}

function triageOf(body: string): Members | null {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) && isObject(value.triage) ? value.triage : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
