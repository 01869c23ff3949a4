import { expect, it } from 'vitest';
import { escapeText } from '../../lib/rules/escape-text.ts';

it.each([
  ['plain, größer, 日本, 😀', 'plain, größer, 日本, 😀'],
  ['\u001b[31mred\u0007', '\\u001b[31mred\\u0007'],
  ['two\r\nlines', 'two\\u000d\\u000alines'],
  ['\u202edlrow', '\\u202edlrow'],
  ['half \ud83d', 'half \\ud83d'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
])('escapes %j', (text, escaped) => {
  expect(escapeText(text)).toBe(escaped);
});
