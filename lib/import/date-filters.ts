import type { Refusal } from './remark.ts';
import { named, type Probe, type Tree } from './tree.ts';

const DAY_MS = 86_400_000;

/**
 * Date filters: one of them holds. `Start` and `End` belong to their range, which `after` and `before` do not say:
 * so they are moved by a millisecond, the least that an instant here can differ by.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DateFilter.html
 */
export function readDateFilters(
  name: string,
  fact: string,
  filters: readonly Readonly<Record<string, unknown>>[],
  nowMs: number,
): readonly Tree[] | Refusal {
  const ranges: Tree[] = [];
  for (const filter of filters) {
    const range = isObject(filter.DateRange) ? daysOf(fact, filter.DateRange, nowMs) : spanOf(fact, filter);
    if (range === undefined)
      return { refused: `${name} has the filter ${JSON.stringify(filter)}, which is no range of dates.` };
    ranges.push(range.length === 1 ? (range[0] as Probe) : { all: range });
  }
  return ranges.length === 0 ? [] : [named(name, 'any', ranges)];
}

function daysOf(
  fact: string,
  { Value: days, Unit = 'DAYS', Comparison = 'WITHIN' }: Readonly<Record<string, unknown>>,
  nowMs: number,
): readonly Probe[] | undefined {
  if (typeof days !== 'number' || days < 0 || Unit !== 'DAYS') return undefined;
  const young = instant(nowMs - (days * DAY_MS) / 2);
  const old = instant(nowMs - (days + 1) * DAY_MS);
  if (Comparison === 'WITHIN')
    return [{ leaf: { fact, operator: 'newerThanDays', value: days }, hit: young, miss: old }];
  if (Comparison !== 'OLDER_THAN') return undefined;
  return [{ leaf: { fact, operator: 'olderThanDays', value: days }, hit: old, miss: young }];
}

function spanOf(
  fact: string,
  { Start, End }: Readonly<Record<string, unknown>>,
): readonly Probe[] | undefined {
  const [start, end] = [Start, End].map((text) =>
    text === undefined ? undefined : Date.parse(String(text)),
  );
  if (Number.isNaN(start) || Number.isNaN(end) || (start === undefined && end === undefined))
    return undefined;
  const from: readonly Probe[] =
    start === undefined
      ? []
      : [
          {
            leaf: { fact, operator: 'after', value: instant(start - 1) },
            hit: instant(start),
            miss: instant(start - 1),
          },
        ];
  const to: readonly Probe[] =
    end === undefined
      ? []
      : [
          {
            leaf: { fact, operator: 'before', value: instant(end + 1) },
            hit: instant(end),
            miss: instant(end + 1),
          },
        ];
  return [...from, ...to];
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
