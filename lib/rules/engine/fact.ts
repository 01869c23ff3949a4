import { compileGetter, parsePath } from '../../findings/path.ts';
import type { TriageEvent } from '../../findings/triage-event.ts';
import type { ListEntry, Ruleset } from '../ruleset.ts';
import { lastInstantOf } from './last-day.ts';

/** What a rule is judged on: the view of a finding and the event that brought it. */
export interface Subject {
  readonly view: Readonly<Record<string, unknown>>;
  readonly event: TriageEvent;
}

export type FactReader = (subject: Subject) => unknown;

const DAY_MS = 86_400_000;

/**
 * Reads one fact. Upper-case facts are ASFF paths into the view; lower-case ones are ours. A fact that does not
 * exist reads as undefined: checks refuse it long before, and a decision must not fail on one finding.
 */
export function readerOf(fact: string, ruleset: Ruleset, now: number): FactReader {
  if (fact.startsWith('lists.')) {
    const values = activeValues(ruleset.lists[fact.slice('lists.'.length)] ?? [], now);
    return () => values;
  }
  if (fact.startsWith('account.')) return accountReader(fact.slice('account.'.length), ruleset);
  if (fact === 'ageDays') return ({ view }) => wholeDaysSince(view.CreatedAt, now);
  if (fact === 'event.detailType') return ({ event }) => event.detailType;
  if (fact === 'event.actionName') return ({ event }) => event.actionName;
  const path = parsePath(fact);
  if (path === null) return () => undefined;
  const read = compileGetter(path);
  return ({ view }) => read(view);
}

/** The values of a list that are valid at `now`. */
export function activeValues(entries: readonly ListEntry[], now: number): readonly string[] {
  return entries
    .filter(({ until }) => until === undefined || now <= lastInstantOf(until))
    .map(({ value }) => value);
}

function accountReader(key: string, ruleset: Ruleset): FactReader {
  return ({ view }) => {
    const id = view.AwsAccountId;
    const known = typeof id === 'string' && Object.hasOwn(ruleset.accounts, id);
    const account = known ? ruleset.accounts[id] : undefined;
    return account !== undefined && Object.hasOwn(account, key) ? account[key] : undefined;
  };
}

function wholeDaysSince(instant: unknown, now: number): number | undefined {
  const then = typeof instant === 'string' ? Date.parse(instant) : Number.NaN;
  return Number.isNaN(then) ? undefined : Math.floor((now - then) / DAY_MS);
}
