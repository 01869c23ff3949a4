import { escapeText } from '../rules/escape-text.ts';
import { fittedColumns } from '../rules/fitted-columns.ts';
import { safeJson } from '../rules/safe-json.ts';
import type { Paint } from '../rules/surface.ts';
import type { Explanation, RuleExplanation } from '../simulation/explain.ts';
import type { JudgedCondition } from '../simulation/shortfall.ts';
import { describeUpdate } from './describe-update.ts';

export interface ExplanationOptions {
  readonly paint: Paint;
  /** How wide the terminal is; 80 where nothing says so. */
  readonly columns?: number | undefined;
  /** The instance's prefix: its marks are no news in a line of few words. */
  readonly prefix: string;
  /** Shows this rule alone, its conditions above all. */
  readonly rule?: string;
}

const LABEL_WIDTH = 15;
const VALUE_CHARACTERS = 60;
const DEFAULT_COLUMNS = 80;
const MARK_WIDTH = 4;

const HELD_BY = {
  person: 'someone else set it',
  nativeRule: 'its severity differs from the provider’s: most likely a native automation rule',
  service: 'Security Hub sets it on a control that passed',
  hold: 'the finding is on hold',
  instance: 'another instance marked the finding',
  critical: 'a CRITICAL finding is hidden only with "allowCritical"',
} as const;

/** Tells people what was decided and why. Findings are written by others, so every text of theirs is escaped. */
export function formatExplanation(explanation: Explanation, options: ExplanationOptions): string {
  const { finding, decision, rules, closestMiss } = explanation;
  const { product, severity, workflow } = finding;
  const chosen = rules.find(({ rule }) => rule === options.rule);
  const about = [product, severity, workflow].filter((text) => text !== undefined).map(escapeText);
  const line = labelled(options.paint);
  const lines = [line('finding', `${escapeText(finding.Id)}  ${about.join(' · ')}`)];
  if (chosen) return [...lines, ...ruleLines(chosen, options)].join('\n');
  const winners = rules.filter(({ rule }) => decision.rules.includes(rule));
  const [first] = winners;
  lines.push(line('decision', decisionText(explanation, first, options)));
  for (const winner of winners) {
    if (winner !== first) lines.push(line('with', `${named(winner)}: decides ${fieldsOf(winner)}`));
    lines.push(...conditionLines(winner.conditions, options));
  }
  for (const { field, by } of decision.held)
    lines.push(line('held', `${escapeText(field)}: ${HELD_BY[by]} (${by})`));
  for (const field of decision.kept ?? [])
    lines.push(
      line('kept', `${escapeText(field)}: no rule decides it, and the function may not take it back`),
    );
  for (const other of rules.filter((rule) => !winners.includes(rule))) {
    const why = matchText(other);
    if (why !== undefined) lines.push(line('also matched', `${named(other)}: ${why}`));
  }
  if (decision.observed) {
    const { rules: names, update } = decision.observed;
    const would = update === null ? 'nothing would be sent' : shortUpdate(update, options);
    lines.push(line('observed', `if enforced: ${would} by ${names.map(escapeText).join(', ')}`));
  }
  const miss = rules.find(({ rule }) => rule === closestMiss);
  if (miss) lines.push(line('closest miss', `${escapeText(miss.rule)}: ${missText(miss)}`));
  const cause = decision.cause;
  if (cause) lines.push(line('dead letter', `${cause.code}: ${escapeText(cause.message)}`));
  lines.push(line('update', decision.update === null ? 'none' : safeJson(decision.update)));
  return lines.join('\n');
}

function decisionText(
  { decision, rules }: Explanation,
  winner: RuleExplanation | undefined,
  options: ExplanationOptions,
): string {
  const { kind, update } = decision;
  if (kind === 'observed') return `nothing is sent: only rules that observe want more${by(winner)}`;
  if (kind === 'held') return `nothing is sent: what rules want is held${by(winner)}`;
  if (kind === 'deadLetter') return `cannot be sent${by(winner)}`;
  if (kind === 'unchanged' || update === null) {
    const matching = rules.some(({ won }) => won.length > 0);
    return matching
      ? `nothing is sent: the finding stands as rules want it${by(winner)}`
      : 'nothing is sent: no rule that is in force matches';
  }
  const words = shortUpdate(update, options);
  return `${words === '' ? 'the marks alone' : words}${winner === undefined ? ', withdrawn: no rule wants more' : by(winner)}`;
}

function by(winner: RuleExplanation | undefined): string {
  return winner === undefined ? '' : ` by ${named(winner)}`;
}

function ruleLines(rule: RuleExplanation, options: ExplanationOptions): readonly string[] {
  const word = rule.verdict === 'misses' ? missText(rule) : (matchText(rule) ?? rule.verdict);
  const line = labelled(options.paint);
  return [line('rule', `${named(rule)}: ${word}`), ...conditionLines(rule.conditions, options)];
}

function named({ rule, priority, mode, expiresInDays }: RuleExplanation): string {
  const notes = [`priority ${priority}`];
  if (mode === 'observe') notes.push('observes');
  if (expiresInDays !== undefined)
    notes.push(expiresInDays < 0 ? 'expired' : `expires in ${counted(expiresInDays, 'day')}`);
  return `${escapeText(rule)} (${notes.join(', ')})`;
}

/** Why a rule that matches changes nothing, or what it decides; undefined where it does not match. */
function matchText(rule: RuleExplanation): string | undefined {
  switch (rule.verdict) {
    case 'decides':
      return `decides ${fieldsOf(rule)}`;
    case 'observes':
      return `would decide ${fieldsOf(rule)}`;
    case 'matches':
      return 'rules of higher priority left nothing to set';
    case 'stopped':
      return 'a rule of higher priority stopped it';
    case 'expired':
      return 'its last day has passed';
    default:
      return undefined;
  }
}

function missText({ fitting, needed, failing }: RuleExplanation): string {
  const [first, ...others] = failing;
  if (first === undefined) return `${fitting} of ${needed}`;
  const rest = others.map((other) => ` and ${titleOf(other)}`).join('');
  return `${fitting} of ${needed}, failed at ${titleOf(first)} (${escapeText(first.fact)} is ${shown(first.actual)})${rest}`;
}

function titleOf({ name, fact, operator }: JudgedCondition): string {
  return `"${escapeText(name ?? `${fact} ${operator}`)}"`;
}

function fieldsOf({ won }: RuleExplanation): string {
  return won.map(escapeText).join(', ');
}

/** A mark and a word, since colour alone says nothing to some: ✗ lines end with what stands there instead. */
function conditionLines(
  conditions: readonly JudgedCondition[],
  { paint, columns = DEFAULT_COLUMNS }: ExplanationOptions,
): readonly string[] {
  const cells = conditions.map(({ name, fact, operator, expected, actual }) => [
    escapeText(name ?? ''),
    escapeText(fact),
    `${escapeText(operator)} ${shown(expected)}`,
    `is ${shown(actual)}`,
  ]);
  const rows = fittedColumns(cells, columns - MARK_WIDTH);
  return conditions.map(({ fits }, i) => `  ${fits ? paint.good('✓') : paint.bad('✗')} ${rows[i] ?? ''}`);
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  const text = escapeText(JSON.stringify(value));
  return text.length <= VALUE_CHARACTERS ? text : `${text.slice(0, VALUE_CHARACTERS - 1)}…`;
}

function shortUpdate(
  update: NonNullable<Explanation['decision']['update']>,
  { prefix }: ExplanationOptions,
): string {
  const { UserDefinedFields = {}, ...others } = update;
  const marks = [`${prefix}Rules`, `${prefix}Set`];
  const fields = Object.entries(UserDefinedFields).filter(([key]) => !marks.includes(key));
  return escapeText(describeUpdate({ ...others, UserDefinedFields: Object.fromEntries(fields) }));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Lines of a label and a text, the texts below each other. */
function labelled({ strong }: Paint): (label: string, text: string) => string {
  return (label, text) => `${strong(label)}${' '.repeat(LABEL_WIDTH - label.length)}${text}`;
}
