import { resolve } from 'node:path';
import { watch } from 'chokidar';
import { counted } from '../rules/counted.ts';
import { ProblemsFound } from './problems-found.ts';
import { UsageError } from './usage-error.ts';

export interface WatchedCheck {
  /** The command as users type it, e.g. `triage lint`: the lines below begin with it. */
  readonly command: string;
  /** Folder whose changes ask for another run; it may be missing at first. */
  readonly rulesDir: string;
  /** Files that a run writes itself, where they may lie in the folder: their changes ask for nothing. */
  readonly written: readonly string[];
  /** One run, which prints what it finds; resolves to the number of errors. */
  readonly check: () => Promise<number>;
}

/** An editor that saves a file, and git that changes branches, cause several events at once. */
const QUIET_MS = 100;

/**
 * Runs a check now and whenever something below the rules folder has changed, one run at a time; what changes during
 * a run asks for one more. Ends with Ctrl-C alone (exit code 130, by `exitOnInterrupt`); a run that fails, for wrong
 * usage too, is told and watching goes on. A terminal is cleared before each further run, other outputs never.
 *
 * Each run stands between two lines on stderr, whose words are a contract with background problem matchers:
 *
 *     triage lint: checking…
 *     triage lint: 2 errors, watching…        or, where nothing could be checked:
 *     triage lint: not checked, watching…
 */
export async function watchRules(watched: WatchedCheck): Promise<never> {
  const written = new Set(watched.written.map((path) => resolve(path)));
  const watcher = watch(watched.rulesDir, {
    ignoreInitial: true,
    ignored: (path) => written.has(resolve(path)),
  });
  let changed = Promise.withResolvers<void>();
  watcher.on('all', () => changed.resolve());
  watcher.on('error', (error) => console.error(`${watched.rulesDir} cannot be watched: ${error}`));
  // What changes before the first run is seen by it, what changes after is seen by the watcher.
  await new Promise<void>((ready) => watcher.once('ready', ready));
  for (;;) {
    await runOnce(watched);
    await changed.promise;
    await new Promise((quiet) => setTimeout(quiet, QUIET_MS));
    changed = Promise.withResolvers();
    if (process.stdout.isTTY) console.clear();
  }
}

async function runOnce({ command, check }: WatchedCheck): Promise<void> {
  console.error(`${command}: checking…`);
  try {
    const errors = await check();
    console.error(`${command}: ${counted(errors, 'error')}, watching…`);
  } catch (error) {
    // A file may go while it is read: that must not end hours of watching.
    console.error(error instanceof UsageError || error instanceof ProblemsFound ? error.message : error);
    console.error(`${command}: not checked, watching…`);
  }
}
