import { describe, expect, it } from 'vitest';
import { findingKey } from '../../lib/findings/finding-key.ts';

describe('findingKey', () => {
  it('is the same for the same pair, whatever else the finding holds', () => {
    const finding = { Title: 'x', Id: 'i', ProductArn: 'p' };

    expect(findingKey(finding)).toBe(findingKey({ ProductArn: 'p', Id: 'i' }));
  });

  it.each([
    [
      { Id: 'i', ProductArn: 'p' },
      { Id: 'j', ProductArn: 'p' },
    ],
    [
      { Id: 'i', ProductArn: 'p' },
      { Id: 'i', ProductArn: 'q' },
    ],
    [
      { Id: 'i', ProductArn: 'p' },
      { Id: 'p', ProductArn: 'i' },
    ],
    [
      { Id: 'b","c', ProductArn: 'a' },
      { Id: 'c', ProductArn: 'a","b' },
    ],
    [
      { Id: 'bc', ProductArn: 'a' },
      { Id: 'c', ProductArn: 'ab' },
    ],
  ])('keeps %j and %j apart', (one, other) => {
    expect(findingKey(one)).not.toBe(findingKey(other));
  });
});
