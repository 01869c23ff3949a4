import type { Finding } from '../findings/finding.ts';
import { nearest } from '../findings/nearest.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import { isCalendarDay } from '../rules/calendar-day.ts';
import { type Diagnostic, diagnose, didYouMean, quote } from '../rules/diagnostic.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { JsonPath, Source } from '../rules/source.ts';
import { leavesOf } from './condition-tree.ts';
import { EXPIRED } from './judge-rule.ts';
import { mergePatch } from './merge-patch.ts';
import type { Expectation, RuleCase } from './rule-test.ts';
import type { SampleReading } from './samples.ts';

/** A test as its file says it, after the schema. */
export interface RuleTestFile {
  readonly source: Source;
  readonly rule: string;
  readonly now: string;
  readonly cases: readonly WrittenCase[];
}

interface WrittenCase {
  readonly name: string;
  readonly finding: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly event?: Omit<TriageEvent, 'detailType'>;
  readonly expect: Expectation;
  readonly knownGap?: string;
}

interface Bound {
  readonly rule: Rule | undefined;
  readonly cases: readonly RuleCase[];
  readonly diagnostics: readonly Diagnostic[];
}

type Fault = (path: JsonPath, message: string, help?: string) => void;

/** Puts the rule, findings and instant in place of their names. What does not exist is said with what is near it. */
export function bindRuleTest(
  test: RuleTestFile,
  ruleset: Ruleset,
  sampleOf: (name: string) => SampleReading,
): Bound {
  const { source } = test;
  const diagnostics: Diagnostic[] = [];
  const fault: Fault = (path, message, help) =>
    diagnostics.push(diagnose(source, { path }, 'TR305', message, help));
  const names = ruleset.rules.map(({ name }) => name);
  const rule = ruleset.rules.find(({ name }) => name === test.rule);
  if (rule === undefined) {
    fault(['rule'], `There is no rule ${quote(test.rule)}.`, didYouMean(nearest(test.rule, names)));
  }
  const nowMs = instantOf(test.now);
  if (nowMs === null) fault(['now'], `The calendar has no ${quote(test.now)}.`);
  const seen = new Set<string>();
  const cases = test.cases.flatMap((written, i) => {
    const at = ['cases', i];
    if (seen.has(written.name)) fault([...at, 'name'], `Two cases are called ${quote(written.name)}.`);
    seen.add(written.name);
    if (rule !== undefined)
      checkExpectation(written.expect, [...at, 'expect'], { rule, ruleset, names, fault });
    const finding = findingOf(written, at, sampleOf, fault);
    if (finding === null || nowMs === null) return [];
    const { start } = source.locate([...at, 'name'], 'value');
    return [
      {
        name: written.name,
        finding,
        event: eventOf(written),
        nowMs,
        expect: written.expect,
        ...(written.knownGap !== undefined && { knownGap: written.knownGap }),
        file: source.file,
        ...start,
      },
    ];
  });
  return { rule, cases, diagnostics };
}

interface Surroundings {
  readonly rule: Rule;
  readonly ruleset: Ruleset;
  readonly names: readonly string[];
  readonly fault: Fault;
}

function checkExpectation(
  { matches, because, winner }: Expectation,
  at: JsonPath,
  { rule, ruleset, names, fault }: Surroundings,
): void {
  if (winner !== undefined && !names.includes(winner)) {
    fault([...at, 'winner'], `There is no rule ${quote(winner)}.`, didYouMean(nearest(winner, names)));
  }
  if (because === undefined) return;
  const path = [...at, 'because'];
  if (matches) {
    fault(path, 'Only a case that must not match has a reason not to.', 'Leave "because" out.');
    return;
  }
  const leaves = leavesOf(rule.conditions, ruleset.conditions).filter(({ onElement }) => !onElement);
  const labels = [...new Set([...leaves.flatMap((leaf) => leaf.labels), EXPIRED])];
  if (labels.includes(because)) return;
  const hint = didYouMean(nearest(because, labels)) ?? `Named are: ${labels.map(quote).join(', ')}.`;
  fault(path, `${quote(because)} names no condition of ${quote(rule.name)}.`, hint);
}

function findingOf(
  written: WrittenCase,
  at: JsonPath,
  sampleOf: (name: string) => SampleReading,
  fault: Fault,
): Finding | null {
  const reading = sampleOf(written.finding);
  if (reading.kind === 'unknown') {
    const hint =
      didYouMean(nearest(written.finding, reading.names)) ?? 'Samples are rules/samples/<name>.json.';
    fault([...at, 'finding'], `There is no sample ${quote(written.finding)}.`, hint);
  }
  if (reading.kind !== 'sample') return null;
  const value = written.with === undefined ? reading.value : mergePatch(reading.value, written.with);
  if (isFinding(value)) return value;
  const member = written.with === undefined ? 'finding' : 'with';
  fault([...at, member], 'This leaves no finding: its "Id" and "ProductArn" are what names it.');
  return null;
}

function isFinding(value: unknown): value is Finding {
  if (value === null || typeof value !== 'object') return false;
  const { Id, ProductArn } = value as Readonly<Record<string, unknown>>;
  return typeof Id === 'string' && typeof ProductArn === 'string';
}

function eventOf({ event }: WrittenCase): TriageEvent {
  if (event === undefined) return { detailType: 'Security Hub Findings - Imported' };
  return { detailType: 'Security Hub Findings - Custom Action', ...event };
}

/** Milliseconds since 1970; null for a day or time that does not exist. */
function instantOf(text: string): number | null {
  const instantMs = Date.parse(text);
  return Number.isNaN(instantMs) || !isCalendarDay(text.slice(0, 10)) ? null : instantMs;
}
