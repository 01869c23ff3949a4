import { parseArgs } from 'node:util';
import { RULESET_SIZES } from './workload/seeds.ts';

export interface BenchOptions {
  readonly sizes: readonly number[];
  /** Fewer and shorter rounds: to see that it runs, not to quote. */
  readonly quick: boolean;
  /** File for all figures as JSON. */
  readonly json?: string;
}

export type BenchCommand =
  | (BenchOptions & { readonly kind: 'peers'; readonly markdown?: string; readonly skipSimulate: boolean })
  | (BenchOptions & { readonly kind: 'versions'; readonly refs: readonly [string, string] })
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

export const USAGE = `npm run bench                       the product, its peers and the bound, side by side; then triage simulate
npm run bench -- <ref> <ref>        two versions of the product; "." is the working tree

  --sizes 10,100,1000,10000   numbers of rules
  --quick                     fewer and shorter rounds
  --json <file>               all figures as JSON
  --markdown <file>           writes the tables of peers between their markers in the file
  --skip-simulate             no triage simulate end to end, which takes most of the time
`;

/** Reads the command line; what is wrong with it comes back in words. */
export function readArguments(args: readonly string[]): BenchCommand {
  const parsed = parse(args);
  if ('message' in parsed) return { kind: 'wrong', message: parsed.message };
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const sizes = values.sizes === undefined ? RULESET_SIZES : readSizes(values.sizes);
  if (sizes === null)
    return { kind: 'wrong', message: `--sizes takes whole numbers of rules from 1 to 20000, e.g. 10,100.` };
  const { json, markdown, quick } = values;
  const options = { sizes, quick, ...(json === undefined ? {} : { json }) };
  const [first, second, ...more] = positionals;
  if (first === undefined)
    return {
      kind: 'peers',
      ...options,
      skipSimulate: values['skip-simulate'],
      ...(markdown === undefined ? {} : { markdown }),
    };
  if (second === undefined || more.length > 0) {
    const message = `Two versions are compared, and ${positionals.length} are named: give two refs, or none.`;
    return { kind: 'wrong', message };
  }
  if (markdown !== undefined)
    return { kind: 'wrong', message: '--markdown writes the tables of peers; two versions have none there.' };
  return { kind: 'versions', ...options, refs: [first, second] };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        sizes: { type: 'string' },
        quick: { type: 'boolean', default: false },
        'skip-simulate': { type: 'boolean', default: false },
        json: { type: 'string' },
        markdown: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return { message: (error as Error).message };
  }
}

function readSizes(text: string): readonly number[] | null {
  const sizes = text.split(',').map((part) => (/^\d+$/.test(part.trim()) ? Number(part) : Number.NaN));
  return sizes.every((size) => size >= 1 && size <= 20_000) ? sizes : null;
}
