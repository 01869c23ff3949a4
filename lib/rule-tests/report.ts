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
  /** Made of a row of exceptions. */
  readonly generated?: true;
  /** Absolute path of the test file; of a generated case that of the row. */
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

/** How much is wrong: cases that failed, and diagnostics that are errors. */
export function countProblems({ rules, diagnostics }: TestReport): number {
  const failed = rules.flatMap(({ cases }) => cases).filter(({ outcome }) => outcome === 'failed');
  return failed.length + diagnostics.filter(({ severity }) => severity === 'error').length;
}

export interface Counts {
  readonly passed: number;
  readonly gaps: number;
  readonly failed: number;
  /** How many of those that passed were made of rows of exceptions. */
  readonly generated: number;
}

export function countCases({ rules }: TestReport): Counts {
  const cases = rules.flatMap((rule) => rule.cases);
  const of = (wanted: CaseOutcome) => cases.filter(({ outcome }) => outcome === wanted);
  const passed = of('passed');
  return {
    passed: passed.length,
    gaps: of('gap').length,
    failed: of('failed').length,
    generated: passed.filter(({ generated }) => generated).length,
  };
}
