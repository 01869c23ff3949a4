import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleEntry, PROJECT_ROOT } from '../../../lib/infrastructure/bundle-entry.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';

/** What came back: the function's answer, or the message of the error it threw. */
export type Answered = { readonly answer: unknown } | { readonly error: string };

export interface BundledFunction {
  invoke(event: unknown): Promise<Answered>;
  /** Everything written to stdout and stderr so far, by line. */
  lines(): readonly string[];
  close(): Promise<void>;
}

const DRIVER = `
import { handler } from './index.mjs';
process.on('message', async (event) => {
  const context = { functionName: 'triage', awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
  try {
    process.send({ answer: (await handler(event, context)) ?? null });
  } catch (error) {
    process.send({ error: error.message });
  }
});
`;

/** Bundles the handler as it is deployed, with the ruleset beside it, and runs it in a process of its own. */
export async function startBundledFunction(
  ruleset: Ruleset,
  environment: Readonly<Record<string, string>>,
): Promise<BundledFunction> {
  const dir = mkdtempSync(join(tmpdir(), 'triage-function-'));
  await bundleEntry({ entry: join(PROJECT_ROOT, 'lambdas/triage/handler.ts'), outDir: dir });
  writeFileSync(join(dir, 'ruleset.json'), JSON.stringify(ruleset));
  writeFileSync(join(dir, 'driver.mjs'), DRIVER);
  const child: ChildProcess = fork(join(dir, 'driver.mjs'), {
    env: environment,
    execArgv: ['--disallow-code-generation-from-strings'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
  return {
    async invoke(event) {
      const answered = await new Promise<Answered>((resolve) => {
        const settle = (outcome: Answered) => {
          child.removeAllListeners('message').removeAllListeners('exit');
          resolve(outcome);
        };
        child.on('message', (message) => settle(message as Answered));
        child.on('exit', (code) => settle({ error: `exit ${code}: ${text}` }));
        child.send(event as object);
      });
      // stdout is another pipe than the answer's: let what was written arrive.
      await new Promise((resolve) => setTimeout(resolve, 30));
      return answered;
    },
    lines: () => text.split('\n').filter((line) => line !== ''),
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
