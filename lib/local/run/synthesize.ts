import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `cdk synth` refused: what it printed, which names the file, the place and the remedy. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/** Somebody pressed Ctrl-C while `cdk synth` ran. */
export class SynthesisInterrupted extends Error {
  override readonly name = 'SynthesisInterrupted';
}

export interface SynthesisSettings {
  readonly rulesDir: string;
  readonly mode: 'observe' | 'enforce';
}

const APP_DIR = fileURLToPath(new URL('../../../', import.meta.url));
/** A ruleset can hold thousands of mistakes; the default of 1 MiB would kill the command instead of telling them. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Synthesizes the app exactly as `npx cdk deploy` would, into a fresh folder of the system's temporary one, whose
 * path it returns; it goes with this process if nobody removes it before. Throws SynthesisError with nothing left
 * behind. The log level is DEBUG, so that findings that stay as they are leave a line as well.
 */
export function synthesize({ rulesDir, mode }: SynthesisSettings): string {
  const outDir = mkdtempSync(join(tmpdir(), 'securityhub-triage-'));
  const remove = () => rmSync(outDir, { recursive: true, force: true });
  process.once('exit', remove);
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const settings = {
    'triage:mode': mode,
    // Messages name files as they are given here: as they were typed, where the app stands in the same folder.
    'triage:rulesDir': resolve() === resolve(APP_DIR) ? rulesDir : resolve(rulesDir),
    'triage:logLevel': 'DEBUG',
  };
  const context = Object.entries(settings).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const { status, signal, stdout, stderr, error } = spawnSync(
    process.execPath,
    [cdk, 'synth', '--quiet', '--no-notices', '--output', outDir, ...context],
    { cwd: APP_DIR, env: environment(outDir), encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES },
  );
  if (status !== 0) {
    remove();
    if (signal === 'SIGINT' || signal === 'SIGTERM') throw new SynthesisInterrupted();
    const printed = `${stdout ?? ''}${stderr ?? ''}`.replace(CDK_EPILOGUE, '').trim();
    throw new SynthesisError(printed || `cdk synth ended without a word: ${error?.message ?? status}.`, {
      cause: error,
    });
  }
  return outDir;
}

/** CDK's own last line, which says nothing that the app did not say better. */
const CDK_EPILOGUE = /^.*: Subprocess exited with error \d+\n?$/m;

/**
 * A local run leaves nothing in the home folder (CDK caches there), depends on nothing in it (profiles, ~/.cdk.json)
 * and asks the network for nothing (CDK reports its use). The app runs on this very Node, not on the first in PATH.
 */
function environment(homeDir: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    HOME: homeDir,
    USERPROFILE: homeDir,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}
