import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { readManifest } from '../../package/manifest.ts';
import { codeFile, PACKAGE_ROOT } from '../../package/package-root.ts';

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

/** A ruleset can hold thousands of mistakes; the default of 1 MiB would kill the command instead of telling them. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Synthesizes the app exactly as `npx cdk deploy` would, into a fresh folder of the system's temporary one, whose
 * path it returns; it goes with this process if nobody removes it before. Throws SynthesisError with nothing left
 * behind. The log level is DEBUG, so that findings that stay as they are leave a line as well.
 *
 * The app is that of the folder one stands in, where it has a cdk.json; anywhere else the one that ships with us.
 */
export function synthesize({ rulesDir, mode }: SynthesisSettings): string {
  const here = resolve();
  const appDir = existsSync(join(here, 'cdk.json')) ? here : PACKAGE_ROOT;
  const cdk = cdkFor(appDir);
  const outDir = mkdtempSync(join(tmpdir(), 'securityhub-triage-'));
  const remove = () => rmSync(outDir, { recursive: true, force: true });
  process.once('exit', remove);
  const settings = {
    'triage:mode': mode,
    // Messages name files as they are given here: as they were typed, where the app stands in the same folder.
    'triage:rulesDir': here === appDir ? rulesDir : resolve(rulesDir),
    'triage:logLevel': 'DEBUG',
  };
  const context = Object.entries(settings).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const { status, signal, stdout, stderr, error } = spawnSync(
    process.execPath,
    [cdk, 'synth', '--quiet', '--no-notices', '--output', outDir, ...context, ...appOption(appDir)],
    { cwd: appDir, env: environment(outDir), encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES },
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

/** The command line of CDK that the app's folder has, or that stands beside this package. */
function cdkFor(appDir: string): string {
  for (const from of [join(appDir, 'package.json'), import.meta.filename]) {
    try {
      return createRequire(from).resolve('aws-cdk/bin/cdk');
    } catch {
      // Looked for in the next place.
    }
  }
  throw new SynthesisError(
    `The app is synthesized by the CDK's command line, and none is installed here: npm install -DE aws-cdk@${readManifest().devDependencies['aws-cdk']}`,
  );
}

/** Our own cdk.json names the app's source; what ships is compiled. */
function appOption(appDir: string): readonly string[] {
  const app = relative(PACKAGE_ROOT, codeFile('bin/app'));
  return appDir === PACKAGE_ROOT && app.endsWith('.js') ? ['--app', `node ${app}`] : [];
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
