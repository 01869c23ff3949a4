import { BlockList, isIP } from 'node:net';
import { Operator } from 'json-rules-engine';
import { RE2JS } from 're2js';
import { expressionOfGlob } from './pattern.ts';

const DAY_MS = 86_400_000;
const isString = (fact: unknown): fact is string => typeof fact === 'string';

/** Whether an operator, decorated or not, measures from the present: it says another thing at another instant. */
export function measuresAge(operator: string): boolean {
  return /(?:^|:)(?:older|newer)ThanDays$/.test(operator);
}

/** Our operators on texts, instants and addresses, as json-rules-engine objects; `now` in milliseconds since 1970. */
export function createOperators(now: number): readonly Operator[] {
  const expressions = memo((pattern) => RE2JS.compile(pattern));
  const globs = memo((pattern) => RE2JS.compile(expressionOfGlob(pattern), RE2JS.DOTALL));
  const networks = memo(networkOf);
  const text = (name: string, test: (fact: string, value: string) => boolean) =>
    new Operator(
      name,
      (fact: unknown, value: unknown) => isString(fact) && isString(value) && test(fact, value),
    );
  const instants = (name: string, test: (fact: number, value: number) => boolean) =>
    new Operator(name, (fact: unknown, value: unknown) => test(instantOf(fact), instantOf(value)));
  const age = (name: string, test: (ageMs: number, limitMs: number) => boolean) =>
    new Operator(
      name,
      (fact: unknown, days: unknown) =>
        typeof days === 'number' && test(now - instantOf(fact), days * DAY_MS),
    );
  return [
    text('startsWith', (fact, value) => fact.startsWith(value)),
    text('endsWith', (fact, value) => fact.endsWith(value)),
    text('includes', (fact, value) => fact.includes(value)),
    text('equalsIgnoreCase', (fact, value) => fact.toLowerCase() === value.toLowerCase()),
    text('matches', (fact, value) => expressions(value).testExact(fact)),
    text('glob', (fact, value) => globs(value).testExact(fact)),
    // Comparisons with NaN are false, so an instant that cannot be read matches nothing.
    instants('before', (fact, value) => fact < value),
    instants('after', (fact, value) => fact > value),
    age('olderThanDays', (ageMs, limitMs) => ageMs > limitMs),
    age('newerThanDays', (ageMs, limitMs) => ageMs < limitMs),
    new Operator(
      'inCidr',
      (fact: unknown, value: unknown) => isString(fact) && inNetworks(fact, value, networks),
    ),
    new Operator(
      'exists',
      (fact: unknown, value: unknown) => (fact !== undefined && fact !== null) === value,
    ),
  ];
}

function inNetworks(address: string, value: unknown, networks: (cidr: string) => BlockList | null): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return (Array.isArray(value) ? value : [value]).some(
    (cidr) => isString(cidr) && networks(cidr)?.check(address, family === 4 ? 'ipv4' : 'ipv6') === true,
  );
}

function networkOf(cidr: string): BlockList | null {
  const [address, prefix = ''] = cidr.split('/') as [string, string?];
  const family = isIP(address);
  if (family === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) return null;
  const network = new BlockList();
  network.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  return network;
}

function instantOf(value: unknown): number {
  return isString(value) ? Date.parse(value) : Number.NaN;
}

function memo<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const value = make(text);
    made.set(text, value);
    return value;
  };
}
