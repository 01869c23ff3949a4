import { canonicalJson } from '../../findings/canonical-json.ts';
import type { FindingIdentifier } from '../../findings/finding.ts';
import { findingKey } from '../../findings/finding-key.ts';
import { type InputItem, identityOf } from '../../findings/input-items.ts';
import type { FindingUpdate } from '../../findings/update.ts';
import type { Cause } from '../../triage/decision.ts';
import type { FindingOutcome, OutcomeKind } from '../../triage/outcome.ts';
import type { LocalAccount } from '../account.ts';
import { type DeadLetterRecord, deadLettersOf } from './dead-letters.ts';

/** `filtered`: the event pattern kept the finding out. `refused`: its event could not be delivered. */
export type LocalOutcomeKind = OutcomeKind | 'filtered' | 'refused';

export interface LocalOutcome extends Omit<FindingOutcome, 'outcome'> {
  readonly outcome: LocalOutcomeKind;
}

/** A line the function logs for a finding; names and identities only, never what the finding says. */
interface LoggedOutcome extends FindingIdentifier {
  readonly outcome: OutcomeKind;
  readonly rules: readonly string[];
  readonly held: readonly string[];
  readonly cause?: string;
}

/**
 * How every finding that was brought in ended: one record for each (ProductArn, Id) in input order, the first
 * decision. Taken from what an operator would have: the function's log, the API's calls and the dead letters.
 */
export function outcomesOf(account: LocalAccount, items: readonly InputItem[]): readonly LocalOutcome[] {
  const traces = readTraces(account);
  const distinct = firstBy(
    items.flatMap(({ findings }) => findings),
    keyOf,
  );
  return [...distinct].map(([key, finding]) => {
    const logged = traces.logged.get(key);
    const letter = traces.letters.get(key);
    const base = { Id: textOf(finding, 'Id'), ProductArn: textOf(finding, 'ProductArn') };
    if (logged === undefined) return { ...base, ...undecided(canonicalJson(finding), letter, traces) };
    const { outcome, rules, held, cause } = logged;
    const update = SENDING.has(outcome) ? (traces.sent.get(key)?.update ?? letter?.update ?? null) : null;
    return { ...base, outcome, rules, update, held, ...causeOf(cause, letter) };
  });
}

/** What an operator could look up, by finding key or by the finding's canonical text. */
interface Traces {
  readonly logged: ReadonlyMap<string, LoggedOutcome>;
  readonly sent: ReadonlyMap<string, { readonly update: FindingUpdate }>;
  readonly letters: ReadonlyMap<string, DeadLetterRecord>;
  readonly filtered: ReadonlySet<string>;
  readonly undelivered: ReadonlyMap<string, Cause>;
}

function readTraces(account: LocalAccount): Traces {
  const undelivered = account.undelivered().flatMap(({ event, errorCode, errorMessage }) => {
    const cause: Cause = { code: errorCode, message: errorMessage };
    return findingTextsOf(event).map((text) => [text, cause] as const);
  });
  return {
    logged: firstBy(loggedOutcomes(account), findingKey),
    sent: firstBy(sentUpdates(account), ({ key }) => key),
    letters: firstBy(deadLettersOf(account), ({ finding }) => keyOf(finding)),
    filtered: new Set(account.filtered().flatMap(findingTextsOf)),
    undelivered: new Map(undelivered),
  };
}

/** The outcome of a finding that the function never logged: it had no identity, or never arrived. */
function undecided(
  text: string,
  letter: DeadLetterRecord | undefined,
  { filtered, undelivered }: Traces,
): Omit<LocalOutcome, 'Id' | 'ProductArn'> {
  const nothing = { rules: [], update: null, held: [] };
  if (letter) return { outcome: 'deadLettered', ...nothing, ...causeOf(undefined, letter) };
  if (filtered.has(text)) return { outcome: 'filtered', ...nothing };
  const cause = undelivered.get(text);
  return { outcome: 'refused', ...nothing, ...(cause && { cause }) };
}

function keyOf(finding: unknown): string {
  const identity = identityOf(finding);
  return identity === undefined ? canonicalJson(finding) : findingKey(identity);
}

/** Outcomes of findings whose update was sent or tried. */
const SENDING: ReadonlySet<OutcomeKind> = new Set(['updated', 'deadLettered', 'returned']);

function loggedOutcomes(account: LocalAccount): readonly LoggedOutcome[] {
  const lines = [...account.functions.values()].flatMap((lambda) => lambda.logs());
  const outcomes = lines.flatMap(({ text }) => {
    const line = parseLine(text);
    return line?.message === 'finding' ? [line as unknown as LoggedOutcome] : [];
  });
  // A finding that went back to the queue was not decided by that: what came of it later counts, if anything did.
  return [...outcomes.filter(({ outcome }) => outcome !== 'returned'), ...outcomes];
}

function sentUpdates(account: LocalAccount): readonly { key: string; update: FindingUpdate }[] {
  return account.hub.calls().flatMap(({ operation, request }) => {
    if (operation !== 'BatchUpdateFindings') return [];
    const { FindingIdentifiers, ...update } = request as FindingUpdate & {
      readonly FindingIdentifiers: readonly FindingIdentifier[];
    };
    return FindingIdentifiers.map((identifier) => ({ key: findingKey(identifier), update }));
  });
}

function firstBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return first;
}

function causeOf(code: string | undefined, letter: DeadLetterRecord | undefined): { cause?: Cause } {
  if (letter?.cause) return { cause: letter.cause };
  return code === undefined ? {} : { cause: { code, message: '' } };
}

function findingTextsOf(event: unknown): readonly string[] {
  const { detail } = event as { readonly detail?: { readonly findings?: readonly unknown[] } };
  return Array.isArray(detail?.findings) ? detail.findings.map(canonicalJson) : [];
}

function textOf(finding: unknown, member: string): string {
  const value = (finding as Record<string, unknown> | null)?.[member];
  return typeof value === 'string' ? value : '';
}

function parseLine(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
