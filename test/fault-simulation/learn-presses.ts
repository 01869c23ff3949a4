import { isOwnAction } from '../reference/custom-action.ts';
import { askedBy, statesShown } from './grounds.ts';
import type { Invocation, KnownPress, StateShown } from './ledger.ts';
import { learn } from './other-presses.ts';

/** What the environment learns by a press that was decided on a state. */
export function notePress(invocation: Invocation, press: StateShown, how: keyof KnownPress): void {
  learn(invocation, press.brought, askedBy(invocation, press), how);
}

/** What it may learn by the presses of an invocation, whatever became of them. */
export function noteGivenPresses(invocation: Invocation): void {
  const { config } = invocation.environment.ruleset;
  for (const [key, snapshots] of invocation.snapshots) {
    if (!snapshots.some(({ event }) => isOwnAction(event, config))) continue;
    const states = statesShown(invocation, key).filter(({ event }) => isOwnAction(event, config));
    for (const state of states) notePress(invocation, state, 'givenMs');
  }
}
