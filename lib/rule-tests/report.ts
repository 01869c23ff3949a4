import type { Diagnostic } from '../rules/diagnostic.ts';

/** A line of the table that explains a failing case; texts are escaped and cut already. */
export interface ConditionRow {
  readonly name: string;
  readonly fact: string;
  /** Operator and value. */
  readonly expected: string;
  readonly actual: string;
  readonly result: boolean;
  /** The result that the case asks for, where it is another one. */
  readonly wanted?: boolean;
}

/** Something that came out otherwise than the case says. */
export interface Mismatch {
  readonly expected: string;
  readonly actual: string;
}

/** `gap`: does not hold, as the case says. A gap that holds by now has failed. */
export type CaseOutcome = 'passed' | 'gap' | 'failed';

export interface CaseResult {
  readonly rule: string;
  readonly name: string;
  /** Absolute path of the test file. */
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly outcome: CaseOutcome;
  readonly knownGap?: string;
  /** Empty where the case passed. */
  readonly mismatches: readonly Mismatch[];
  /** How the engine saw each condition, where the case failed. */
  readonly conditions: readonly ConditionRow[];
}

/** A count of conditions that its cases say something of, out of all. */
export interface Proof {
  readonly proven: number;
  readonly of: number;
}

export interface RuleResult {
  readonly rule: string;
  readonly mode: 'observe' | 'enforce';
  readonly cases: readonly CaseResult[];
  /** Conditions seen both true and false, where that was asked for. */
  readonly covered?: Proof;
  /** Conditions that fail some case when negated and when left out, where that was asked for. */
  readonly proven?: Proof;
}

/** All that one run has to say. */
export interface TestReport {
  readonly rules: readonly RuleResult[];
  /** What is wrong with rules and tests, and which conditions their cases do not prove; by file, then place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether something is wrong: a case failed, or a diagnostic is an error. */
export function hasProblems({ rules, diagnostics }: TestReport): boolean {
  const failed = rules.some(({ cases }) => cases.some(({ outcome }) => outcome === 'failed'));
  return failed || diagnostics.some(({ severity }) => severity === 'error');
}

export interface Counts {
  readonly passed: number;
  readonly gaps: number;
  readonly failed: number;
}

export function countCases({ rules }: TestReport): Counts {
  const count = (wanted: CaseOutcome) =>
    rules.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === wanted).length;
  return { passed: count('passed'), gaps: count('gap'), failed: count('failed') };
}
