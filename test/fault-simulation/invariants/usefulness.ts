import { isStrange } from '../workload/strange-bodies.ts';
import { DEAD_LETTERS, UNDELIVERED } from '../world.ts';
import type { Invariant } from './invariant.ts';
import { letteredKeys } from './letters.ts';
import { isDone } from './no-loss.ts';

/** What may be given up, and after how many attempts; everything else is no fault of the finding and returns. */
const LEAST_ATTEMPTS: Readonly<Record<string, number>> = {
  ...{ InvalidInput: 1, FindingSizeExceeded: 1, SomethingNew: 1, InvalidInputException: 1 },
  ...{ ConcurrentUpdateError: 4, InternalFailure: 4, NotAccounted: 4, FindingNotFound: 3 },
  ...{ MalformedEvent: 0, InvalidFinding: 0, MarkTooLarge: 0, TooManyUserDefinedFields: 0 },
};

export const usefulness: Invariant = {
  id: 'I15',
  name: 'usefulness of dead letters',
  says: 'Only what is the fault of the finding itself is dead-lettered, and after a plain redrive nothing is left to do on any.',
  watch: (world, { holds }) => ({
    onLetter({ names, code, attempts }) {
      holds(
        (LEAST_ATTEMPTS[code] ?? Number.POSITIVE_INFINITY) <= attempts,
        () => `${code} was dead-lettered after ${attempts} attempts`,
      );
      // No payload is at fault here, so it must be the finding that is named.
      if (code === 'InvalidInputException')
        for (const key of names)
          holds(
            world.ledger.poisoned.get(key) === true,
            () => `${key} was dead-lettered with ${code}, though no call was refused for it`,
          );
    },
    atRest(rest) {
      if (rest !== 'redriven' || world.schedule.settings.mode === 'observe') return;
      // What the breaker holds back for hours SQS gives up once more.
      const isBudgeted = world.schedule.settings.suppressionsPerHour !== null;
      const lettered = letteredKeys(world);
      for (const queue of [DEAD_LETTERS, UNDELIVERED])
        for (const { body } of world.queues.peek(queue))
          holds(
            isStrange(body) || isBudgeted,
            () => `after the redrive ${queue} holds ${body.slice(0, 200)}`,
          );
      for (const emission of world.ledger.newestOf.values())
        holds(
          isDone(world, emission) || (isBudgeted && lettered.has(emission.key)),
          () => `${emission.key} still waits for an update after the redrive`,
        );
    },
  }),
};
