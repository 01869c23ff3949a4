import { describe, expect, it } from 'vitest';
import { FILTER_LIMITS, type Filters, filtersFor, filtersFrom } from '../../lib/findings/finding-filters.ts';

const NOW_MS = Date.parse('2026-03-01T10:00:00Z');
const DAY_MS = 86_400_000;
const A_YEAR_ON = '2027-03-01T10:00:00.000Z';

describe('the filters of a choice', () => {
  it('name the attributes of the API, values of one joined by OR', () => {
    const filters = filtersFor(
      { severity: ['CRITICAL', 'HIGH'], product: ['GuardDuty'], account: [] },
      NOW_MS,
    );

    expect(filters).toEqual({
      SeverityLabel: [
        { Value: 'CRITICAL', Comparison: 'EQUALS' },
        { Value: 'HIGH', Comparison: 'EQUALS' },
      ],
      ProductName: [{ Value: 'GuardDuty', Comparison: 'EQUALS' }],
    });
  });

  it('reach a year ahead where they begin at an instant, for clocks that run ahead', () => {
    const filters = filtersFor({ updatedSinceMs: NOW_MS - DAY_MS }, NOW_MS);

    expect(filters).toEqual({ UpdatedAt: [{ Start: '2026-02-28T10:00:00.000Z', End: A_YEAR_ON }] });
  });

  it('are none where nothing was chosen', () => {
    expect(filtersFor({}, NOW_MS)).toEqual({});
  });
});

describe('filters that go on where a query broke off', () => {
  const lastMs = Date.parse('2026-02-10T00:00:00Z');
  const A_DAY_BEFORE = '2026-02-09T00:00:00.000Z';

  it('are the same where nothing was read', () => {
    const filters = { RecordState: [] };

    expect(filtersFrom(filters, null, NOW_MS)).toBe(filters);
  });

  it('begin a day before the last change that was read', () => {
    expect(filtersFrom({ RecordState: [] }, lastMs, NOW_MS)).toEqual({
      RecordState: [],
      UpdatedAt: [{ Start: A_DAY_BEFORE, End: A_YEAR_ON }],
    });
  });

  it('narrow a window that is there, and never widen it', () => {
    const since = (Start: string): Filters => ({ UpdatedAt: [{ Start, End: '2026-02-20T00:00:00Z' }] });

    expect(filtersFrom(since('2026-01-01T00:00:00Z'), lastMs, NOW_MS)).toEqual(since(A_DAY_BEFORE));
    expect(filtersFrom(since('2026-02-09T12:00:00.000Z'), lastMs, NOW_MS)).toEqual(
      since('2026-02-09T12:00:00.000Z'),
    );
  });

  it.each<[string, Filters]>([
    [
      'no room for a window',
      Object.fromEntries(Array.from({ length: FILTER_LIMITS.attributes }, (_, n) => [n, []])),
    ],
    ['two windows', { UpdatedAt: [{ Start: '2026-01-01', End: '2026-02-01' }, { Start: '2026-02-01' }] }],
    ['a window by days', { UpdatedAt: [{ DateRange: { Value: 7, Unit: 'DAYS' } }] }],
    ['a window without an end', { UpdatedAt: [{ Start: '2026-01-01T00:00:00Z' }] }],
    ['no list of windows', { UpdatedAt: 'yesterday' }],
  ])('are the same with %s', (_what, filters) => {
    expect(filtersFrom(filters, lastMs, NOW_MS)).toBe(filters);
  });
});
