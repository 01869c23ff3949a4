/** Tells on stderr what goes on beside the results: they stay alone on stdout. */
export interface Narrator {
  /** Progress; not said with `--quiet`. */
  readonly say: (line: string) => void;
  /** Does the work, and with `--verbose` says how long it took. */
  readonly time: <T>(phase: string, work: () => T | Promise<T>) => Promise<T>;
}

export interface Loudness {
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** The narrator of one command. */
export function narrator({ quiet, verbose }: Loudness): Narrator {
  return {
    say(line) {
      if (!quiet) console.error(line);
    },
    async time(phase, work) {
      const startedMs = performance.now();
      try {
        return await work();
      } finally {
        if (verbose) console.error(`${phase}: ${((performance.now() - startedMs) / 1000).toFixed(2)} s`);
      }
    },
  };
}
