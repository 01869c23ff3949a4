import type { Leaf } from './flatten-event.ts';
import { compileIgnoreCase } from './ignore-case.ts';
import { parseCidr, parseIpAddress } from './ip-address.ts';
import { compileNumeric } from './numeric.ts';
import { compileWildcard } from './wildcard.ts';

export type ValueTest = (value: Leaf['value']) => boolean;

/** One alternative of a field: a test of a present value, absence, or what is wrong with it. */
export type Alternative =
  | { readonly kind: 'value'; readonly test: ValueTest }
  | { readonly kind: 'absence' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Compiles one element of a field's array: a scalar or an object with one operator.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compileAlternative(element: unknown): Alternative {
  if (typeof element === 'string') return accept(equalsText(element));
  if (element === null || typeof element === 'number' || typeof element === 'boolean') {
    return accept((value) => value === element);
  }
  if (typeof element !== 'object' || Array.isArray(element)) {
    return refuse('A value is a string, a number, true, false, null or an operator.');
  }
  const [[operator, operand] = ['', undefined], ...others] = Object.entries(element);
  if (others.length > 0 || operator === '') return refuse('An operator object has exactly one member.');
  const compile = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  return compile === undefined ? refuse(`There is no operator ${operator}.`) : compile(operand);
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => Alternative>> = {
  prefix: (operand) => affix(operand, 'prefix', (text) => (value) => value.startsWith(text)),
  suffix: (operand) => affix(operand, 'suffix', (text) => (value) => value.endsWith(text)),
  'equals-ignore-case': (operand) =>
    typeof operand === 'string'
      ? accept(ofText(compileIgnoreCase(operand, 'whole')))
      : refuse('equals-ignore-case needs a string.'),
  wildcard: (operand) => {
    const test = typeof operand === 'string' ? compileWildcard(operand) : null;
    return test === null
      ? refuse('wildcard needs a string without ** whose only escapes are \\* and \\\\.')
      : accept(ofText(test));
  },
  numeric: (operand) => {
    const test = compileNumeric(operand);
    if (typeof test !== 'function') return refuse(test.reason);
    return accept((value) => typeof value === 'number' && test(value));
  },
  cidr: (operand) => {
    const range = typeof operand === 'string' ? parseCidr(operand) : null;
    if (range === null)
      return refuse('cidr needs an address, a slash and a mask of at most 31 bits (IPv6: 127).');
    return accept(
      ofText((text) => {
        const address = parseIpAddress(text);
        return (
          address?.family === range.family && range.first <= address.number && address.number <= range.last
        );
      }),
    );
  },
  exists: (operand) => {
    if (typeof operand !== 'boolean') return refuse('exists needs true or false.');
    return operand ? accept(() => true) : { kind: 'absence' };
  },
  'anything-but': (operand) => {
    const excluded = compileExcluded(operand);
    if (typeof excluded !== 'function') return refuse(excluded.reason);
    return accept((value) => !excluded(value));
  },
};

/** What `anything-but` excludes. A value of another type than the operand's is never excluded. */
function compileExcluded(operand: unknown): ValueTest | { readonly reason: string } {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand))
    return compileExcludedTexts(operand);
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const types = new Set(values.map((value) => typeof value));
  const [type] = types;
  if (types.size !== 1 || (type !== 'string' && type !== 'number')) {
    return { reason: 'anything-but needs strings only or numbers only, one or a list of them.' };
  }
  return (value) => values.includes(value);
}

function compileExcludedTexts(operand: object): ValueTest | { readonly reason: string } {
  const [[operator, texts] = ['', undefined], ...others] = Object.entries(operand);
  const list: readonly unknown[] = Array.isArray(texts) ? texts : [texts];
  const isKnown = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator);
  if (others.length > 0 || !isKnown) {
    return { reason: 'anything-but takes one of prefix, suffix, equals-ignore-case and wildcard.' };
  }
  const isAffix = operator === 'prefix' || operator === 'suffix';
  if (list.length === 0 || list.some((text) => typeof text !== 'string' || (isAffix && text === ''))) {
    return { reason: `anything-but with ${operator} needs one string or a list of strings, none empty.` };
  }
  const tests: ValueTest[] = [];
  for (const text of list) {
    const alternative = compileAlternative({ [operator]: text });
    if (alternative.kind === 'refused') return alternative;
    if (alternative.kind === 'value') tests.push(alternative.test);
  }
  return (value) => tests.some((test) => test(value));
}

/** Plain texts that are IP addresses compare as addresses: `::1` is `0:0:0:0:0:0:0:1`. */
function equalsText(text: string): ValueTest {
  const wanted = parseIpAddress(text);
  if (wanted === null) return (value) => value === text;
  return ofText((value) => {
    const address = parseIpAddress(value);
    return address?.family === wanted.family && address.number === wanted.number;
  });
}

function affix(
  operand: unknown,
  operator: 'prefix' | 'suffix',
  compile: (text: string) => (value: string) => boolean,
): Alternative {
  if (typeof operand === 'string') return accept(ofText(compile(operand)));
  const [[inner, text] = ['', undefined], ...others] = Object.entries(operand ?? {});
  if (inner !== 'equals-ignore-case' || others.length > 0 || typeof text !== 'string') {
    return refuse(`${operator} needs a string, or {"equals-ignore-case": a string}.`);
  }
  return accept(ofText(compileIgnoreCase(text, operator === 'prefix' ? 'start' : 'end')));
}

function ofText(test: (text: string) => boolean): ValueTest {
  return (value) => typeof value === 'string' && test(value);
}

function accept(test: ValueTest): Alternative {
  return { kind: 'value', test };
}

function refuse(reason: string): Alternative {
  return { kind: 'refused', reason };
}
