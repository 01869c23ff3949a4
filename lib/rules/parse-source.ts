import { createScanner, type Node, type ParseError, printParseErrorCode } from 'jsonc-parser';
import { DIAGNOSTIC_NAMES, type Diagnostic, type DiagnosticCode, quote } from './diagnostic.ts';
import { createSource, readTree, type Source, type SourceName } from './source.ts';

export interface ParsedSource {
  readonly source: Source;
  /** The file's value; undefined when its syntax is broken. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** A rule nests five to ten levels deep; recursive readers of deeper texts would exhaust the stack. */
const MAX_DEPTH = 64;
const TOO_DEEP = 'Put parts of it into shared conditions: rules/conditions/<name>.json.';
const EMPTY_FILE = 'Write the rule or whatever belongs here, or delete the file.';

/** Names that reach an object's prototype in careless code: no file of ours needs them. */
const HOSTILE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** What is wrong, and what to do, by the parser's name of the fault. */
const SYNTAX: Readonly<Record<string, readonly [message: string, help: string]>> = {
  InvalidSymbol: [
    'This is neither a value nor punctuation of JSON.',
    'Texts stand in double quotes; other values are numbers, true, false, null, { … } and [ … ].',
  ],
  InvalidNumberFormat: ['This number is not written as JSON demands.', 'Write it like 40, -1 or 0.5.'],
  PropertyNameExpected: [
    'A member name in double quotes is expected here.',
    'Put the name in double quotes, or take out the comma before this.',
  ],
  ValueExpected: ['A value is expected here.', 'Write the value, or take out the comma before this.'],
  ColonExpected: ['A colon is expected here.', 'Write "name": value.'],
  CommaExpected: ['A comma is expected here.', 'Put a comma after what stands before this.'],
  CloseBraceExpected: ['A closing brace is missing.', 'Add "}" where the object ends.'],
  CloseBracketExpected: ['A closing bracket is missing.', 'Add "]" where the list ends.'],
  EndOfFileExpected: ['The file should end here.', 'A file holds one value: take out what follows it.'],
  UnexpectedEndOfComment: ['This comment does not end.', 'Close it with */.'],
  UnexpectedEndOfString: [
    'This text has no closing quote.',
    'Add a double quote where it ends, on the same line.',
  ],
  UnexpectedEndOfNumber: ['This number breaks off.', 'Write it like 40, -1 or 0.5.'],
  InvalidUnicode: ['This \\u escape is not four hexadecimal digits.', 'Write it like \\u00e9.'],
  InvalidEscapeCharacter: [
    'This escape is none of JSON.',
    'Write \\\\ for a backslash; in an expression, each backslash is written twice.',
  ],
  InvalidCharacter: [
    'A control character must be written as an escape.',
    'Write \\n for a new line, \\t for a tab.',
  ],
};

/**
 * Reads JSON with comments and keeps positions. Refuses what a lenient reader would silently settle: broken syntax
 * (every fault), a member named twice (the last would win), names that reach a prototype, and hostile nesting.
 */
export function parseSource(name: SourceName, rawText: string): ParsedSource {
  const text = rawText.startsWith('\uFEFF') ? rawText.slice(1) : rawText;
  const tooDeep = offsetBeyondDepth(text);
  if (tooDeep !== undefined) {
    const source = createSource(name, text, undefined);
    const message = `Values are nested more than ${MAX_DEPTH} levels deep.`;
    return { source, value: undefined, diagnostics: [at(source, tooDeep, 1, 'TR001', message, TOO_DEEP)] };
  }
  const errors: ParseError[] = [];
  const tree = readTree(text, errors);
  const source = createSource(name, text, tree);
  if (errors.length > 0 || tree === undefined) {
    return { source, value: undefined, diagnostics: syntaxDiagnostics(source, errors) };
  }
  const diagnostics: Diagnostic[] = [];
  const value = readValue(tree, source, diagnostics);
  return { source, value, diagnostics };
}

function syntaxDiagnostics(source: Source, errors: readonly ParseError[]): readonly Diagnostic[] {
  if (errors.length === 0) return [at(source, 0, 1, 'TR001', 'The file holds no value.', EMPTY_FILE)];
  // What follows a fault on its line is mostly its echo.
  const seen = new Set<number>();
  return errors
    .filter(({ offset }) => {
      const { line } = source.rangeAt(offset, 1).start;
      return !seen.has(line) && seen.add(line);
    })
    .map(({ error, offset, length }) => {
      const name = printParseErrorCode(error);
      const [message, help] = SYNTAX[name] ?? [name, 'Correct what your editor underlines.'];
      return at(source, offset, Math.max(1, length), 'TR001', message, help);
    });
}

function readValue(node: Node, source: Source, diagnostics: Diagnostic[]): unknown {
  if (node.type === 'array') return (node.children ?? []).map((item) => readValue(item, source, diagnostics));
  if (node.type !== 'object') return node.value;
  const object: Record<string, unknown> = {};
  for (const { children } of node.children ?? []) {
    const [name, value] = children ?? [];
    if (name === undefined || value === undefined) continue;
    const key = String(name.value);
    const refused = refusalOf(key, object);
    if (refused === undefined) object[key] = readValue(value, source, diagnostics);
    else diagnostics.push(at(source, name.offset, name.length, refused.code, refused.message, refused.help));
  }
  return object;
}

function refusalOf(
  key: string,
  object: Readonly<Record<string, unknown>>,
): { readonly code: DiagnosticCode; readonly message: string; readonly help: string } | undefined {
  if (HOSTILE_KEYS.includes(key)) {
    return {
      code: 'TR004',
      message: `${quote(key)} is no name for a member: it reaches an object's prototype.`,
      help: 'Give it another name, or take it out.',
    };
  }
  if (!Object.hasOwn(object, key)) return undefined;
  const message = `${quote(key)} is named twice in this object; the first would be lost.`;
  return { code: 'TR002', message, help: 'Keep one of the two; several conditions stand in one list.' };
}

function at(
  source: Source,
  offset: number,
  length: number,
  code: DiagnosticCode,
  message: string,
  help: string,
): Diagnostic {
  const range = source.rangeAt(offset, length);
  return { code, name: DIAGNOSTIC_NAMES[code], severity: 'error', message, help, file: source.file, range };
}

/** Reads tokens only: the parser itself would run out of stack on what is refused here. */
function offsetBeyondDepth(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    const first = text[offset];
    if (first === '{' || first === '[') depth += 1;
    if (first === '}' || first === ']') depth -= 1;
    if (depth > MAX_DEPTH) return offset;
  }
  return undefined;
}
