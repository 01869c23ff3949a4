import { describe, expect, it } from 'vitest';
import { readDateFilters } from '../../../lib/import/date-filters.ts';
import { readDates } from '../../../lib/local/security-hub/date-filter.ts';
import { finding } from './account.ts';

const NOW_MS = Date.parse('2026-03-01T12:00:00.250Z');
const DAY_MS = 86_400_000;

/** Whether the filters take a finding that was updated so many milliseconds ago. */
function takes(filters: readonly Readonly<Record<string, unknown>>[], agoMs: number): boolean {
  const reading = readDates('UpdatedAt', filters, NOW_MS);
  if (reading.kind === 'invalid') throw new Error(reading.why);
  return reading.matches(finding('one', { UpdatedAt: new Date(NOW_MS - agoMs).toISOString() }));
}

const range = (Comparison: string) => [{ DateRange: { Value: 3, Unit: 'DAYS', Comparison } }];

describe('a range of days', () => {
  it.each([
    ['a day ahead', -DAY_MS, true],
    ['now', 0, true],
    ['a millisecond short of it', 3 * DAY_MS - 1, true],
    ['exactly as old', 3 * DAY_MS, true],
    ['a millisecond over it', 3 * DAY_MS + 1, false],
  ])('has an instant either within or older: %s', (_, agoMs, isWithin) => {
    expect(takes(range('WITHIN'), agoMs)).toBe(isWithin);
    expect(takes(range('OLDER_THAN'), agoMs)).toBe(!isWithin);
  });

  it('has no finding without the date, on either side', () => {
    for (const Comparison of ['WITHIN', 'OLDER_THAN']) {
      const reading = readDates('LastObservedAt', range(Comparison), NOW_MS);

      expect(reading.kind === 'valid' && reading.matches(finding('one'))).toBe(false);
    }
  });

  it.each(['WITHIN', 'OLDER_THAN'])(
    'means to the hub what it means to an imported rule: %s',
    (Comparison) => {
      const read = readDateFilters('UpdatedAt', 'UpdatedAt', range(Comparison), NOW_MS);

      // What the importer says of its own reading: an instant that is in the range, and one that is not.
      const [probe] = Array.isArray(read) ? read : [];
      const { hit, miss } = probe as { readonly hit: string; readonly miss: string };
      expect(takes(range(Comparison), NOW_MS - Date.parse(hit))).toBe(true);
      expect(takes(range(Comparison), NOW_MS - Date.parse(miss))).toBe(false);
    },
  );
});
