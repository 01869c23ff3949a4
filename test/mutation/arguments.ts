import { existsSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { AREAS, type AreaName } from './areas.ts';

/** What of one area is mutated: the files named, or all of them where none is. */
export interface Run {
  readonly area: AreaName;
  readonly files: readonly string[];
  /** All of the area, not some files of it: a few equivalent mutants in one file are no sign of anything. */
  readonly whole: boolean;
}

export type Command =
  | { readonly kind: 'run'; readonly runs: readonly Run[]; readonly concurrency: number }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

export const USAGE = `npm run mutate                              every area, one after the other
npm run mutate -- <area or file>…           areas: ${Object.keys(AREAS).join(', ')}; or files of theirs
npm run mutate -- --base <ref>              what of the areas differs from a git revision

  --concurrency 2    mutants that are tried at once, each in a process of its own

What did not change since the last run is not tried again: out/mutation holds it, and can be deleted.
`;

/**
 * Reads the command line; what is wrong with it comes back in words.
 *
 * @param changedSince names the files that differ from a git revision; throws where there is no such revision.
 */
export function readArguments(
  args: readonly string[],
  changedSince: (ref: string) => readonly string[],
): Command {
  const parsed = parse(args);
  if ('message' in parsed) return { kind: 'wrong', message: parsed.message };
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const concurrency = /^[1-9]\d?$/.test(values.concurrency) ? Number(values.concurrency) : null;
  if (concurrency === null)
    return { kind: 'wrong', message: '--concurrency takes a whole number from 1 to 99, e.g. 2.' };

  if (values.base !== undefined) {
    if (positionals.length > 0)
      return { kind: 'wrong', message: '--base says what is mutated: name no areas or files beside it.' };
    try {
      const changed = changedSince(values.base).filter((file) => areaOf(file) !== null);
      return { kind: 'run', runs: runsOf(changed), concurrency };
    } catch (error) {
      return { kind: 'wrong', message: `--base ${values.base}: ${(error as Error).message.trim()}` };
    }
  }
  const asked = positionals.length > 0 ? positionals : Object.keys(AREAS);
  const unknown = asked.find((one) => areaOf(one) === null);
  if (unknown !== undefined) {
    const known = Object.keys(AREAS).join(', ');
    return { kind: 'wrong', message: `${unknown} is no area and no file of one. Areas: ${known}.` };
  }
  return { kind: 'run', runs: runsOf(asked), concurrency };
}

function runsOf(asked: readonly string[]): readonly Run[] {
  return (Object.keys(AREAS) as AreaName[]).flatMap((area): Run[] => {
    if (asked.includes(area)) return [{ area, files: AREAS[area].mutate, whole: true }];
    const files = asked.filter((file) => areaOf(file) === area);
    return files.length === 0 ? [] : [{ area, files, whole: false }];
  });
}

/** The area of that name, or the one that an existing file belongs to. */
function areaOf(asked: string): AreaName | null {
  const names = Object.keys(AREAS) as AreaName[];
  const holds = (name: AreaName) => AREAS[name].mutate.some((pattern) => matchesGlob(asked, pattern));
  const isFile = asked.endsWith('.ts') && existsSync(asked);
  return names.find((name) => name === asked || (isFile && holds(name))) ?? null;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        base: { type: 'string' },
        concurrency: { type: 'string', default: '2' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return { message: (error as Error).message };
  }
}
