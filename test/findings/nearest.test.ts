import { describe, expect, it } from 'vitest';
import { nearest } from '../../lib/findings/nearest.ts';

describe('nearest', () => {
  it('names the nearest first, and equal ones by code unit whatever their order', () => {
    expect(nearest('Titel', ['Tital', 'Title', 'Tite', 'Description'])).toEqual(['Tital', 'Tite', 'Title']);
    expect(nearest('equal', ['equat', 'equap'])).toEqual(['equap', 'equat']);
    expect(nearest('equal', ['equap', 'equat'])).toEqual(['equap', 'equat']);
  });

  it('does not name the word itself, but the same in other letters', () => {
    expect(nearest('title', ['title', 'Title'])).toEqual(['Title']);
  });

  it('names nothing that is too far to be a slip', () => {
    expect(nearest('abc', ['xyz', 'axz'])).toEqual([]);
    expect(nearest('x'.repeat(10_000), ['y'])).toEqual([]);
  });

  it('forgives one edit in three letters, two from four on, and a third of what is longer', () => {
    expect(nearest('abc', ['abd', 'ade'])).toEqual(['abd']);
    expect(nearest('abcd', ['abdc', 'axyz'])).toEqual(['abdc']);
    expect(nearest('abcdefghi', ['abcdefxyz', 'abcdewxyz'])).toEqual(['abcdefxyz']);
  });

  it('looks at the first 256 letters of a word', () => {
    expect(nearest('x'.repeat(1000), ['x'.repeat(250)])).toEqual(['x'.repeat(250)]);
  });

  it('names no more than asked for', () => {
    expect(nearest('aaaa', ['aaab', 'aaac', 'aaad', 'aaae'], 2)).toEqual(['aaab', 'aaac']);
  });
});
