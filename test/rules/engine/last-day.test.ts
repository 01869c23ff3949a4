import { expect, it } from 'vitest';
import { lastInstantOf } from '../../../lib/rules/engine/last-day.ts';

it('the last instant of a day is the millisecond before the next, in UTC', () => {
  expect(lastInstantOf('2026-02-28')).toBe(Date.parse('2026-02-28T23:59:59.999Z'));
  expect(lastInstantOf('2024-02-29')).toBe(Date.parse('2024-03-01T00:00:00.000Z') - 1);
});
