import { MOST_VALUE_BYTES, TOO_LARGE } from './block.ts';

/** What the bytes of a document hold up to here: texts of values, or the end of all reading. */
export interface Scanned {
  readonly texts: readonly Buffer[];
  /** Why the rest of the document cannot be read. */
  readonly fault: string | null;
}

export interface DocumentScanner {
  readonly scan: (piece: Buffer) => Scanned;
  /** What is wrong with a document that ends here; null where nothing is. */
  readonly end: () => string | null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [0x5b, 0x5d, 0x7b, 0x7d];
const SPACES: readonly (number | undefined)[] = [0x20, 0x09, 0x0a, 0x0d];
/** The list of an export stands behind this, in `{"Findings": […]}`. */
const FINDINGS = /[{,]\s*"Findings"\s*:\s*$/;
/** Names and what stands between them: a longer text in front of a list is no name. */
const LOOKED_BACK_BYTES = 64;

/**
 * Finds the values of a JSON document that is too large to be parsed whole: elements of the list it is, or of its
 * member `Findings`, or the document itself where it is neither. Only brackets and strings are followed here; whether
 * a text is JSON is for JSON.parse to say.
 */
export function createDocumentScanner(): DocumentScanner {
  let depth = 0;
  /** Where the values are: 0 beside any list, 1 in a list, 2 in the list of an object. */
  let listDepth = 0;
  let inString = false;
  let escaped = false;
  let isStreamed = false;
  /** Between the elements of a list: a comma needs one before it and one behind. */
  let elements = 0;
  let parts: Buffer[] = [];
  let partsBytes = 0;
  let texts: Buffer[] = [];
  let fault: string | null = null;
  let piece: Buffer = Buffer.alloc(0);
  let start = 0;

  const textUpTo = (end: number): Buffer => {
    const last = piece.subarray(start, end);
    const text = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    partsBytes = 0;
    return text;
  };
  const isBlank = (text: Buffer) => text.every((byte) => SPACES.includes(byte));

  const endElement = (at: number, isLast: boolean): void => {
    const text = textUpTo(at);
    start = at + 1;
    if (!isBlank(text)) texts.push(text);
    else if (!isLast || elements > 0) fault = 'has a comma without a value';
    elements += 1;
  };

  const enterList = (at: number, of: number): void => {
    textUpTo(at);
    start = at + 1;
    listDepth = of;
    elements = 0;
  };

  /** Pieces may be of any size, so the name may have come in several. */
  const leadsToFindings = (at: number): boolean => {
    let before = piece.toString('latin1', Math.max(start, at - LOOKED_BACK_BYTES), at);
    for (let index = parts.length - 1; index >= 0 && before.length < LOOKED_BACK_BYTES; index -= 1)
      before = `${parts[index]?.subarray(-LOOKED_BACK_BYTES).toString('latin1') ?? ''}${before}`;
    return FINDINGS.test(before);
  };

  const open = (byte: number, at: number): void => {
    if (depth === 0) {
      isStreamed = false;
      start = at;
      if (byte === OPEN_LIST) enterList(at, 1);
      else listDepth = 0;
    } else if (depth === 1 && listDepth === 0 && byte === OPEN_LIST && leadsToFindings(at)) {
      enterList(at, 2);
      isStreamed = true;
    }
    depth += 1;
  };

  const close = (byte: number, at: number): void => {
    if (depth === listDepth && depth > 0) {
      if (byte !== CLOSE_LIST) fault = 'closes a list with "}"';
      endElement(at, true);
      listDepth = 0;
    } else if (depth === 1) {
      if (isStreamed) textUpTo(at + 1);
      else texts.push(textUpTo(at + 1));
      start = at + 1;
    }
    depth -= 1;
    if (depth < 0) fault = 'closes a bracket that is not open';
  };

  const atByte = (byte: number, at: number): void => {
    if (byte === QUOTE && depth > 0) inString = true;
    else if (byte === OPEN_LIST || byte === OPEN_MAP) open(byte, at);
    else if (byte === CLOSE_LIST || byte === CLOSE_MAP) close(byte, at);
    else if (depth === 0) {
      if (!SPACES.includes(byte)) fault = 'is not JSON';
    } else if (byte === COMMA && depth === listDepth) endElement(at, false);
  };

  const inStringAt = (byte: number): void => {
    if (escaped) escaped = false;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === QUOTE) inString = false;
  };

  const keepRest = (): void => {
    if (depth === 0) return;
    const rest = piece.subarray(start);
    parts.push(rest);
    partsBytes += rest.length;
    if (isStreamed && listDepth === 0) {
      // What follows the findings of an object is looked at for its brackets only.
      parts = [];
      partsBytes = 0;
    }
    if (partsBytes > MOST_VALUE_BYTES) fault = TOO_LARGE;
  };

  return {
    scan(next) {
      piece = next;
      start = 0;
      texts = [];
      for (let at = 0; at < next.length && fault === null; at += 1) {
        const byte = next[at] ?? 0;
        if (inString) inStringAt(byte);
        else if (byte < 0x30 || byte > 0x5a) atByte(byte, at);
        else if (depth === 0) fault = 'is not JSON';
      }
      if (fault === null) keepRest();
      return { texts, fault };
    },
    end() {
      if (fault !== null) return fault;
      return depth > 0 || inString ? 'ends in the middle of a value' : null;
    },
  };
}
