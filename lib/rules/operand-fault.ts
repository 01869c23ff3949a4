import { isIP } from 'node:net';
import { isCalendarDay } from './calendar-day.ts';
import type { Comparison, Operand } from './comparison.ts';
import { quote } from './diagnostic.ts';

export interface OperandFault {
  readonly message: string;
  readonly help?: string;
}

/** Says what is wrong with the value an operator is given; undefined where nothing is. */
export function faultOfOperand(comparison: Comparison): OperandFault | undefined {
  const { signature, right } = comparison;
  switch (signature.value) {
    case 'conditions':
      return undefined;
    case 'list':
      return faultOfList(comparison);
    case 'cidr':
      return faultOfNetworks(right);
    case 'scalar':
      return faultOfShape(right) ?? faultOfScalars(comparison);
    default:
      return faultOfShape(right) ?? faultOfSingle(comparison, signature.value);
  }
}

function faultOfShape(right: Operand): OperandFault | undefined {
  if (!right.list) return undefined;
  return {
    message: `${right.text} is a list; a single value is needed.`,
    help: 'Put "someValue:" before the operator.',
  };
}

function faultOfList(comparison: Comparison): OperandFault | undefined {
  const { operator, right } = comparison;
  const help = 'Give an array, or { "fact": "lists.<name>" }.';
  if (right.from === 'finding') {
    return { message: `${quote(operator)} with ${right.text} would fail where that is missing.`, help };
  }
  if (!right.list) {
    const why =
      typeof right.values[0] === 'string'
        ? 'in a text the engine looks for a part of it'
        : 'the engine fails on it';
    return { message: `${quote(operator)} needs an array, not ${right.text}: ${why}.`, help };
  }
  if (right.from === 'literal' && right.values.length === 0) return { message: 'The array is empty.', help };
  return faultOfScalars(comparison);
}

/** JavaScript compares without conversion: a text of digits never equals a number. */
function faultOfScalars({ left, right }: Comparison): OperandFault | undefined {
  if (right.from === 'finding') {
    if (right.kind === left.kind || right.kind === 'any' || left.kind === 'any') return undefined;
    return { message: `${right.text} (${right.kind}) never equals ${left.text} (${left.kind}).` };
  }
  for (const value of right.values) {
    if (value === null)
      return { message: 'null equals nothing.', help: 'Use "exists" with false for what is missing.' };
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      return { message: `${quote(value)} is no single value.` };
    }
    const comparable = ['string', 'number', 'boolean'].includes(left.kind);
    if (comparable && typeof value !== left.kind) {
      const help = `Give a ${left.kind === 'string' ? 'text in quotes' : left.kind}.`;
      return { message: `${quote(value)} never equals ${left.text}, which is a ${left.kind}.`, help };
    }
  }
  return undefined;
}

type SingleKind = Exclude<Comparison['signature']['value'], 'conditions' | 'list' | 'cidr' | 'scalar'>;

const NEEDED: Readonly<Record<SingleKind, string>> = {
  string: 'a text that is not empty',
  glob: 'a text that is not empty',
  regex: 'an expression in quotes',
  number: 'a number',
  days: 'a number of days, 0 or more',
  boolean: 'true or false',
  instant: 'a day (YYYY-MM-DD) or an instant with its zone (2026-01-31T12:00:00Z)',
};

const FITS: Readonly<Record<SingleKind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string' && value !== '',
  glob: (value) => typeof value === 'string' && value !== '',
  regex: (value) => typeof value === 'string' && value !== '',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  days: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  boolean: (value) => typeof value === 'boolean',
  instant: isInstant,
};

function faultOfSingle({ operator, right }: Comparison, kind: SingleKind): OperandFault | undefined {
  const needed = `${quote(operator)} needs ${NEEDED[kind]}`;
  if (right.from === 'finding') {
    if (kind === 'regex') return { message: `${needed}: a finding must not bring its own expression.` };
    const fact = { days: 'number', number: 'number', boolean: 'boolean' }[kind as string] ?? 'string';
    const fits = right.kind === fact || right.kind === 'any';
    return fits ? undefined : { message: `${needed}, and ${right.text} is none.` };
  }
  const wrong = right.values.find((value) => !FITS[kind](value));
  if (wrong === undefined && (right.values.length > 0 || right.from === 'list')) return undefined;
  return { message: `${needed}, not ${quote(wrong ?? [])}.` };
}

function faultOfNetworks(right: Operand): OperandFault | undefined {
  const help = 'A network is written 192.0.2.0/24 or 2001:db8::/32.';
  if (right.from === 'finding')
    return { message: `${right.text} comes with the finding; name networks here.`, help };
  const wrong = right.values.find((value) => !isNetwork(value));
  if (wrong === undefined && (right.values.length > 0 || right.from === 'list')) return undefined;
  return { message: `${quote(wrong ?? [])} is no network.`, help };
}

function isNetwork(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [address = '', prefix = '', ...rest] = value.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  return (
    family !== 0 &&
    rest.length === 0 &&
    /^\d{1,3}$/.test(prefix) &&
    Number(prefix) <= (family === 4 ? 32 : 128)
  );
}

/** A time without a zone would mean another instant on another machine. */
function isInstant(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const match = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/.exec(value);
  return match?.[1] !== undefined && isCalendarDay(match[1]) && !Number.isNaN(Date.parse(value));
}
