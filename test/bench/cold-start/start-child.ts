import { spawn } from 'node:child_process';

/** One start of a function, in milliseconds since its process began. */
export interface Start {
  /** Until the handler could be called: the bundle is loaded and the rules are read. */
  readonly initMs: number;
  /** What of that the processor worked, on all threads: it feels the neighbours of a busy machine least. */
  readonly initCpuMs: number;
  /** Until the first event was answered, its one update made. */
  readonly firstUpdateMs: number;
}

/** Beside the bundle in a folder of its own; Node's clock starts with the process. */
export const STARTER = `
const { handler } = await import(process.argv[2]);
const initMs = performance.now();
const { user, system } = process.cpuUsage();
const initCpuMs = (user + system) / 1000;
const context = { functionName: 'triage', awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };
const { outcomes } = await handler(JSON.parse(process.env.COLD_START_EVENT), context);
const firstUpdateMs = performance.now();
process.stderr.write(JSON.stringify({ initMs, initCpuMs, firstUpdateMs, outcome: outcomes[0]?.outcome ?? null }));
`;

/**
 * Starts a new Node process, has it load the bundle and answer the event, and takes its times. Rejects where it
 * answers otherwise than expected: the start of a function that fails is no start.
 */
export function startChild(options: {
  readonly starter: string;
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly outcome: string | null;
}): Promise<Start> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.starter, options.entry], {
      env: { ...options.environment, NODE_OPTIONS: '--disallow-code-generation-from-strings' },
      // What the function logs is of no interest here.
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const start = code === 0 ? parsed(told) : null;
      if (start !== null && start.outcome === options.outcome) resolve(start);
      else reject(new Error(`A start of ${options.entry} ended with ${code}: ${told.slice(0, 2_000)}`));
    });
  });
}

function parsed(text: string): (Start & { readonly outcome: string | null }) | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
