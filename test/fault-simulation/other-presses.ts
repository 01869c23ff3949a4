import type { PressedOn } from '../../lib/triage/pressed-on.ts';
import type { Invocation, KnownPress, Snapshot } from './ledger.ts';

type OtherPress = PressedOn['otherPress'];

/** An event's state is believed for so long, by the function's clock. */
export const BELIEVED_MS = 15 * 60_000;

const NONE: KnownPress = { confirmedMs: Number.NEGATIVE_INFINITY, givenMs: Number.NEGATIVE_INFINITY };

/** What an environment knows of other presses on the fields of a finding: at least what was confirmed to it, at most all that it was given. */
export function otherPressesOn(press: Snapshot, invocation: Invocation): readonly OtherPress[] {
  const { environment, nowMs } = invocation;
  const young = nowMs - press.timeMs <= BELIEVED_MS ? 'earlier' : 'none';
  const by =
    (lastOf: (known: KnownPress) => number): OtherPress =>
    (field) => {
      const lastMs = lastOf(environment.presses.get(placeOf(press.key, field)) ?? NONE);
      if (lastMs === Number.NEGATIVE_INFINITY) return young;
      return press.timeMs >= lastMs ? 'earlier' : 'later';
    };
  const least = by(({ confirmedMs }) => confirmedMs);
  const isMore = [...environment.presses].some(
    ([place, { confirmedMs, givenMs }]) => place.startsWith(`${press.key} `) && givenMs > confirmedMs,
  );
  return isMore ? [least, by(({ confirmedMs, givenMs }) => Math.max(confirmedMs, givenMs))] : [least];
}

/** Whether a later press is known for certain to stand on the field. */
export function isAfterKnown({ key, timeMs }: Snapshot, field: string, { environment }: Invocation): boolean {
  return timeMs >= (environment.presses.get(placeOf(key, field)) ?? NONE).confirmedMs;
}

/** A press on these fields was confirmed to the environment, or given to it. */
export function learn(
  { environment }: Invocation,
  { key, timeMs }: Snapshot,
  fields: readonly string[],
  how: keyof KnownPress,
): void {
  for (const field of fields) {
    const place = placeOf(key, field);
    const known = environment.presses.get(place) ?? NONE;
    environment.presses.set(place, { ...known, [how]: Math.max(known[how], timeMs) });
  }
}

function placeOf(key: string, field: string): string {
  return `${key} ${field}`;
}
