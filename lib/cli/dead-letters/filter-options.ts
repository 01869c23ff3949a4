import { InvalidArgumentError, Option } from 'commander';
import type { LetterFilter } from '../../dead-letters/filter.ts';

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** What options come to; commander names `--older-than` so. */
export type FilterOptions = Omit<LetterFilter, 'olderThanMs'> & {
  readonly olderThan?: number;
  readonly limit?: number;
};

export function filterOptions(): readonly Option[] {
  return [
    list('--cause <codes>', 'with these causes, e.g. InvalidInput,FindingSizeExceeded or none'),
    list('--rule <names>', 'whose refused update one of these rules decided'),
    list('--id <ids>', 'of these message or finding ids'),
    new Option('--older-than <age>', 'sent at least so long ago: 30m, 12h or 2d').argParser(readAge),
    new Option('--limit <n>', 'letters to look at in each queue').argParser((text) => {
      if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
      throw new InvalidArgumentError('Not a whole number from 1.');
    }),
  ];
}

export function filterOf({ cause, rule, id, olderThan }: FilterOptions): LetterFilter {
  return {
    ...(cause !== undefined && { cause }),
    ...(rule !== undefined && { rule }),
    ...(id !== undefined && { id }),
    ...(olderThan !== undefined && { olderThanMs: olderThan }),
  };
}

function readAge(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count !== '') return Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
  throw new InvalidArgumentError('Write minutes, hours or days: 30m, 12h, 2d.');
}

/** Values with commas between them, or the option several times. */
function list(flags: string, description: string): Option {
  return new Option(flags, description).argParser<readonly string[] | undefined>((text, earlier = []) => {
    const values = text.split(',').map((value) => value.trim());
    if (values.includes('')) throw new InvalidArgumentError('Write values with commas between them.');
    return [...new Set([...earlier, ...values])];
  });
}
