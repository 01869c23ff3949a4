import { canonicalJson } from '../findings/canonical-json.ts';
import type { FindingUpdate } from '../findings/update.ts';
import { escapeText } from '../rules/escape-text.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Decision, RuleTrace } from '../triage/decision.ts';
import type { Mismatch } from './report.ts';
import type { Expectation } from './rule-test.ts';
import { showOutcome, showValue } from './show.ts';

/** Finds what a case says must be sent and is not: members it leaves out are not looked at. */
export function compareUpdate(
  rule: Rule,
  ruleset: Ruleset,
  decision: Decision,
  { update }: Expectation,
): readonly Mismatch[] {
  if (update === undefined) return [];
  if (decision.kind !== 'update' || decision.update === null) {
    return [
      {
        expected: `an update of ${Object.keys(update).join(', ')}`,
        actual: showOutcome(decision) + stopOf(rule, ruleset, decision),
      },
    ];
  }
  return differences(update, decision.update, '').map(({ path, wanted, found }) => ({
    expected: `${escapeText(path)} ${showValue(wanted)}`,
    actual:
      found === undefined
        ? `${escapeText(path)} is not sent${holdOf(rule, ruleset, decision, path) || stopOf(rule, ruleset, decision)}`
        : `${escapeText(path)} ${showValue(found)}${authorOf(rule, ruleset, decision, path)}`,
  }));
}

interface Difference {
  readonly path: string;
  readonly wanted: unknown;
  readonly found: unknown;
}

function differences(wanted: unknown, found: unknown, path: string): readonly Difference[] {
  if (!isObject(wanted) || !isObject(found)) {
    const same = found !== undefined && canonicalJson(wanted) === canonicalJson(found);
    return same ? [] : [{ path, wanted, found }];
  }
  return Object.entries(wanted).flatMap(([name, value]) =>
    differences(
      value,
      Object.hasOwn(found, name) ? found[name] : undefined,
      path === '' ? name : `${path}.${name}`,
    ),
  );
}

/** `, decided by <rule>`, where one did: a wrong value mostly comes from a rule of higher priority. */
function authorOf(rule: Rule, ruleset: Ruleset, { trace }: Decision, path: string): string {
  const authors = trace.filter(({ won }) => won.some((field) => isWithin(path, field)));
  if (authors.length === 0) return '';
  const names = authors.map((author) => escapeText(author.rule)).join(', ');
  return `, decided by ${names}${ranksOf(rule, ruleset, authors)}`;
}

/** ` (priority 900, this rule 800)`: what to change where another rule wins. */
function ranksOf(rule: Rule, ruleset: Ruleset, [author, ...others]: readonly RuleTrace[]): string {
  const winner = ruleset.rules.find(({ name }) => name === author?.rule);
  if (winner === undefined || others.length > 0 || winner.name === rule.name) return '';
  return ` (priority ${winner.priority}, this rule ${rule.priority})`;
}

/** `, held: critical`, where something stands against a field; and who made the finding CRITICAL. */
function holdOf(rule: Rule, ruleset: Ruleset, decision: Decision, path: string): string {
  const [hold] = decision.held.filter(({ field }) => isWithin(path, field));
  if (hold === undefined) return '';
  const severity = hold.by === 'critical' ? authorOf(rule, ruleset, decision, 'Severity') : '';
  return `, held: ${hold.by}${severity === '' ? '' : ` (Severity${severity.replace(/^,/, '')})`}`;
}

/** Names the rule whose `stop` left this one out. */
function stopOf(rule: Rule, ruleset: Ruleset, { trace }: Decision): string {
  if (!trace.some((entry) => entry.rule === rule.name && entry.stopped)) return '';
  const stop = trace.find(
    (entry) =>
      entry.matched &&
      !entry.stopped &&
      (entry.mode === 'enforce' || entry.rule === rule.name) &&
      ruleset.rules.some(({ name, stop }) => name === entry.rule && stop),
  );
  return stop === undefined ? '' : `, stopped by ${escapeText(stop.rule)}${ranksOf(rule, ruleset, [stop])}`;
}

function isWithin(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}

/**
 * Finds whether another rule wins where a case says so: it decided a field that the rule under test names as well,
 * or its `stop` left that rule out.
 */
export function compareWinner(
  rule: Rule,
  ruleset: Ruleset,
  { trace }: Decision,
  { winner }: Expectation,
): readonly Mismatch[] {
  if (winner === undefined) return [];
  const fields = fieldsOf(rule.event.params);
  const entries = trace.filter(({ rule: name, mode }) => name === rule.name || mode === 'enforce');
  const stopped = entries.some((entry) => entry.rule === rule.name && entry.stopped);
  const stops = (entry: RuleTrace) =>
    stopped &&
    entry.matched &&
    !entry.stopped &&
    ruleset.rules.some((other) => other.name === entry.rule && other.stop);
  const winners = entries.filter(
    (entry) => entry.won.some((field) => fields.includes(field)) || stops(entry),
  );
  if (winners.some((entry) => entry.rule === winner)) return [];
  const names = winners.map((entry) => escapeText(entry.rule));
  const observed = trace.find((entry) => entry.rule === winner && entry.matched && entry.mode === 'observe');
  const aside =
    observed === undefined || winner === rule.name ? '' : ` (${escapeText(winner)} only observes)`;
  return [
    {
      expected: `${escapeText(winner)} wins`,
      actual: `${names.length > 0 ? `${names.join(' and ')} wins` : 'no rule wins'}${aside}`,
    },
  ];
}

function fieldsOf({
  UserDefinedFields,
  ...members
}: Partial<FindingUpdate> | Rule['event']['params']): readonly string[] {
  const keys = Object.keys(UserDefinedFields ?? {}).map((key) => `UserDefinedFields.${key}`);
  return [...Object.keys(members), ...keys];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
