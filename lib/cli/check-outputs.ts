import { accessSync, constants, fstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { escapeText } from '../rules/escape-text.ts';
import type { Source } from '../simulation/read/find-sources.ts';
import { UsageError } from './usage-error.ts';

/** A file that a command is to write. */
export interface Output {
  /** The option that names it. */
  readonly option: string;
  readonly path: string;
  /** Files that are there while it is written. A device or pipe has none. */
  readonly beside?: readonly string[];
}

const STDIN = 0;

/**
 * Long work is not begun where what comes of it cannot be kept, or would replace what it is made of.
 *
 * @throws UsageError where a file cannot be written, two outputs are one file, or an output is read from. Links and
 * other spellings of a path are seen through; devices and pipes may be named often.
 */
export function checkOutputs(outputs: readonly Output[], sources: readonly Source[]): void {
  const read = new Map(sources.flatMap(({ name, path }) => keysOf(statOf(path), name)));
  const taken = new Map<string, string>();
  for (const { option, path } of outputs.flatMap(withBeside)) {
    const told = `${option} ${escapeText(path)}`;
    const there = statSync(path, { throwIfNoEntry: false });
    const why = whyUnwritable(path, there);
    if (why !== null) throw new UsageError(`${told} cannot be written: ${why}.`);
    if (there !== undefined && isStream(there)) continue;
    const key = there === undefined ? newFileKey(path) : fileKey(there);
    const source = read.get(key);
    if (source !== undefined)
      throw new UsageError(
        `${told} would replace ${escapeText(source)}, which the findings are read from. Name another file.`,
      );
    const other = taken.get(key);
    if (other !== undefined)
      throw new UsageError(`${told} and ${other} are one file. Name another file for one of them.`);
    taken.set(key, told);
  }
}

function withBeside(output: Output): readonly Output[] {
  const { option, path, beside = [] } = output;
  const there = statSync(path, { throwIfNoEntry: false });
  return there?.isFile() === false ? [output] : [output, ...beside.map((one) => ({ option, path: one }))];
}

function keysOf(stats: Stats | undefined, name: string): readonly (readonly [string, string])[] {
  return stats?.isFile() ? [[fileKey(stats), name]] : [];
}

function statOf(path: string | null): Stats | undefined {
  return path === null ? fstatSync(STDIN) : statSync(path, { throwIfNoEntry: false });
}

const fileKey = ({ dev, ino }: Stats): string => `${dev} ${ino}`;
const newFileKey = (path: string): string => join(realpathSync(dirname(resolve(path))), basename(path));
const isStream = (stats: Stats): boolean => !stats.isFile() && !stats.isDirectory();

function whyUnwritable(path: string, there: Stats | undefined): string | null {
  if (there?.isDirectory()) return 'it is a folder';
  const folder = dirname(resolve(path));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return 'its folder is not there';
  try {
    accessSync(there === undefined ? folder : path, constants.W_OK);
    return null;
  } catch (error) {
    return escapeText((error as Error).message);
  }
}
