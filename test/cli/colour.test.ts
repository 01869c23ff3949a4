import { describe, expect, it } from 'vitest';
import { paint, usesColour } from '../../lib/cli/colour.ts';

const TERMINAL = { isTTY: true, hasColors: () => true };
const PIPE = {};
const ASKED = { color: true };

describe('colour', () => {
  it.each([
    ['a terminal', TERMINAL, {}, ASKED, true],
    ['a terminal without colours', { isTTY: true, hasColors: () => false }, {}, ASKED, false],
    ['a pipe', PIPE, {}, ASKED, false],
    ['a pipe that FORCE_COLOR is set for', PIPE, { FORCE_COLOR: '1' }, ASKED, true],
    ['a terminal that FORCE_COLOR takes it from', TERMINAL, { FORCE_COLOR: '0' }, ASKED, false],
    ['a terminal with NO_COLOR', TERMINAL, { NO_COLOR: '1' }, ASKED, false],
    ['a terminal with an empty NO_COLOR', TERMINAL, { NO_COLOR: '' }, ASKED, true],
    ['both variables', TERMINAL, { NO_COLOR: '1', FORCE_COLOR: '1' }, ASKED, false],
    ['--no-color, whatever the variables say', TERMINAL, { FORCE_COLOR: '1' }, { color: false }, false],
  ])('is decided for %s', (_, output, env, options, expected) => {
    expect(usesColour(output, env, options)).toBe(expected);
  });

  it('leaves texts as they are where there is none', () => {
    const texts = Object.values<(text: string) => string>({ ...paint(false) }).map((as) => as('✓ text'));

    expect(texts).toEqual(Array(5).fill('✓ text'));
  });

  it('ends what it begins', () => {
    const begin = String.fromCharCode(27);

    expect(paint(true).good('✓')).toBe(`${begin}[32m✓${begin}[39m`);
  });
});
