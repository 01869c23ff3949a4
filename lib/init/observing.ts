import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';

const MODE = ['mode'];

/** The text of a rule, or of exceptions, that observes where it would enforce; every other text stays as it is. */
export function observing(text: string): string {
  const tree = parseTree(text);
  const mode = tree && findNodeAtLocation(tree, MODE);
  return mode?.value === 'enforce' ? applyEdits(text, modify(text, MODE, 'observe', {})) : text;
}
