import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { codeFile } from '../../package/package-root.ts';
import type { LocalFunctionSpec } from '../assembly/local-resources.ts';
import { endOfLog } from './end-of-log.ts';
import { type FunctionSurroundings, functionEnvironment } from './function-environment.ts';
import type { InvocationResult, LogLine } from './invocation.ts';
import { serveRuntimeApi } from './runtime-api.ts';

/** One process with the function loaded; takes one invocation at a time. */
export interface ExecutionEnvironment {
  readonly initDurationMs: number;
  /** Past the function's timeout the process is killed, as Lambda does, and the environment is over. */
  readonly invoke: (requestId: string, payload: string) => Promise<InvocationResult>;
  readonly alive: () => boolean;
}

export interface ExecutionEnvironmentStart {
  /** The environment, or what the invoker is told instead. */
  readonly started: Promise<ExecutionEnvironment | Extract<InvocationResult, { ok: false }>>;
  /** Cuts the process off at once (SIGKILL): a crash at any point of the work. */
  readonly kill: () => void;
  /** Settles when the process and its server are gone. */
  readonly over: Promise<void>;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const INIT_TIMEOUT_MS = 10_000;

const BOOTSTRAP = codeFile('lib/local/lambda/bootstrap');

/** Lambda leaves about this share of the memory to V8's old space. */
const HEAP_SHARE = 0.9;

/** Starts a process for the function and waits until it polls for its first event. */
export function startExecutionEnvironment(
  spec: LocalFunctionSpec,
  surroundings: FunctionSurroundings,
  onLog: (line: LogLine) => void,
): ExecutionEnvironmentStart {
  const kills = new AbortController();
  const over = Promise.withResolvers<void>();
  return { started: start(), kill: () => kills.abort(), over: over.promise };

  async function start(): Promise<Awaited<ExecutionEnvironmentStart['started']>> {
    const api = await serveRuntimeApi();
    const spawnedAtMs = performance.now();
    const child = spawn(process.execPath, nodeArguments(spec), {
      cwd: spec.assetDir,
      env: functionEnvironment(spec, surroundings, api.address, logStreamName()),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: kills.signal,
      killSignal: 'SIGKILL',
    });
    let alive = true;
    // An aborted child emits `error` besides its exit, which says all there is to say.
    child.on('error', () => {});
    const closed = new Promise<InvocationResult>((resolve) => {
      child.on('close', (code, signal) => {
        alive = false;
        resolve(exitError(code, signal));
      });
    });
    const exit = closed.then(async (result) => {
      await api.close();
      over.resolve();
      return result;
    });
    const logEnds = new Map<string, () => void>();
    for (const stream of ['stdout', 'stderr'] as const) {
      createInterface({ input: child[stream] }).on('line', (text) => {
        const end = logEnds.get(`${stream}${text}`);
        if (end === undefined) onLog({ atMs: Date.now(), stream, text });
        else end();
      });
    }
    const logEnd = (stream: string, requestId: string) =>
      new Promise<void>((resolve) => logEnds.set(`${stream}${endOfLog(requestId)}`, resolve));
    const failure = await withDeadline(Promise.race([api.initialized, exit]), INIT_TIMEOUT_MS, () => {
      child.kill('SIGKILL');
      return timeoutError('Init', INIT_TIMEOUT_MS);
    });
    if (failure !== undefined && !failure.ok) {
      return failure;
    }
    return {
      initDurationMs: performance.now() - spawnedAtMs,
      alive: () => alive,
      invoke: async (requestId, payload) => {
        const logged = Promise.all([logEnd('stdout', requestId), logEnd('stderr', requestId)]);
        const answer = api.deliver({
          requestId,
          deadlineMs: Date.now() + spec.timeoutMs,
          functionArn: spec.arn,
          traceId: traceId(),
          payload,
        });
        const result = await withDeadline(Promise.race([answer, exit]), spec.timeoutMs, () => {
          alive = false;
          child.kill('SIGKILL');
          return timeoutError(`RequestId: ${requestId}`, spec.timeoutMs);
        });
        await Promise.race([logged, exit]);
        logEnds.clear();
        return result;
      },
    };
  }
}

function nodeArguments(spec: LocalFunctionSpec): readonly string[] {
  return [`--max-old-space-size=${Math.floor(spec.memoryMb * HEAP_SHARE)}`, BOOTSTRAP];
}

async function withDeadline<T>(work: Promise<T>, timeoutMs: number, onTimeout: () => T): Promise<T> {
  const timedOut = Promise.withResolvers<T>();
  const timer = setTimeout(() => timedOut.resolve(onTimeout()), timeoutMs);
  try {
    return await Promise.race([work, timedOut.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function timeoutError(what: string, timeoutMs: number): InvocationResult {
  return {
    ok: false,
    errorType: 'Sandbox.Timedout',
    errorMessage: `${what} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  };
}

function exitError(code: unknown, signal: unknown): Extract<InvocationResult, { ok: false }> {
  const how = code === null ? `signal: ${signal === 'SIGKILL' ? 'killed' : signal}` : `exit status ${code}`;
  return {
    ok: false,
    errorType: 'Runtime.ExitError',
    errorMessage: `Error: Runtime exited ${code === 0 ? 'without providing a reason' : `with error: ${how}`}`,
  };
}

function logStreamName(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
}

function traceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
