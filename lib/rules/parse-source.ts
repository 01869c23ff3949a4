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

/** Names that reach an object's prototype in careless code: no file of ours needs them. */
const HOSTILE_KEYS = ['__proto__', 'constructor', 'prototype'];

const SYNTAX_MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is neither a value nor punctuation of JSON.',
  InvalidNumberFormat: 'This number is not written as JSON demands.',
  PropertyNameExpected: 'A member name in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here.',
  CommaExpected: 'A comma is expected here.',
  CloseBraceExpected: 'A closing brace is missing.',
  CloseBracketExpected: 'A closing bracket is missing.',
  EndOfFileExpected: 'The file should end here.',
  UnexpectedEndOfComment: 'This comment does not end.',
  UnexpectedEndOfString: 'This text has no closing quote.',
  UnexpectedEndOfNumber: 'This number breaks off.',
  InvalidUnicode: 'This \\u escape is not four hexadecimal digits.',
  InvalidEscapeCharacter: 'This escape is none of JSON.',
  InvalidCharacter: 'A control character must be written as an escape.',
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
    return { source, value: undefined, diagnostics: [at(source, tooDeep, 1, 'TR001', message)] };
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
  if (errors.length === 0) return [at(source, 0, 1, 'TR001', 'The file holds no value.')];
  // What follows a fault on its line is mostly its echo.
  const seen = new Set<number>();
  return errors
    .filter(({ offset }) => {
      const { line } = source.rangeAt(offset, 1).start;
      return !seen.has(line) && seen.add(line);
    })
    .map(({ error, offset, length }) => {
      const name = printParseErrorCode(error);
      return at(source, offset, Math.max(1, length), 'TR001', SYNTAX_MESSAGES[name] ?? name);
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
    else diagnostics.push(at(source, name.offset, name.length, refused.code, refused.message));
  }
  return object;
}

function refusalOf(
  key: string,
  object: Readonly<Record<string, unknown>>,
): { readonly code: DiagnosticCode; readonly message: string } | undefined {
  if (HOSTILE_KEYS.includes(key)) {
    return {
      code: 'TR004',
      message: `${quote(key)} is no name for a member: it reaches an object's prototype.`,
    };
  }
  if (!Object.hasOwn(object, key)) return undefined;
  return { code: 'TR002', message: `${quote(key)} is named twice in this object; the first would be lost.` };
}

function at(
  source: Source,
  offset: number,
  length: number,
  code: DiagnosticCode,
  message: string,
): Diagnostic {
  const range = source.rangeAt(offset, length);
  return { code, name: DIAGNOSTIC_NAMES[code], severity: 'error', message, file: source.file, range };
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
