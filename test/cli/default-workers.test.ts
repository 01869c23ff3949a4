import { describe, expect, it } from 'vitest';
import { defaultWorkers } from '../../lib/cli/default-workers.ts';

const file = (name: string, bytes: number | null) => ({ name, path: name, bytes });

describe('the number of threads that decide', () => {
  it.each([
    ['little input', [file('a.ndjson', 150e6)], 8, 1],
    ['much of it', [file('a.ndjson', 150e6), file('b.ndjson', 50e6)], 4, 3],
    ['as much in gzip', [file('a.ndjson.gz', 20e6)], 4, 3],
    ['many cores', [file('a.ndjson', 2e9)], 64, 4],
    ['two cores, which reading and one thread fill', [file('a.ndjson', 2e9)], 2, 1],
    ['one core', [file('a.ndjson', 2e9)], 1, 1],
    ['a pipe, of which nobody knows the size', [file('stdin', null)], 8, 1],
  ])('follows from %s', (_, sources, cores, expected) => {
    expect(defaultWorkers(sources, cores)).toBe(expected);
  });
});
