import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulateBenchOptions } from './arguments.ts';
import type { SizeFigures } from './figures.ts';
import { hasRoom, type MemoryFigures, measureMemory } from './memory.ts';
import { endPrograms } from './run-program.ts';
import { measureSpeed } from './speed.ts';
import { measureThreads, type ThreadFigures } from './threads.ts';

/** What was measured of `triage simulate`; empty what was not asked for. */
export interface SimulateFigures {
  readonly sizes: readonly SizeFigures[];
  readonly threads: readonly ThreadFigures[];
  readonly memory: readonly MemoryFigures[];
}

/** Measures in a temporary folder that goes, with what runs there, however the process ends. */
export async function measureSimulate(
  options: Pick<SimulateBenchOptions, 'sizes' | 'quick' | 'skipLarge' | 'skipSpeed'>,
  progress: (text: string) => void,
): Promise<SimulateFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'triage-bench-simulate-'));
  const clearUp = () => {
    endPrograms();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', clearUp);
  try {
    const sizes = options.skipSpeed ? [] : await measureSpeed(folder, options, progress);
    const threads = options.skipSpeed ? [] : await measureThreads(folder, options.quick, progress);
    const memory = options.skipLarge ? [] : await memoryIn(folder, progress);
    return { sizes, threads, memory };
  } finally {
    process.off('exit', clearUp);
    clearUp();
  }
}

async function memoryIn(folder: string, progress: (text: string) => void): Promise<readonly MemoryFigures[]> {
  if (hasRoom(folder)) return measureMemory(folder, progress);
  progress(`memory: left out, for ${tmpdir()} has less than 3 GB free`);
  return [];
}
