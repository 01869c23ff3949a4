import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../lib/local/event-bridge/compile-pattern.ts';
import { REFUSED_PATTERNS } from './refused-patterns.ts';
import { STRUCTURE_CASES } from './structure-cases.ts';
import { VALUE_CASES } from './value-cases.ts';

const matches = (pattern: unknown, event: unknown): boolean => {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(`${compiled.path}: ${compiled.reason}`);
  return compiled.matches(event);
};

describe('compilePattern', () => {
  it.each([...VALUE_CASES, ...STRUCTURE_CASES])('$feature', ({ pattern, matching, other }) => {
    const verdicts = [...matching, ...other].map((event) => [event, matches(pattern, event)]);

    expect(verdicts).toEqual([
      ...matching.map((event) => [event, true]),
      ...other.map((event) => [event, false]),
    ]);
  });

  it.each(REFUSED_PATTERNS)('refuses %j and names the path "%s"', (pattern, path) => {
    const compiled = compilePattern(pattern);

    expect(compiled).toMatchObject({ ok: false, path, reason: expect.stringMatching(/\.$/) });
  });

  it('accepts a pattern of just the allowed length and refuses one more character', () => {
    const frame = JSON.stringify({ a: [''] }).length;

    const lengths = [2048, 2049].map((length) => compilePattern({ a: ['x'.repeat(length - frame)] }).ok);

    expect(lengths).toEqual([true, false]);
    expect(compilePattern({ a: ['x'.repeat(2048)] }, { maxCharacters: 4096 }).ok).toBe(true);
  });

  it('counts the product of all $or arrays against the limit', () => {
    const or = (length: number) => Array.from({ length }, (_, index) => ({ [`f${index}`]: [1] }));
    const pattern = (length: number) => ({ a: { $or: or(10) }, b: { $or: or(10) }, c: { $or: or(length) } });

    const verdicts = [10, 11].map((length) => compilePattern(pattern(length)).ok);

    expect(verdicts).toEqual([true, false]);
  });

  it.each([null, 'text', 5, []])('matches nothing in %j, which is no event', (event) => {
    expect(matches({ a: [{ exists: true }] }, event)).toBe(false);
  });
});
