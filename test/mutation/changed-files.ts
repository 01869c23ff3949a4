import { spawnSync } from 'node:child_process';

/** Files of the working tree that differ from a git revision, new ones included once git knows them. */
export function changedSince(ref: string): readonly string[] {
  const args = ['diff', '--name-only', '--diff-filter=d', '--end-of-options', ref, '--'];
  const { status, stdout, stderr } = spawnSync('git', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr || 'git cannot be run');
  return stdout.split('\n').filter((line) => line !== '');
}
