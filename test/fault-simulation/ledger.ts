import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';

/** Who made a call. */
export type By = 'product' | 'provider' | 'analyst' | 'tool';

/** One event as it left Security Hub. */
export interface Emission {
  readonly id: string;
  readonly atMs: number;
  readonly key: string;
  /** The finding as the event shows it. */
  readonly finding: Finding;
  readonly event: TriageEvent;
  readonly body: string;
}

/** What a message of a batch holds, as the simulation knows it. */
export interface Delivered {
  readonly messageId: string;
  readonly body: string;
  /** Findings with an identity, each with the event it came in. */
  readonly snapshots: readonly Snapshot[];
}

/** A state of a finding that the function has been shown, and when it was that state. */
export interface Snapshot {
  readonly key: string;
  readonly finding: Finding;
  readonly event: TriageEvent;
  readonly eventId: string;
  readonly shownMs: number;
  readonly timeMs: number;
  /** Its message had been received before. */
  readonly redelivered: boolean;
}

/** A state that an invocation was shown, under an event that it was given. */
export interface StateShown extends Snapshot {
  /** The event's own snapshot. */
  readonly brought: Snapshot;
}

/** One execution environment. */
export interface Environment {
  readonly id: string;
  readonly ruleset: Ruleset;
  /** By how much its clock is wrong. */
  readonly skewMs: number;
  dead: boolean;
  /** Event id and finding key of what it has carried out. */
  readonly carriedOut: Set<string>;
  /** By finding and field, when the latest press was made that stands there as it asked for. */
  readonly presses: Map<string, KnownPress>;
}

/** When presses were made (ms since 1970); -Infinity for none. */
export interface KnownPress {
  /** Of those whose update was confirmed to the environment. */
  readonly confirmedMs: number;
  /** Of all it was given: of some it may know that they asked for nothing more. */
  readonly givenMs: number;
}

/** How one finding ended, as the function's log tells. */
export interface LoggedEnding {
  readonly key: string;
  readonly outcome: string;
  readonly cause: unknown;
}

export interface Invocation {
  readonly number: number;
  readonly environment: Environment;
  readonly startedMs: number;
  /** The time by the environment's own clock. */
  readonly nowMs: number;
  readonly deadlineMs: number;
  readonly delivered: readonly Delivered[];
  readonly snapshots: ReadonlyMap<string, readonly Snapshot[]>;
  /** Findings that were read again. */
  readonly reads: Map<string, Snapshot[]>;
  /** Updates that Security Hub has carried out, by finding. */
  readonly applied: Map<string, AppliedUpdate[]>;
  /** Findings that a reply which arrived named as processed, and truly were. */
  readonly confirmed: Set<string>;
  /** Keys of findings, and ids of messages without one, that a dead letter holds. */
  readonly lettered: Set<string>;
  /** Event id and finding key of what a dead letter holds. */
  readonly letteredEvents: Set<string>;
  readonly endings: LoggedEnding[];
  /** How messages without a finding ended. */
  readonly unread: Omit<LoggedEnding, 'key'>[];
  readonly metrics: Record<string, number>;
}

/** One identifier of a call that Security Hub carried out. */
export interface AppliedUpdate {
  readonly atMs: number;
  readonly invocation: Invocation;
  readonly key: string;
  readonly update: Readonly<Record<string, unknown>>;
  readonly before: Finding;
  readonly after: Finding;
  /** What the update follows from: snapshots that decide so by the reference. */
  readonly grounds: readonly StateShown[];
}

/** Any change of a finding, whoever made it. */
export interface Change {
  readonly atMs: number;
  readonly by: By;
  readonly key: string;
  readonly before: Finding | null;
  readonly after: Finding;
}

/** Which rules were in force, and from when on. */
export interface Deployment {
  readonly atMs: number;
  readonly ruleset: Ruleset;
}

/** Everything that has happened, for those who judge. */
export interface Ledger {
  readonly emissions: Map<string, Emission>;
  readonly byBody: Map<string, Emission>;
  /** Bodies of the messages that EventBridge sent, by message. */
  readonly bodies: Map<string, string>;
  readonly newestOf: Map<string, Emission>;
  readonly changes: Change[];
  readonly updates: AppliedUpdate[];
  readonly deployments: Deployment[];
  readonly invocations: Invocation[];
  /** By finding, what could give the product a reason to update it. */
  readonly reasons: Map<string, number>;
  /** By finding, whether Security Hub refuses every call that names it. */
  readonly poisoned: Map<string, boolean>;
}

export function createLedger(): Ledger {
  return {
    emissions: new Map(),
    byBody: new Map(),
    bodies: new Map(),
    newestOf: new Map(),
    changes: [],
    updates: [],
    deployments: [],
    invocations: [],
    reasons: new Map(),
    poisoned: new Map(),
  };
}

export function addReason({ reasons }: Ledger, key: string): void {
  reasons.set(key, (reasons.get(key) ?? 0) + 1);
}
