import { describe, expect, it } from 'vitest';
import { CHOSEN_EVENT_READINGS, compileAs, compileText } from '../../lib/local/event-readings.ts';

const EVERY = { ...CHOSEN_EVENT_READINGS, anythingBut: 'everyValue' } as const;

function matches(pattern: object, event: object, readings = CHOSEN_EVENT_READINGS): boolean {
  const compiled = compileAs(pattern, readings);
  if (!compiled.ok) throw new Error(compiled.reason);
  return compiled.matches(event);
}

describe('anything-but over a list', () => {
  const pattern = { detail: { findings: { Types: [{ 'anything-but': ['a'] }] } } };
  const of = (Types: unknown) => ({ detail: { findings: [{ Types }] } });

  it.each([
    [['a', 'b'], true, false],
    [['b', 'c'], true, true],
    [['a'], false, false],
    ['b', true, true],
  ])('of %j: one value is enough: %s; each has to be: %s', (types, one, every) => {
    expect(matches(pattern, of(types))).toBe(one);
    expect(matches(pattern, of(types), EVERY)).toBe(every);
  });

  it('leaves other comparisons as they are', () => {
    expect(matches({ tags: ['a'] }, { tags: ['a', 'b'] }, EVERY)).toBe(true);
  });
});

describe('the length of a pattern', () => {
  const compact = JSON.stringify({ source: Array.from({ length: 100 }, (_, n) => `source-${n}`) });
  const spread = JSON.stringify(JSON.parse(compact), null, 12);

  it('is counted without white space, or as it was sent', () => {
    expect(compact.length).toBeLessThan(2_048);
    expect(spread.length).toBeGreaterThan(2_048);
    expect(compileText(spread, CHOSEN_EVENT_READINGS).ok).toBe(true);
    expect(compileText(spread, { ...CHOSEN_EVENT_READINGS, patternLength: 'asSent' }).ok).toBe(false);
    expect(compileText(compact, { ...CHOSEN_EVENT_READINGS, patternLength: 'asSent' }).ok).toBe(true);
  });
});
