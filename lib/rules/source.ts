import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

export type JsonPath = readonly (string | number)[];

/** Line and column count from 1; a column is a UTF-16 unit, as editors count. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

export interface SourceRange {
  readonly start: SourcePosition;
  /** The first position after the range. */
  readonly end: SourcePosition;
}

export type SourceName = Pick<Source, 'file' | 'label'>;

/** A JSON file with comments, its value, and where each part of the value stands. */
export interface Source {
  /** Absolute path. */
  readonly file: string;
  /** The path below the rules folder, for messages that name another file. */
  readonly label: string;
  readonly text: string;
  readonly tree: Node | undefined;
  /** Where the value at a path, or the name of that member, stands; its nearest parent where there is none. */
  readonly locate: (path: JsonPath, part: 'key' | 'value') => SourceRange;
  readonly rangeAt: (offset: number, length: number) => SourceRange;
  readonly isArrayAt: (path: JsonPath) => boolean;
}

/** Wraps a text so that every later check can point at its lines. `text` is without a byte order mark. */
export function createSource({ file, label }: SourceName, text: string, tree: Node | undefined): Source {
  const lineStarts = startsOfLines(text);
  const rangeAt = (offset: number, length: number): SourceRange => ({
    start: positionOf(offset, lineStarts),
    end: positionOf(offset + length, lineStarts),
  });
  const locate = (path: JsonPath, part: 'key' | 'value'): SourceRange => {
    const node = deepestNode(tree, path, part);
    if (node === undefined) return rangeAt(0, 1);
    // An object or array is named by its opening bracket: underlining pages of text helps nobody.
    return rangeAt(node.offset, node.type === 'object' || node.type === 'array' ? 1 : node.length);
  };
  const isArrayAt = (path: JsonPath) =>
    tree !== undefined && findNodeAtLocation(tree, [...path])?.type === 'array';
  return { file, label, text, tree, locate, rangeAt, isArrayAt };
}

/** Reads a text into its tree; undefined where it holds no value. Faults of syntax are collected in `errors`. */
export function readTree(
  text: string,
  errors: { error: number; offset: number; length: number }[],
): Node | undefined {
  return parseTree(text, errors, { allowTrailingComma: false, disallowComments: false });
}

function deepestNode(tree: Node | undefined, path: JsonPath, part: 'key' | 'value'): Node | undefined {
  if (tree === undefined) return undefined;
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, depth));
    if (node === undefined) continue;
    const name = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
    return part === 'key' && depth === path.length && name !== undefined ? name : node;
  }
  return tree;
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

function positionOf(offset: number, lineStarts: readonly number[]): SourcePosition {
  let line = lineStarts.length;
  while (line > 1 && (lineStarts[line - 1] ?? 0) > offset) line -= 1;
  return { line, column: offset - (lineStarts[line - 1] ?? 0) + 1 };
}
