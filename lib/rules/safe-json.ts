const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]|\p{Cs}/gu;

/** JSON for people and programs: what could act on a terminal is written as JSON's own escapes, so both read the same. */
export function safeJson(value: unknown): string {
  const lines = JSON.stringify(value, null, 2).split('\n');
  return lines.map((text) => text.replace(UNPRINTABLE, unitsOf)).join('\n');
}

function unitsOf(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** The same on one line, as NDJSON has it. */
export function safeJsonLine(value: unknown): string {
  return JSON.stringify(value).replace(UNPRINTABLE, unitsOf);
}
