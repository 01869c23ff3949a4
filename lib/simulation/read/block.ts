/** Some JSON texts of one source, as bytes: what one worker takes at a time. */
export interface Block {
  readonly kind: 'block';
  readonly source: string;
  readonly bytes: Uint8Array;
  /** Where each text ends in `bytes`; each begins where the one before ends. */
  readonly ends: readonly number[];
  /** What the first text is called: its line, counted from 1, or its index in the document, from 0. */
  readonly first: number;
  readonly unit: 'line' | 'index';
}

/** Something that could not be read as findings, and where; the rest goes on as far as it can. */
export interface ReadFault {
  readonly kind: 'fault';
  readonly place: string;
  readonly message: string;
}

/** Large enough that handing it over costs little, small enough that all cores have something to do. */
export const BLOCK_BYTES = 1024 * 1024;

/** A finding has 240 KB at most, a page of an export 100 of them. */
export const MOST_VALUE_BYTES = 64 * 1024 * 1024;
export const TOO_LARGE = 'is one value of more than 64 MB, which no finding is';

/** The place of a text of a block. */
export function placeOf({ source, unit, first }: Block, index: number): string {
  return unit === 'line' ? `${source}:${first + index}` : `${source}[${first + index}]`;
}
