import type { ReasonCode, Rule } from '../rule.ts';

/** One row of `rules/exceptions/<team>.json`: what is left alone, where, until when, and who agreed to it. */
export interface ExceptionRow {
  readonly id: string;
  /** Exactly one of these three says which findings are meant; `*` in a title or generator is any run of characters. */
  readonly control?: string;
  readonly title?: string;
  readonly generator?: string;
  /** 12-digit account ids. */
  readonly accounts: readonly string[];
  /** Ids of resources, `*` as above. Every resource of the finding has to be among them. */
  readonly resources?: readonly string[];
  /** `YYYY-MM-DD`, the last day (UTC) on which it holds. */
  readonly until: string;
  readonly reasonCode: ReasonCode;
  readonly reason: string;
  readonly ticket: string;
  readonly owner: string;
  /** Hides CRITICAL findings too. */
  readonly allowCritical?: boolean;
}

/** A file of rows; what it leaves out has its default. */
export interface ExceptionFile {
  readonly mode?: Rule['mode'];
  readonly priority?: number;
  readonly exceptions: readonly ExceptionRow[];
}

/** What a row can be about: the member of the row, and the fact it is compared with. */
export const SUBJECT_FACTS = {
  control: 'Compliance.SecurityControlId',
  title: 'Title',
  generator: 'GeneratorId',
} as const;
export type Subject = keyof typeof SUBJECT_FACTS;
export const SUBJECTS: readonly Subject[] = ['control', 'title', 'generator'];

/** Above rules that raise or route: what was agreed for one account is more particular than any of them. */
export const DEFAULT_EXCEPTION_PRIORITY = 800;

/** The folder below the rules folder in which files of rows stand. */
export const EXCEPTIONS_FOLDER = 'exceptions';
