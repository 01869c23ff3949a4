import type { Ruled, Suppression, Verdict } from '../decide/verdict.ts';
import { createSequenceTable } from './sequence-table.ts';

/** Verdicts, each kept once, and numbered from 0 as they come. */
export interface VerdictTable {
  readonly length: () => number;
  /** The number of this verdict, the next one where there was none like it. */
  readonly numberOf: (verdict: Verdict) => number;
  /** Made anew each time. */
  readonly at: (number: number) => Verdict;
  /** The same without any name of a rule: one object for all that are alike but for these. */
  readonly namelessAt: (number: number) => Verdict | null;
}

/**
 * Where rules overlap, every set of them is a verdict: 200 rules for an account each and 300 for a control each make
 * 60,000. What has few values is kept once for all of these; names are numbers, and a verdict is a sequence of numbers.
 */
export function createVerdictTable(): VerdictTable {
  const nameless = createList<Verdict>((verdict) => JSON.stringify(verdict));
  const names = createList<string>((name) => name);
  const nameLists = createSequenceTable();
  const verdicts = createSequenceTable();

  const namesAt = (number: number): readonly string[] =>
    nameLists.at(number).flatMap((name) => names.at(name) ?? []);
  const namelessAt = (number: number): Verdict | null => nameless.at(verdicts.at(number)[0] ?? -1) ?? null;

  return {
    length: verdicts.length,
    namelessAt,
    numberOf: (verdict) =>
      verdicts.numberOf([
        nameless.numberOf(withNames(verdict, NO_NAMES)),
        ...namesOf(verdict).map((list) => nameLists.numberOf(list.map(names.numberOf))),
      ]),
    at(number) {
      const [plain = -1, ...lists] = verdicts.at(number);
      const verdict = nameless.at(plain);
      if (verdict === undefined) throw new RangeError(`There is no verdict ${number}`);
      return withNames(verdict, lists.map(namesAt));
    },
  };
}

type Names = readonly (readonly string[])[];

/** All names of rules in a verdict, always in this order; none stands for null. */
function namesOf({ ruled, base, dueTo, suppression }: Verdict): Names {
  return [
    ...[ruled.matched, ruled.decided, base?.matched ?? [], base?.decided ?? [], dueTo],
    ...(suppression === null
      ? []
      : [listed(suppression.by), listed(suppression.heldFrom), suppression.ended, suppression.gone]),
  ];
}

const NO_NAMES: Names = [];

/** The same verdict with these names, in the order of `namesOf`, in place of its own. */
function withNames(verdict: Verdict, names: Names): Verdict {
  const [matched, decided, baseMatched, baseDecided, dueTo = [], by, heldFrom, ended, gone] = names;
  const { ruled, base, suppression } = verdict;
  return {
    ...verdict,
    ruled: ruledWith(ruled, matched, decided),
    base: base && ruledWith(base, baseMatched, baseDecided),
    dueTo,
    suppression: suppression && suppressionWith(suppression, by, heldFrom, ended, gone),
  };
}

function ruledWith(ruled: Ruled, matched: readonly string[] = [], decided: readonly string[] = []): Ruled {
  return { ...ruled, matched, decided };
}

function suppressionWith(
  suppression: Suppression,
  by: readonly string[] = [],
  heldFrom: readonly string[] = [],
  ended: readonly string[] = [],
  gone: readonly string[] = [],
): Suppression {
  return { ...suppression, by: by[0] ?? null, heldFrom: heldFrom[0] ?? null, ended, gone };
}

function listed(name: string | null): readonly string[] {
  return name === null ? [] : [name];
}

/** Values that are equal where their texts are, numbered from 0 as they come. */
function createList<T>(textOf: (value: T) => string) {
  const numbers = new Map<string, number>();
  const values: T[] = [];
  return {
    at: (number: number): T | undefined => values[number],
    numberOf(value: T): number {
      const text = textOf(value);
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, values.length);
      return values.push(value) - 1;
    },
  };
}
