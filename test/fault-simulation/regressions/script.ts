import { readFileSync } from 'node:fs';
import { drawSchedule } from '../draw-schedule.ts';
import type { FaultKind } from '../faults/catalogue.ts';
import type { LeftOut, Outcome } from '../run-schedule.ts';
import type { Schedule } from '../schedule.ts';

/**
 * What is left of a schedule that was shrunk, as data: it stays the same where the drawing of schedules changes. How
 * long a message or a call takes is still the seed's.
 */
export function scriptOf(
  outcome: Outcome,
  only: readonly FaultKind[] | null,
  { stimuli: leftOut }: LeftOut,
): Schedule {
  const drawn = drawSchedule(outcome.seed, only);
  return {
    ...drawn,
    faults: { kind: 'given', strikes: outcome.strikes },
    stimuli: drawn.stimuli.filter((_, number) => !leftOut.has(number)),
    spells: drawn.spells.filter(({ kind }) => outcome.strikes[kind] !== undefined),
  };
}

export function readScript(name: string): Schedule {
  return JSON.parse(readFileSync(scriptPath(name), 'utf8'));
}

export function scriptPath(name: string): URL {
  return new URL(`./scripts/${name}.json`, import.meta.url);
}
