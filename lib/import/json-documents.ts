import { getNodeValue, type ParseError, parseTree } from 'jsonc-parser';

/** The values of JSON documents that follow one another, as a loop of AWS CLI calls prints them; null where it is no JSON. */
export function jsonDocuments(text: string): readonly unknown[] | null {
  const values: unknown[] = [];
  let rest = text;
  while (/\S/.test(rest)) {
    const errors: ParseError[] = [];
    const root = parseTree(rest, errors, { disallowComments: true });
    if (root === undefined) return null;
    const end = root.offset + root.length;
    // What follows the first document is told as an error behind it.
    if (errors.some(({ offset }) => offset < end)) return null;
    values.push(getNodeValue(root));
    rest = rest.slice(end);
  }
  return values;
}
