import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';

/** What git answered, or that there is none to ask. */
export type GitAnswer =
  | { readonly kind: 'answer'; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'missing' };

/** In a hook these tell of the folder the hook was started in, relative to it; ours is found from where it lies. */
const OF_A_HOOK = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

/**
 * Asks git in a folder; no shell reads the arguments. It takes no lock and asks nobody for a password, so a tree that
 * somebody works in stays as it is.
 *
 * @param input what it reads from stdin.
 */
export async function askGit(folder: string, args: readonly string[], input = ''): Promise<GitAnswer> {
  const surroundings = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !OF_A_HOOK.includes(name)),
  );
  const child = spawn('git', ['-C', folder, ...args], {
    env: { ...surroundings, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // Git that has refused no longer reads: what it says of that is on stderr.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  try {
    const [bytes, said, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
    if (code === 0) return { kind: 'answer', bytes };
    return { kind: 'refused', message: said.trim().replace(/^fatal: /, '') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    throw error;
  }
}
