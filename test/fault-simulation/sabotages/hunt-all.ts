import type { Hunt } from './hunt.ts';
import { runSabotaged } from './run-sabotaged.ts';
import type { Sabotage } from './sabotage.ts';
import { SABOTAGES } from './sabotages.ts';

export interface Hunted {
  readonly sabotage: Sabotage;
  readonly hunts: readonly Hunt[];
}

/** Hunts all sabotages, so many processes at once, each from seeds of its own. */
export async function huntAll(options: {
  readonly seedsOf: (sabotage: Sabotage) => readonly number[];
  readonly limit: number;
  readonly atOnce: number;
  readonly onHunted?: (hunted: Hunted) => void;
}): Promise<readonly Hunted[]> {
  const hunted: Hunted[] = [];
  const waiting = [...SABOTAGES.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, sabotage] = next;
      const hunts = await runSabotaged(sabotage, 'sabotages/hunt.ts', [
        ...[sabotage.foundBy.join(), options.limit, ...options.seedsOf(sabotage)],
      ]);
      const one = { sabotage, hunts: hunts as readonly Hunt[] };
      hunted[place] = one;
      options.onHunted?.(one);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  return hunted;
}

/** The median over the seeds; null where most of them found nothing. */
export function medianOf(hunts: readonly Hunt[]): number | null {
  const sorted = hunts.map(({ schedules }) => schedules ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(median) ? median : null;
}

export function isFound(hunts: readonly Hunt[]): boolean {
  return hunts.some(({ schedules }) => schedules !== null);
}
