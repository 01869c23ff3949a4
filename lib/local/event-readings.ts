import { type CompiledPattern, compilePattern } from '../event-bridge/compile-pattern.ts';

/** What the documentation of event patterns leaves open. */
export interface EventReadings {
  /** Whether one value of a list that is none of `anything-but` is enough, or every one has to be. */
  readonly anythingBut: 'oneValue' | 'everyValue';
  /** Whether the limit on a pattern's length counts it as it was sent, or without the white space. */
  readonly patternLength: 'compact' | 'asSent';
}

/** What the account does unless a test says otherwise. */
export const CHOSEN_EVENT_READINGS: EventReadings = { anythingBut: 'oneValue', patternLength: 'compact' };

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const PATTERN_CHARACTERS = 2_048;

type Members = Readonly<Record<string, unknown>>;

/** Compiles a pattern's text as PutRule takes it, by these readings. */
export function compileText(text: string, readings: EventReadings): CompiledPattern {
  if (readings.patternLength === 'asSent' && text.length > PATTERN_CHARACTERS)
    return { ok: false, reason: `The pattern has ${text.length} characters as it was sent.`, path: '' };
  try {
    return compileAs(JSON.parse(text), readings);
  } catch {
    return { ok: false, reason: 'The pattern is not JSON.', path: '' };
  }
}

/** Compiles a pattern by these readings. */
export function compileAs(pattern: unknown, { anythingBut }: EventReadings): CompiledPattern {
  const compiled = compilePattern(pattern);
  if (!compiled.ok || anythingBut === 'oneValue') return compiled;
  const { matches } = compiled;
  return { ok: true, matches: (event) => matches(event) && everyValuePasses(pattern, event) };
}

/** Whether all values of each field with `anything-but` pass it; ways below `$or` are left to the matcher. */
function everyValuePasses(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) return true;
  return Object.entries(pattern).every(([name, member]) => {
    const values = elementsOf(event).flatMap((one) => elementsOf(isObject(one) ? one[name] : undefined));
    if (!Array.isArray(member)) return values.every((value) => everyValuePasses(member, value));
    if (name === '$or' || !member.some((one) => isObject(one) && 'anything-but' in one)) return true;
    const field = compilePattern({ [name]: member });
    return field.ok && values.every((value) => field.matches({ [name]: value }));
  });
}

function elementsOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
