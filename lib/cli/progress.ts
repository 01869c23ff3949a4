/** Tells on stderr how far long work is. */
export interface Progress {
  readonly update: (bytes: number, count: number) => void;
  /** Takes back the line that is still open. */
  readonly end: () => void;
}

export interface ProgressSurroundings {
  readonly isTTY: boolean;
  /** A build machine: a line now and then, so that nobody thinks it hangs. */
  readonly isCI: boolean;
  readonly quiet: boolean;
  readonly write: (text: string) => void;
  readonly nowMs: () => number;
}

const TTY_AFTER_MS = 500;
const TTY_EVERY_MS = 200;
const CI_EVERY_MS = 10_000;

/**
 * Progress of reading: count, rate, and how long the rest will take where its size is known.
 *
 * @param totalBytes null where nobody knows.
 */
export function createProgress(
  noun: string,
  totalBytes: number | null,
  { isTTY, isCI, quiet, write, nowMs }: ProgressSurroundings,
): Progress {
  if (quiet || !(isTTY || isCI)) return { update: () => {}, end: () => {} };
  const startedMs = nowMs();
  let nextMs = startedMs + (isTTY ? TTY_AFTER_MS : CI_EVERY_MS);
  let isOpen = false;
  return {
    update(bytes, count) {
      const atMs = nowMs();
      if (atMs < nextMs) return;
      nextMs = atMs + (isTTY ? TTY_EVERY_MS : CI_EVERY_MS);
      const seconds = (atMs - startedMs) / 1000;
      const line = `${grouped(count)} ${noun} · ${grouped(Math.round(count / seconds))}/s${restOf(bytes, totalBytes, seconds)}`;
      write(isTTY ? `\r\u001b[K${line}` : `${line}\n`);
      isOpen = isTTY;
    },
    end() {
      if (isOpen) write('\r\u001b[K');
      isOpen = false;
    },
  };
}

function restOf(bytes: number, totalBytes: number | null, seconds: number): string {
  if (totalBytes === null || bytes === 0 || bytes > totalBytes) return '';
  const left = Math.round((seconds * (totalBytes - bytes)) / bytes);
  const time = left >= 60 ? `${Math.floor(left / 60)} min ${left % 60} s` : `${left} s`;
  return ` · ${Math.floor((100 * bytes) / totalBytes)} % · ${time} left`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}
