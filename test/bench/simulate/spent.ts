import { readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/*
 * Loaded before a program (`--import`): writes to file descriptor 3, at its end, what the whole process computed for,
 * its threads included, and the most memory it held.
 */
if (isMainThread)
  process.once('exit', () => {
    const { user, system } = process.cpuUsage();
    writeSync(3, JSON.stringify({ cpuMs: (user + system) / 1_000, peakRssBytes: peakRssBytes() }));
  });

/** By Linux from its own account of this program: `maxRSS` starts there with what the process that forked it held. */
function peakRssBytes(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Other systems have no /proc.
  }
  return process.resourceUsage().maxRSS * 1024;
}
