import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';

/** What ends a line after `"$schema": "…"` where something is said of it there. */
const COMMA_AND_COMMENT = /^[ \t]*,[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*?\*\/[ \t]*)\n/;

/** Sets a member of the object that a file holds, first but for `$schema`; comments and layout stay as they are. */
export function setMember(text: string, name: string, value: unknown): string {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const tree = parseTree(text);
  const schema = tree && findNodeAtLocation(tree, ['$schema'])?.parent;
  if (schema !== undefined && schema === tree?.children?.[0] && !findNodeAtLocation(tree, [name])) {
    const end = schema.offset + schema.length;
    const said = COMMA_AND_COMMENT.exec(text.slice(end));
    // Put behind the value, the new member would take that comment for its own.
    if (said !== null) {
      const next = end + said[0].length;
      return `${text.slice(0, next)}${indent}${JSON.stringify(name)}: ${JSON.stringify(value)},${eol}${text.slice(next)}`;
    }
  }
  const edits = modify(text, [name], value, {
    formattingOptions: { insertSpaces: !indent.includes('\t'), tabSize: indent.length, eol },
    getInsertionIndex: (names) => (names[0] === '$schema' ? 1 : 0),
  });
  return applyEdits(text, edits);
}
