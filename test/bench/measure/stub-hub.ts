import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Answers BatchUpdateFindings as if every finding had been updated. */
export interface HubStub {
  readonly endpoint: string;
}

/** A service of a few lines, in a thread of its own, so that what it costs is not counted as the function's. */
export async function startHubStub(): Promise<HubStub> {
  const worker = new Worker(new URL('./stub-hub-thread.ts', import.meta.url));
  worker.unref();
  const [port] = (await once(worker, 'message')) as unknown as readonly [number];
  return { endpoint: `http://127.0.0.1:${port}` };
}
