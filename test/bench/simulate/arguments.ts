import { parseArgs } from 'node:util';
import { RULESET_SIZES } from '../workload/seeds.ts';

export interface SimulateBenchOptions {
  readonly sizes: readonly number[];
  /** One short round: to see that it runs, not to quote. */
  readonly quick: boolean;
  /** Leaves out the memory of 100 MB, 2 GB, a wide rule's findings and those of rules that meet, which takes minutes and 2 GB of disk. */
  readonly skipLarge: boolean;
  /** Leaves out everything but that memory. */
  readonly skipSpeed: boolean;
  /** File for all figures as JSON. */
  readonly json?: string;
  /** Document whose tables are written anew. */
  readonly markdown?: string;
}

export type SimulateBenchCommand =
  | (SimulateBenchOptions & { readonly kind: 'measure' })
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

export const USAGE = `npm run bench:simulate              triage simulate end to end, beside JSON.parse alone

  --sizes 10,100,1000,10000   numbers of rules
  --quick                     one short round
  --skip-large                no memory for 100 MB and 2 GB of findings, a wide rule and many that meet
  --skip-speed                nothing but that memory
  --json <file>               all figures as JSON
  --markdown <file>           writes the tables between their markers in the file
`;

const MOST_RULES = 20_000;

/** Reads the command line; what is wrong with it comes back in words. */
export function readSimulateArguments(args: readonly string[]): SimulateBenchCommand {
  const values = parse(args);
  if ('message' in values) return { kind: 'wrong', message: values.message };
  if (values.help) return { kind: 'help' };
  const sizes = values.sizes === undefined ? RULESET_SIZES : readSizes(values.sizes);
  if (sizes === null)
    return { kind: 'wrong', message: '--sizes takes whole numbers of rules from 1 to 20000, e.g. 10,100.' };
  if (values['skip-large'] && values['skip-speed'])
    return { kind: 'wrong', message: '--skip-large and --skip-speed leave nothing to measure.' };
  const { json, markdown, quick } = values;
  return {
    kind: 'measure',
    sizes,
    quick,
    skipLarge: values['skip-large'],
    skipSpeed: values['skip-speed'],
    ...(json === undefined ? {} : { json }),
    ...(markdown === undefined ? {} : { markdown }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        sizes: { type: 'string' },
        quick: { type: 'boolean', default: false },
        'skip-large': { type: 'boolean', default: false },
        'skip-speed': { type: 'boolean', default: false },
        json: { type: 'string' },
        markdown: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return { message: (error as Error).message };
  }
}

function readSizes(text: string): readonly number[] | null {
  const sizes = text.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  return sizes.every((size) => size >= 1 && size <= MOST_RULES) ? sizes : null;
}
