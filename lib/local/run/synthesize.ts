import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `cdk synth` refused: what it printed, which names the file, the place and the remedy. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

export interface SynthesisSettings {
  readonly rulesDir: string;
  readonly mode: 'observe' | 'enforce';
}

const APP_DIR = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Synthesizes the app exactly as `npx cdk deploy` would, into a fresh folder of the system's temporary one, whose
 * path it returns. The log level is DEBUG, so that findings that stay as they are leave a line as well.
 */
export function synthesize({ rulesDir, mode }: SynthesisSettings): string {
  const outDir = mkdtempSync(join(tmpdir(), 'securityhub-triage-'));
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const settings = { 'triage:mode': mode, 'triage:rulesDir': resolve(rulesDir), 'triage:logLevel': 'DEBUG' };
  const context = Object.entries(settings).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cdk, 'synth', '--quiet', '--no-notices', '--output', outDir, ...context],
    { cwd: APP_DIR, encoding: 'utf8' },
  );
  if (status !== 0) throw new SynthesisError(`${stdout}${stderr}`.trim());
  return outDir;
}
