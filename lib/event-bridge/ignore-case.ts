/** Which part of a value has to spell the operand. */
export type Extent = 'whole' | 'start' | 'end';

/**
 * Compiles a comparison that ignores case as EventBridge does it: each character of the operand accepts its own
 * upper and lower form and nothing else, so `ß` accepts `SS` but `ss` does not accept `ß`.
 */
export function compileIgnoreCase(operand: string, extent: Extent): (value: string) => boolean {
  const characters = [...operand].map(
    (character) => [...new Set([character.toLowerCase(), character.toUpperCase()])] as const,
  );
  return (value) => {
    if (extent !== 'end') {
      const ends = consume(characters, value, 0);
      return extent === 'start' ? ends.size > 0 : ends.has(value.length);
    }
    const longest = characters.reduce((sum, forms) => sum + Math.max(...forms.map((form) => form.length)), 0);
    for (let from = Math.max(0, value.length - longest); from <= value.length; from += 1) {
      if (consume(characters, value, from).has(value.length)) return true;
    }
    return false;
  };
}

/** Every place in the value where the operand, read from `from`, can end: forms differ in length. */
function consume(
  characters: readonly (readonly string[])[],
  value: string,
  from: number,
): ReadonlySet<number> {
  let ends = new Set([from]);
  for (const forms of characters) {
    const next = new Set<number>();
    for (const end of ends) {
      for (const form of forms) if (value.startsWith(form, end)) next.add(end + form.length);
    }
    ends = next;
  }
  return ends;
}
