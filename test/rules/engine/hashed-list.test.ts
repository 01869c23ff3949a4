import { describe, expect, it } from 'vitest';
import { hashedList } from '../../../lib/rules/engine/hashed-list.ts';

const VALUES = ['a', 'b', 'a', 1, '1', true, null, 'c', 'd', 'e'];

describe('a list made to be searched', () => {
  it('finds what an array finds, at the same place', () => {
    const list = hashedList<unknown>(VALUES);

    for (const value of [...VALUES, 'absent', undefined, false, 0])
      expect(list.indexOf(value)).toBe(VALUES.indexOf(value as string));
    expect(list.indexOf('a', 1)).toBe(2);
  });

  it('is an array in every other respect, and what is derived of it a plain one', () => {
    const list = hashedList<unknown>(VALUES);

    expect(Array.isArray(list)).toBe(true);
    expect(JSON.stringify(list)).toBe(JSON.stringify(VALUES));
    expect(list.map((value) => value).constructor).toBe(Array);
    expect(list.some((value) => value === 'e')).toBe(true);
  });

  it('leaves lists of up to eight values as they are', () => {
    const [short, longer] = [VALUES.slice(0, 8), VALUES.slice(0, 9)];

    expect(hashedList(short)).toBe(short);
    expect(hashedList(longer)).not.toBe(longer);
  });

  it('looks values up: what is changed afterwards, a walk would see', () => {
    const list = hashedList<unknown>(VALUES) as unknown[];
    list[0] = 'changed';

    expect(list.indexOf('changed')).toBe(-1);
    expect(list.indexOf('changed', 0)).toBe(0);
  });
});
