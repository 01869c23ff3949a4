import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BatchRound, Job, LatencyRound, MatchingRound, Memory, Preparation } from './measure/job.ts';

/** A process that measures one thing. Questions are to be asked one after the other. */
export interface Child<Round> {
  readonly preparation: Preparation;
  verdicts(indexes: readonly number[]): Promise<readonly (readonly string[])[]>;
  round(): Promise<Round>;
  memory(): Promise<Memory>;
  end(): void;
}

const MEASURER = fileURLToPath(new URL('./measure/measurer.ts', import.meta.url));
const running = new Set<ChildProcess>();

type RoundOf<J extends Job> = J extends { readonly kind: 'latency' }
  ? LatencyRound
  : J extends { readonly kind: 'batch' }
    ? BatchRound
    : MatchingRound;

/** Starts a fresh process for the job, and waits until it is ready to measure. Rejects with the child's failure. */
export async function startChild<J extends Job>(job: J): Promise<Child<RoundOf<J>>> {
  const child = fork(MEASURER, [], {
    execArgv: ['--expose-gc', '--no-warnings'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const ask = <T>(question: object): Promise<T> => put<T>(child, question);
  const preparation = await ask<Preparation>({ ask: 'prepare', job });
  return {
    preparation,
    verdicts: (indexes) => ask({ ask: 'verdicts', indexes }),
    round: () => ask({ ask: 'round' }),
    memory: () => ask({ ask: 'memory' }),
    end: () => child.kill(),
  };
}

/** Ends every process that is still running: an interrupted benchmark leaves none behind. */
export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

function put<T>(child: ChildProcess, question: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`The measuring process ended with ${code}.`));
    child.once('exit', gone);
    child.once('message', (reply: { readonly answer?: T; readonly failure?: string }) => {
      child.off('exit', gone);
      if (reply.failure === undefined) resolve(reply.answer as T);
      else reject(new Error(reply.failure));
    });
    child.send(question);
  });
}
