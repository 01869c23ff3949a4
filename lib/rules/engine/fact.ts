import { compileGetter, parsePath } from '../../findings/path.ts';
import type { TriageEvent } from '../../findings/triage-event.ts';
import type { ListEntry, Ruleset } from '../ruleset.ts';
import { hashedList } from './hashed-list.ts';
import { lastInstantOf } from './last-day.ts';

/** What a rule is judged on: a finding as rules see it, the event that brought it, and the instant (ms since 1970). */
export interface Subject {
  /** A top-level member of the finding; undefined where it has none. Asked for one by one, since few are read. */
  member(name: string): unknown;
  readonly event: TriageEvent;
  readonly nowMs: number;
}

export type FactReader = (subject: Subject) => unknown;

const DAY_MS = 86_400_000;

/** A finding that stands as it is read. */
export function subjectOf(
  finding: Readonly<Record<string, unknown>>,
  event: TriageEvent,
  nowMs: number,
): Subject {
  return {
    member: (name) => (Object.hasOwn(finding, name) ? finding[name] : undefined),
    event,
    nowMs,
  };
}

/**
 * Reads one fact. Upper-case facts are ASFF paths into the finding; lower-case ones are ours. A fact that does not
 * exist reads as undefined: checks refuse it long before, and a decision must not fail on one finding.
 */
export function readerOf(fact: string, ruleset: Ruleset): FactReader {
  if (fact.startsWith('lists.')) return listReader(entriesOf(fact, ruleset));
  if (fact.startsWith('account.')) return accountReader(fact.slice('account.'.length), ruleset);
  if (fact === 'ageDays') return (subject) => wholeDaysSince(subject.member('CreatedAt'), subject.nowMs);
  if (fact === 'event.detailType') return ({ event }) => event.detailType;
  if (fact === 'event.actionName') return ({ event }) => event.actionName;
  const path = parsePath(fact);
  if (path === null) return () => undefined;
  // A path begins with a name.
  const first = path.segments[0] as string;
  const read = compileGetter(path, 1);
  return (subject) => read(subject.member(first));
}

/** The entries of the list that a fact names; none where there is no such list, whatever objects inherit. */
export function entriesOf(fact: string, { lists }: Pick<Ruleset, 'lists'>): readonly ListEntry[] {
  const name = fact.slice('lists.'.length);
  return (Object.hasOwn(lists, name) ? lists[name] : undefined) ?? [];
}

/** The values of a list that are valid at `now` (ms since 1970). */
export function activeValues(entries: readonly ListEntry[], now: number): readonly string[] {
  return entries
    .filter(({ until }) => until === undefined || now <= lastInstantOf(until))
    .map(({ value }) => value);
}

/** The last instant's values are kept: a batch shares one instant. */
function listReader(entries: readonly ListEntry[]): FactReader {
  let last = { nowMs: Number.NaN, values: hashedList(activeValues(entries, Number.NEGATIVE_INFINITY)) };
  if (entries.every(({ until }) => until === undefined)) return () => last.values;
  return ({ nowMs }) => {
    if (last.nowMs !== nowMs) last = { nowMs, values: hashedList(activeValues(entries, nowMs)) };
    return last.values;
  };
}

function accountReader(key: string, ruleset: Ruleset): FactReader {
  return (subject) => {
    const id = subject.member('AwsAccountId');
    const known = typeof id === 'string' && Object.hasOwn(ruleset.accounts, id);
    const account = known ? ruleset.accounts[id] : undefined;
    return account !== undefined && Object.hasOwn(account, key) ? account[key] : undefined;
  };
}

function wholeDaysSince(instant: unknown, now: number): number | undefined {
  const then = typeof instant === 'string' ? Date.parse(instant) : Number.NaN;
  return Number.isNaN(then) ? undefined : Math.floor((now - then) / DAY_MS);
}
