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
