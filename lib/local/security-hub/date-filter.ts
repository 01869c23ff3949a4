import type { Finding } from '../../findings/finding.ts';
import { type Check, integer, objectOf, oneOf } from './check.ts';
import { isObject, type JsonObject, textAt } from './json.ts';

const DAY_MS = 86_400_000;

type Holds = (atMs: number) => boolean;
export type DatesReading =
  | { readonly kind: 'valid'; readonly matches: (finding: Finding) => boolean }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Reads the filters of one date, of which one has to hold: from Start to End, both within, or the last Value days.
 * A finding without the date is in no range. The API page calls Unit and Value optional and does not say what stands
 * for them: so chosen, they have to be given. Chosen as well: instants ahead of the clock are WITHIN, as `lib/import`
 * reads them, and so is one of exactly so many days, which the operators of rules take on neither side.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DateRange.html
 */
export function readDates(field: string, filters: readonly JsonObject[], nowMs: number): DatesReading {
  const ranges: Holds[] = [];
  for (const [index, filter] of filters.entries()) {
    const range = rangeOf(filter, `Filters.${field}[${index}]`, nowMs);
    if (typeof range === 'string') return { kind: 'invalid', why: range };
    ranges.push(range);
  }
  const matches = (finding: Finding): boolean => {
    const atMs = Date.parse(textAt(finding, field) ?? '');
    return ranges.some((holds) => holds(atMs));
  };
  return { kind: 'valid', matches };
}

const DATE_RANGE: Check = objectOf(
  {
    Value: integer(0, Number.MAX_SAFE_INTEGER),
    Unit: oneOf(['DAYS']),
    Comparison: oneOf(['WITHIN', 'OLDER_THAN']),
  },
  ['Value', 'Unit'],
);

/** Whether an instant is in the range, or what is wrong with it. */
function rangeOf({ DateRange, Start, End }: JsonObject, at: string, nowMs: number): Holds | string {
  if (isObject(DateRange)) {
    const limitMs = nowMs - Number(DateRange.Value) * DAY_MS;
    const isOld = DateRange.Comparison === 'OLDER_THAN';
    return DATE_RANGE(DateRange, `${at}.DateRange`) ?? ((atMs) => (isOld ? atMs < limitMs : atMs >= limitMs));
  }
  const [startMs, endMs] = [Date.parse(String(Start)), Date.parse(String(End))];
  return Number.isNaN(startMs) || Number.isNaN(endMs)
    ? `${at} must hold Start and End, or a DateRange in DAYS`
    : (atMs) => atMs >= startMs && atMs <= endMs;
}
