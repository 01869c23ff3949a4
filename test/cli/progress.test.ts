import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressSurroundings } from '../../lib/cli/progress.ts';

function told(members: Partial<ProgressSurroundings>, totalBytes: number | null, untilMs: number): string {
  let [nowMs, text] = [0, ''];
  const write = (more: string) => {
    text += more;
  };
  const surroundings = { isTTY: false, isCI: false, quiet: false, write, nowMs: () => nowMs, ...members };
  const progress = createProgress('findings', totalBytes, surroundings);
  for (nowMs = 100; nowMs <= untilMs; nowMs += 100) progress.update(nowMs * 10, nowMs * 5);
  progress.end();
  return text;
}

describe('progress', () => {
  it('is one line on a terminal, past half a second, and gone in the end', () => {
    const text = told({ isTTY: true }, 100_000, 800);

    expect(text).toBe(
      '\r\u001b[K2 500 findings · 5 000/s · 5 % · 10 s left' +
        '\r\u001b[K3 500 findings · 5 000/s · 7 % · 9 s left' +
        '\r\u001b[K',
    );
  });

  it('is a line every ten seconds on a build machine, without an end where the size is not known', () => {
    const text = told({ isCI: true }, null, 25_000);

    expect(text).toBe('50 000 findings · 5 000/s\n100 000 findings · 5 000/s\n');
  });

  it('tells minutes where many are left', () => {
    const text = told({ isCI: true }, 1_000_000, 10_000);

    expect(text).toBe('50 000 findings · 5 000/s · 10 % · 1 min 30 s left\n');
  });

  it.each([[{}], [{ isTTY: true, quiet: true }], [{ isCI: true, quiet: true }]])(
    'is silent with %j',
    (members) => {
      expect(told(members, 1_000, 60_000)).toBe('');
    },
  );

  it('says nothing of work that is done at once', () => {
    expect(told({ isTTY: true }, 1_000, 400)).toBe('');
  });
});
