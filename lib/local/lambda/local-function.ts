import { randomUUID } from 'node:crypto';
import type { LocalFunctionSpec } from '../assembly/local-resources.ts';
import {
  type ExecutionEnvironment,
  type ExecutionEnvironmentStart,
  startExecutionEnvironment,
} from './execution-environment.ts';
import type { FunctionSurroundings } from './function-environment.ts';
import {
  type InvocationRecord,
  type InvocationResult,
  type LogLine,
  MAX_REQUEST_PAYLOAD_BYTES,
} from './invocation.ts';

export interface LocalFunction {
  readonly name: string;
  /** JSON text in and out. Never rejects: a crash, a timeout and a throttle are results. */
  readonly invoke: (payload: string) => Promise<InvocationResult>;
  /** Everything its processes wrote, in order. */
  readonly logs: () => readonly LogLine[];
  readonly invocations: () => readonly InvocationRecord[];
  /** Kills every running process at once; the next invocation starts a new one. Returns how many were killed. */
  readonly kill: () => number;
  readonly close: () => Promise<void>;
}

/** Told of what happens, as it happens. */
export interface FunctionObserver {
  readonly logged: (line: LogLine) => void;
  readonly invoked: (result: InvocationResult, durationMs: number) => void;
  readonly throttled: () => void;
}

/** New accounts' concurrency. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ACCOUNT_CONCURRENCY = 1000;

/**
 * A deployed function: a process for each concurrent invocation, kept warm and used again, a new one after a
 * crash or a timeout. Past its reserved concurrency an invocation is throttled.
 */
export function createLocalFunction(
  spec: LocalFunctionSpec,
  surroundings: FunctionSurroundings,
  observer?: FunctionObserver,
): LocalFunction {
  const running = new Set<ExecutionEnvironmentStart>();
  const idle: ExecutionEnvironment[] = [];
  const logs: LogLine[] = [];
  const invocations: InvocationRecord[] = [];
  let busy = 0;

  async function invoke(payload: string): Promise<InvocationResult> {
    const bytes = Buffer.byteLength(payload);
    if (bytes > MAX_REQUEST_PAYLOAD_BYTES) {
      return failed(
        'RequestTooLargeException',
        `Request must be smaller than ${MAX_REQUEST_PAYLOAD_BYTES} bytes for the InvokeFunction operation, it has ${bytes}.`,
      );
    }
    if (busy >= (spec.reservedConcurrency ?? ACCOUNT_CONCURRENCY)) {
      observer?.throttled();
      return failed('TooManyRequestsException', 'Rate Exceeded.');
    }
    busy += 1;
    try {
      return await invokeNow(payload);
    } finally {
      busy -= 1;
    }
  }

  async function invokeNow(payload: string): Promise<InvocationResult> {
    const warm = warmEnvironment();
    const environment = warm ?? (await startEnvironment());
    const requestId = randomUUID();
    const startedAtMs = Date.now();
    const started = performance.now();
    const result = 'ok' in environment ? environment : await environment.invoke(requestId, payload);
    const cold = warm === undefined && !('ok' in environment);
    const durationMs = performance.now() - started;
    observer?.invoked(result, durationMs);
    invocations.push({
      requestId,
      startedAtMs,
      durationMs,
      ...(cold ? { initDurationMs: environment.initDurationMs } : {}),
      result,
    });
    if (!('ok' in environment)) {
      idle.push(environment);
    }
    return result;
  }

  /** The most recently used one, so that a quiet function keeps to one process. */
  function warmEnvironment(): ExecutionEnvironment | undefined {
    for (let environment = idle.pop(); environment !== undefined; environment = idle.pop()) {
      if (environment.alive()) {
        return environment;
      }
    }
    return undefined;
  }

  function startEnvironment(): ExecutionEnvironmentStart['started'] {
    const start = startExecutionEnvironment(spec, surroundings, (line) => {
      logs.push(line);
      observer?.logged(line);
    });
    running.add(start);
    void start.over.then(() => running.delete(start));
    return start.started;
  }

  function kill(): number {
    const killed = [...running];
    for (const environment of killed) {
      environment.kill();
    }
    return killed.length;
  }

  async function close(): Promise<void> {
    const ending = [...running].map((environment) => environment.over);
    kill();
    await Promise.all(ending);
  }

  return { name: spec.name, invoke, logs: () => logs, invocations: () => invocations, kill, close };
}

function failed(errorType: string, errorMessage: string): InvocationResult {
  return { ok: false, errorType, errorMessage };
}
