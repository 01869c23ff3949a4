import { EXIT_CODES } from './exit-codes.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const exit = () => process.exit(EXIT_CODES.interrupted);

/** From now on Ctrl-C ends the command through `process.exit`, so that temporary folders go with it. */
export function exitOnInterrupt(): void {
  for (const signal of SIGNALS) process.once(signal, exit);
}

/** Waits for Ctrl-C, which is then the expected end of a command and no longer exits by itself. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) {
      process.off(signal, exit);
      process.once(signal, () => resolve());
    }
  });
}

/** For as long as work goes on that can tell what it has so far: the first Ctrl-C asks for that, a second one exits. */
export function onInterrupt(stop: () => void): () => void {
  const first = () => {
    stop();
    for (const signal of SIGNALS) process.off(signal, first).once(signal, exit);
  };
  for (const signal of SIGNALS) process.off(signal, exit).once(signal, first);
  return () => {
    for (const signal of SIGNALS) process.off(signal, first).off(signal, exit).once(signal, exit);
  };
}

/** The command was interrupted, and has told what it had by then: exit code 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
