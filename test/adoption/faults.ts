import type { Stage } from './stage.ts';

/** The course of a team's first months. */
export interface Course {
  readonly observing: Stage;
  readonly enforcing: Stage;
  /** The same sweep once more, on the last day of the rule that suppresses. */
  readonly again: Stage;
  /** The day after: nothing but the date has changed. */
  readonly lapsed: Stage;
  /** Another rule removed. */
  readonly later: Stage;
  readonly laterAgain: Stage;
}

const SHOWN = 3;

/** What the course shows that it should not, as sentences. What changes nothing at all is a fault, too. */
export function faultsOf({
  observing,
  enforcing,
  again,
  lapsed,
  later,
  laterAgain,
}: Course): readonly string[] {
  const faults: string[] = [];
  const say = (isFault: boolean, sentence: string): void => {
    if (isFault) faults.push(sentence);
  };
  for (const stage of [observing, enforcing, again, lapsed, later, laterAgain]) {
    const some = (ids: readonly string[]) => ids.slice(0, SHOWN).join(', ');
    const { name, differing, overwritten, deadLetters } = stage;
    say(differing.length > 0, `${name}: ${differing.length} differ from the reference: ${some(differing)}`);
    say(
      overwritten.length > 0,
      `${name}: ${overwritten.length} of persons' overwritten: ${some(overwritten)}`,
    );
    say(deadLetters > 0, `${name}: ${deadLetters} dead letters`);
  }
  for (const { name, changed, calls } of [observing, again, laterAgain])
    say(changed + calls > 0, `${name}: ${calls} calls changed ${changed} findings`);
  for (const { name, sweep } of [again, laterAgain])
    say(sweep.sent > 0, `${name}: ${sweep.sent} findings sent`);
  for (const { name, changed } of [enforcing, lapsed, later]) say(changed === 0, `${name}: nothing changed`);
  say(observing.sweep.sent === 0, `${observing.name}: nothing was found to be done`);
  say(lapsed.suppressed >= enforcing.suppressed, `${lapsed.name}: nothing came back from suppression`);
  return faults;
}
