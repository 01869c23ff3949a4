import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AreaShare, type CpuProfile, sharesByArea } from './areas.ts';

export interface Measured {
  readonly userMs: number;
  readonly wallMs: number;
  readonly exitCode: number | null;
  /** Where a second run, profiled, spent its time; the largest first. */
  readonly areas: readonly AreaShare[];
}

const USER_TIME = new URL('./user-time.ts', import.meta.url).href;

/** Runs a Node program twice, once for its times and once profiled, writing below `folder`. Rejects where it cannot start. */
export async function measureCommand(args: readonly string[], folder: string): Promise<Measured> {
  const start = performance.now();
  const timed = await run(['--import', USER_TIME, ...args]);
  const wallMs = performance.now() - start;
  const userMs = Number(/^user-ms (\d+)$/m.exec(timed.stderr)?.[1]);
  if (!Number.isFinite(userMs))
    throw new Error(`${args.join(' ')} told no time: ${timed.stderr.slice(0, 500)}`);
  const profiles = mkdtempSync(join(folder, 'profile-'));
  await run(['--cpu-prof', `--cpu-prof-dir=${profiles}`, ...args]);
  const [file] = readdirSync(profiles);
  if (file === undefined) throw new Error(`${args.join(' ')} left no profile.`);
  const profile = JSON.parse(readFileSync(join(profiles, file), 'utf8')) as CpuProfile;
  return { userMs, wallMs, exitCode: timed.exitCode, areas: sharesByArea(profile) };
}

function run(
  args: readonly string[],
): Promise<{ readonly stderr: string; readonly exitCode: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ stderr, exitCode }));
  });
}
