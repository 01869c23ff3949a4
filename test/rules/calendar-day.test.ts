import { expect, it } from 'vitest';
import { isCalendarDay } from '../../lib/rules/calendar-day.ts';

it.each([
  ['2026-06-15', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-06', false],
  ['2026-6-15', false],
  ['2026-06-15T00:00:00Z', false],
  ['', false],
])('whether %j is a calendar day: %s', (text, is) => {
  expect(isCalendarDay(text)).toBe(is);
});
