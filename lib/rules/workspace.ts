import type { ConditionSites } from './condition-sites.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { RuleFile } from './find-rule-files.ts';
import type { ListEntry, Ruleset, TriageConfig } from './ruleset.ts';
import type { JsonPath, Source } from './source.ts';

/** A file that was read: its place in the rules folder, its text with positions, and its value. */
export interface ReadFile extends RuleFile {
  readonly source: Source;
  /** Undefined when its syntax is broken. */
  readonly value: unknown;
}

/** A file that holds conditions: a rule, or a condition that rules share. Its value is unchecked. */
export interface ConditionFile {
  readonly kind: 'rule' | 'condition';
  /** The rule's name, or the shared condition's: its file's name. */
  readonly name: string;
  readonly source: Source;
  readonly value: Readonly<Record<string, unknown>>;
  /** Where the conditions begin. */
  readonly root: JsonPath;
  readonly sites: ConditionSites;
  /** Of a rule that was made of a row of exceptions: where the row stands in `source`. Style and tests are not its own. */
  readonly row?: JsonPath;
}

/** All that was read from a rules folder, before anything of it is believed. */
export interface Workspace {
  readonly rules: readonly ConditionFile[];
  readonly conditions: ReadonlyMap<string, ConditionFile>;
  readonly lists: ReadonlyMap<string, readonly ListEntry[]>;
  readonly accounts: Ruleset['accounts'];
  readonly config: TriageConfig;
}

/** Looks at one file; it may use what else the workspace holds. */
export type FileCheck = (file: ConditionFile, workspace: Workspace) => readonly Diagnostic[];

/** Looks at how files agree with each other. */
export type WorkspaceCheck = (workspace: Workspace) => readonly Diagnostic[];
