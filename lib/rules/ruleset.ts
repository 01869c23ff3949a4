import type { UpdatableField } from '../findings/update.ts';
import type { Condition, Rule } from './rule.ts';

/** A value of a list; `until` (`YYYY-MM-DD`) is its last valid day in UTC. */
export interface ListEntry {
  readonly value: string;
  readonly until?: string;
  readonly reason?: string;
}

/** `rules/triage.config.json`: how this instance marks findings and what it answers to. */
export interface TriageConfig {
  /** The instance's name: the prefix of its marks in user-defined fields. */
  readonly prefix: string;
  /** Instances whose marks this one takes over. */
  readonly succeeds: readonly string[];
  /** `finding` writes the deciding rules' names on the finding, `log` to the log only (fewer distinct payloads). */
  readonly provenance: 'finding' | 'log';
  /** Ids of our own custom actions; `<prefix>Retriage` is always ours. */
  readonly customActions: readonly string[];
  /** Fields that no rule writes any more and that may still be withdrawn: the function keeps the permission. */
  readonly withdrawing: readonly UpdatableField[];
}

export const DEFAULT_CONFIG: TriageConfig = {
  prefix: 'triage',
  succeeds: [],
  provenance: 'finding',
  customActions: [],
  withdrawing: [],
};

/** Everything a decision depends on beside the finding, the event and the time. Plain JSON: it ships in the asset. */
export interface Ruleset {
  /** Sorted by priority descending, then name ascending: the order in which rules win. */
  readonly rules: readonly Rule[];
  /** Named conditions, shared by rules. */
  readonly conditions: Readonly<Record<string, Condition>>;
  readonly lists: Readonly<Record<string, readonly ListEntry[]>>;
  /** What is known of each account, by account id: facts `account.<key>`. */
  readonly accounts: Readonly<
    Record<string, Readonly<Record<string, string | number | boolean | readonly string[]>>>
  >;
  readonly config: TriageConfig;
  /** First 12 hex digits of the SHA-256 of all the above as canonical JSON. */
  readonly version: string;
}
