import { describe, expect, it } from 'vitest';
import { requireSameVerdicts } from './same-verdicts.ts';

const reference = { method: 'product', verdicts: [['a'], [], ['a', 'b']] };
const indexes = [0, 50, 100];

describe('engines that are compared', () => {
  it('have to name the same rules for every finding', () => {
    const same = { method: 'peer', verdicts: [['a'], [], ['a', 'b']] };

    expect(() => requireSameVerdicts(same, reference, indexes)).not.toThrow();
  });

  it.each([
    ['another rule, though as many', [['a'], [], ['a', 'c']], 'on finding 100: [a, c] instead of [a, b]'],
    ['a rule too many', [['a'], ['b'], ['a', 'b']], 'on finding 50: [b] instead of []'],
    ['a rule too few', [[], [], ['a', 'b']], 'on finding 0: [] instead of [a]'],
    ['no answer', [['a']], 'on finding 50: [undefined] instead of []'],
  ])('end the run with %s', (_what, verdicts, message) => {
    const judged = { method: 'peer', verdicts };

    expect(() => requireSameVerdicts(judged, reference, indexes)).toThrow(
      `peer disagrees with product ${message}`,
    );
  });
});
