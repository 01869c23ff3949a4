import { readFileSync } from 'node:fs';
import { type ParseError, parseTree } from 'jsonc-parser';
import { INPUT_FORMS, type InputItem, itemsOf } from '../../findings/input-items.ts';

/** An input file that cannot be read: the message names the place and the remedy. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Exports from Windows start with it; JSON does not know it. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/**
 * Reads findings from files, in order: NDJSON, or one JSON document. Findings are taken as they are, since real ones
 * often miss required members; a text that is no JSON object throws InputError.
 */
export function readInput(files: readonly string[]): readonly InputItem[] {
  return files.flatMap((file) => {
    const text = read(file);
    if (!isNdjson(text)) return findingsIn(parseDocument(text, file), file);
    return text.split('\n').flatMap((line, index) => {
      if (line.trim() === '') return [];
      const place = `${file}:${index + 1}`;
      const value = parse(line);
      if (value === undefined) throw new InputError(`${place} is not JSON. A file holds ${INPUT_FORMS}.`);
      return findingsIn(value, place);
    });
  });
}

/** One JSON document; nothing at all holds no findings. */
function parseDocument(text: string, file: string): unknown {
  if (text.trim() === '') return [];
  const value = parse(text);
  if (value === undefined)
    throw new InputError(`${file}${mistakeIn(text)} is not JSON. A file holds ${INPUT_FORMS}.`);
  return value;
}

/** `:line:column` of the first mistake. JSON.parse tells where only for some, and quotes what it read. */
function mistakeIn(text: string): string {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first === undefined) return '';
  const before = text.slice(0, first.offset).split('\n');
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** What a value holds; what is no finding throws InputError. */
function findingsIn(value: unknown, place: string): readonly InputItem[] {
  return itemsOf(value, place).map((item) => {
    if ('findings' in item) return item;
    throw new InputError(`${item.place} is ${item.is}, not a finding. A file holds ${INPUT_FORMS}.`);
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(BYTE_ORDER_MARK, '');
  } catch (cause) {
    throw new InputError(`${file} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'it is a folder. Name the files in it.';
  return `${message ?? error}.`;
}

/** Several lines of which the first is JSON by itself. */
function isNdjson(text: string): boolean {
  const [first = ''] = text.trimStart().split('\n', 1);
  return text.trim().includes('\n') && parse(first) !== undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
