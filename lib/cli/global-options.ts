import type { Command } from 'commander';
import type { Paint, Surface } from '../rules/surface.ts';
import { paint, usesColour } from './colour.ts';
import { type Loudness, type Narrator, narrator } from './narrator.ts';
import { createProgress, type Progress } from './progress.ts';

interface GlobalOptions extends Loudness {
  readonly color: boolean;
}

/** What is said of the option that commands do not share, as each prints a help of its own. */
export const HELP_OPTION = ['-h, --help', 'print help'] as const;

/** The options that every command has; they may stand before the command's name or after it. */
export function addGlobalOptions(program: Command, version: string): Command {
  return program
    .option('--no-color', 'no colour, as with NO_COLOR; FORCE_COLOR asks for it in pipes')
    .option('-q, --quiet', 'only problems and results')
    .option('-v, --verbose', 'how long each phase took; the stack of an internal error')
    .version(version, '--version', 'print the version')
    .helpOption(...HELP_OPTION);
}

/** What was asked for by the options that every command has. */
export function globalOptions(command: Command): GlobalOptions {
  const { color = true, quiet = false, verbose = false } = command.optsWithGlobals<Partial<GlobalOptions>>();
  return { color, quiet, verbose };
}

/** Whether this command writes in colour to stdout, or to stderr. */
export function colourFor(command: Command, stream: 'stdout' | 'stderr' = 'stdout'): boolean {
  return usesColour(process[stream], process.env, globalOptions(command));
}

/** The emphasis of what this command prints. */
export function paintFor(command: Command): Paint {
  return paint(colourFor(command));
}

/** What this command's texts are read on: the emphasis there, and the width where it is a terminal. */
export function surfaceFor(command: Command, stream: 'stdout' | 'stderr' = 'stdout'): Surface {
  const { isTTY, columns } = process[stream];
  return { paint: paint(colourFor(command, stream)), ...(isTTY && { columns }) };
}

/** Who tells what this command is about. */
export function narratorFor(command: Command): Narrator {
  return narrator(globalOptions(command));
}

/**
 * Tells on stderr how far the long work of a command is.
 *
 * @param totalBytes null where nobody knows.
 */
export function progressFor(command: Command, noun: string, totalBytes: number | null = null): Progress {
  return createProgress(noun, totalBytes, {
    isTTY: process.stderr.isTTY === true,
    isCI: process.env.CI === 'true',
    quiet: globalOptions(command).quiet,
    write: (text) => process.stderr.write(text),
    nowMs: () => performance.now(),
  });
}
