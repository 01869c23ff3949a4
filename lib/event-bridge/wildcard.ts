/**
 * Compiles a `wildcard` operand to a test of the whole text: `*` is any run of characters, `\*` and `\\` stand for
 * themselves. Null where the operand is refused: another escape, or `**`. Linear for each `*`, no backtracking.
 */
export function compileWildcard(operand: string): ((value: string) => boolean) | null {
  const pieces = split(operand);
  if (pieces === null) return null;
  const [head = '', ...rest] = pieces;
  const tail = rest.pop();
  if (tail === undefined) return (value) => value === head;
  return (value) => {
    if (value.length < head.length + tail.length || !value.startsWith(head) || !value.endsWith(tail))
      return false;
    const end = value.length - tail.length;
    let at = head.length;
    for (const piece of rest) {
      const found = value.indexOf(piece, at);
      if (found === -1 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** The literal texts between the stars. */
function split(operand: string): string[] | null {
  const pieces: string[] = [];
  let piece = '';
  for (let at = 0; at < operand.length; at += 1) {
    const isStar = operand[at] === '*';
    if (isStar && operand[at + 1] === '*') return null;
    if (isStar) {
      pieces.push(piece);
      piece = '';
      continue;
    }
    if (operand[at] === '\\') {
      at += 1;
      if (operand[at] !== '*' && operand[at] !== '\\') return null;
    }
    piece += operand[at];
  }
  return [...pieces, piece];
}
