import { isCalendarDay } from '../calendar-day.ts';
import { isObject } from '../condition-sites.ts';
import { daysLeft } from '../days-left.ts';
import type { JsonPath, Source } from '../source.ts';
import type { LintContext } from './lint-context.ts';

/** A last day in a file: of a rule, a review, a list's entry, an exception from lint. */
export interface DatedPlace {
  readonly source: Source;
  readonly path: JsonPath;
  readonly day: string;
  readonly of: 'rule' | 'review' | 'entry' | 'disable';
  /** How many whole or begun days are left; negative once the day is over. */
  readonly daysLeft: number;
  /** What it says of itself, for the message. */
  readonly name: string;
}

/** Every last day that the rules folder names. */
export function datedPlaces({ rules, files, now }: LintContext): readonly DatedPlace[] {
  const place = (
    source: Source,
    path: JsonPath,
    day: unknown,
    of: DatedPlace['of'],
    name: string,
  ): readonly DatedPlace[] =>
    typeof day === 'string' && isCalendarDay(day)
      ? [{ source, path, day, of, name, daysLeft: daysLeft(day, now) }]
      : [];
  const ofRules = rules.flatMap(({ file, rule }) => [
    ...place(file.source, ['expires'], rule.expires, 'rule', rule.name),
    ...place(file.source, ['reviewBy'], rule.reviewBy, 'review', rule.name),
    ...disablesOf(file.value).flatMap(({ code, until }, i) =>
      place(file.source, ['disable', i, 'until'], until, 'disable', String(code)),
    ),
  ]);
  const ofLists = files
    .filter(({ kind }) => kind === 'list')
    .flatMap(({ source, value, stem }) => {
      const wrapped = isObject(value) && Array.isArray(value.entries);
      const entries: readonly unknown[] = wrapped
        ? (value.entries as unknown[])
        : Array.isArray(value)
          ? value
          : [];
      return entries.flatMap((entry, i) =>
        isObject(entry)
          ? place(
              source,
              [...(wrapped ? ['entries'] : []), i, 'until'],
              entry.until,
              'entry',
              `lists.${stem}`,
            )
          : [],
      );
    });
  return [...ofRules, ...ofLists];
}

/** The exceptions from lint that a rule's file names, as far as they are objects. */
export function disablesOf(
  value: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value.disable) ? value.disable.filter(isObject) : [];
}
