import type { Spell } from '../schedule.ts';
import type { VirtualTime } from '../virtual-time.ts';
import type { Injector } from './injector.ts';

export interface Spells {
  readonly isOn: (kind: Spell['kind']) => boolean;
}

/** Faults that last: each is one fault, however many calls it fails. */
export function createSpells(spells: readonly Spell[], time: VirtualTime, faults: Injector): Spells {
  const on = new Set<Spell>();
  for (const spell of spells)
    time.after(spell.fromMs, () => {
      if (!faults.happens(spell.kind, `for ${Math.round((spell.toMs - spell.fromMs) / 1000)} s`)) return;
      on.add(spell);
      time.after(spell.toMs - spell.fromMs, () => on.delete(spell));
    });
  return { isOn: (kind) => !faults.stopped() && [...on].some((spell) => spell.kind === kind) };
}
