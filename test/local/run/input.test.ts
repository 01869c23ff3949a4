import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readInput } from '../../../lib/local/run/input.ts';

const dir = mkdtempSync(join(tmpdir(), 'triage-input-'));
const file = join(dir, 'input');
afterAll(() => rmSync(dir, { recursive: true }));

function readText(text: string) {
  writeFileSync(file, text);
  return readInput([file]).map((item) => ({ ...item, place: item.place.slice(file.length) }));
}

const [a, b] = [
  { Id: 'a', ProductArn: 'arn' },
  { Id: 'b', ProductArn: 'arn' },
];
const one = JSON.stringify(a);
const event = { 'detail-type': 'Security Hub Findings - Imported', detail: { findings: [a, b] } };

describe('reading what was named with --findings', () => {
  it.each([
    ['one finding a line', `${one}\n${JSON.stringify(b)}\n`, [':1', ':2']],
    [
      'lines with empty ones between them, ended as on Windows',
      `\r\n${one}\r\n\r\n${JSON.stringify(b)}`,
      [':2', ':4'],
    ],
    ['lines after a byte order mark', `\uFEFF${one}\n${JSON.stringify(b)}`, [':1', ':2']],
    ['an array', JSON.stringify([a, b], null, 2), ['[0]', '[1]']],
    ['what the CLI prints', JSON.stringify({ Findings: [a, b] }, null, 4), ['[0]', '[1]']],
    ['an array a line', `${JSON.stringify([a])}\n${JSON.stringify([b])}\n`, [':1[0]', ':2[0]']],
  ])('takes %s', (_, text, places) => {
    const items = readText(text);

    expect(items).toEqual([
      { place: places[0], findings: [a] },
      { place: places[1], findings: [b] },
    ]);
  });

  it('takes one finding as one document, however it is laid out', () => {
    const items = [one, JSON.stringify(a, null, 2)].map(readText);

    expect(items).toEqual(Array(2).fill([{ place: '', findings: [a] }]));
  });

  it('keeps an event whole', () => {
    const items = readText(JSON.stringify(event, null, 2));

    expect(items).toEqual([{ place: '', findings: [a, b], event }]);
  });

  it.each(['Security Hub Insight Results', 'anything'])(
    'finds no findings in an event "%s" that has none',
    (detailType) => {
      const bare = { 'detail-type': detailType, detail: { findings: 'none' } };

      const items = readText(JSON.stringify(bare));

      expect(items).toEqual([{ place: '', findings: [], event: bare }]);
    },
  );

  it.each([
    [`${one}\n{`, ':2 is not JSON'],
    [`{\n  "Id": }`, ':2:9 is not JSON'],
    ['[1]', '[0] is a number, not a finding'],
    [`${one}\nnull\n`, ':2 is null, not a finding'],
    ['"\u202e"', ' is a string, not a finding'],
    ['{"Id": "\u001b[2J"}', ':1:8 is not JSON'],
  ])('refuses %j, and names the place without repeating the text', (text, message) => {
    const reading = () => readText(text);

    expect(reading).toThrow(expect.objectContaining({ name: 'InputError' }));
    expect(reading).toThrow(`${file}${message}. A file holds`);
  });
});
