import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleEntry } from '../../../lib/infrastructure/bundle/bundle-entry.ts';
import { PACKAGE_ROOT } from '../../../lib/package/package-root.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';

/** What came back: the function's answer, or the message of the error it threw. */
export type Answered = { readonly answer: unknown } | { readonly error: string };

export interface BundledFunction {
  invoke(event: unknown): Promise<Answered>;
  /** Everything written to stdout and stderr so far, by line. */
  lines(): readonly string[];
  close(): Promise<void>;
}

/** Ends what one invocation wrote, for the answer comes by another pipe and may come sooner. */
const WRITTEN = '--- written ---';

const DRIVER = `
import { handler } from './index.mjs';
// One stream, as in the log of a deployed function: the lines keep their order.
process.stderr.write = (...written) => process.stdout.write(...written);
const settle = (answered) => {
  process.stdout.write('${WRITTEN}\\n');
  process.send(answered);
};
process.on('message', async (event) => {
  const context = { functionName: 'triage', awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
  try {
    settle({ answer: (await handler(event, context)) ?? null });
  } catch (error) {
    settle({ error: error.message });
  }
});
`;

/** Bundles the handler as it is deployed, with the ruleset beside it, and runs it in a process of its own. */
export async function startBundledFunction(
  ruleset: Ruleset,
  environment: Readonly<Record<string, string>>,
): Promise<BundledFunction> {
  const dir = mkdtempSync(join(tmpdir(), 'triage-function-'));
  await bundleEntry({ entry: join(PACKAGE_ROOT, 'lambdas/triage/handler.ts'), outDir: dir });
  writeFileSync(join(dir, 'ruleset.json'), JSON.stringify(ruleset));
  writeFileSync(join(dir, 'driver.mjs'), DRIVER);
  const child: ChildProcess = fork(join(dir, 'driver.mjs'), {
    env: environment,
    execArgv: ['--disallow-code-generation-from-strings'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  const ends = new EventEmitter();
  const closed = once(child, 'close');
  for (const input of [child.stdout, child.stderr])
    if (input !== null)
      createInterface({ input }).on('line', (line) => {
        if (line === WRITTEN) ends.emit('end');
        else if (line !== '') lines.push(line);
      });
  return {
    invoke(event) {
      const written = once(ends, 'end');
      const answered = once(child, 'message');
      child.send(event as object);
      return Promise.race([
        Promise.all([answered, written]).then(([[answer]]) => answer as Answered),
        closed.then(([code]) => ({ error: `exit ${code}: ${lines.join('\n')}` })),
      ]);
    },
    lines: () => lines,
    async close() {
      if (child.exitCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
