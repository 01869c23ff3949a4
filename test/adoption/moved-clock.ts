import { openSync, readSync, writeSync } from 'node:fs';

/**
 * Lets this process live by a clock that is ahead of the machine's by what a file says: whatever asks Date for the time
 * gets this one. Processes that read the same file are at the same time, from one call to the next.
 */
export function installMovedClock(file: string): void {
  const machine = Date;
  const descriptor = openSync(file, 'r');
  const aheadMs = new Float64Array(1);
  const now = (): number => {
    readSync(descriptor, aheadMs, 0, aheadMs.byteLength, 0);
    return machine.now() + (aheadMs[0] ?? 0);
  };
  globalThis.Date = new Proxy(machine, {
    construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now()] : given),
    get: (target, member) => (member === 'now' ? now : Reflect.get(target, member)),
  });
}

/** Makes the file, and lets this process live by it. What it returns moves the clock of all its readers to an instant. */
export function startMovedClock(file: string): (atMs: number) => void {
  const machineNow = Date.now;
  const descriptor = openSync(file, 'w');
  const write = (aheadMs: number) => writeSync(descriptor, new Float64Array([aheadMs]), 0, undefined, 0);
  write(0);
  installMovedClock(file);
  return (atMs) => write(atMs - machineNow());
}
