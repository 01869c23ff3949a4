import { describe, expect, it } from 'vitest';
import { faultsOf, type Night } from './nights.ts';

const QUIET: Night = {
  findings: 2000,
  newlySuppressed: 4,
  calls: 1,
  invocations: 3,
  tripped: false,
  paused: false,
  waiting: 0,
  deadLetters: 0,
  seconds: 60,
};
const RUINED: Night = { ...QUIET, newlySuppressed: 1000, tripped: true, paused: true, waiting: 600 };

describe('the verdict on two nights', () => {
  it('finds no fault where the breaker lets the one pass and stops the other', () => {
    expect(faultsOf(QUIET, RUINED, 1000)).toEqual([]);
  });

  it.each([
    ['the legitimate night tripped the breaker', { ...QUIET, tripped: true }, RUINED],
    ['the legitimate night suppressed nothing new', { ...QUIET, newlySuppressed: 0 }, RUINED],
    ['the ruinous rule did not trip the breaker', QUIET, { ...RUINED, tripped: false }],
    ['triage went on under the ruinous rule', QUIET, { ...RUINED, paused: false }],
    ['the ruinous rule suppressed nothing', QUIET, { ...RUINED, newlySuppressed: 0 }],
    ['the ruinous rule suppressed 1001 findings', QUIET, { ...RUINED, newlySuppressed: 1001 }],
    ['findings were dead-lettered', QUIET, { ...RUINED, deadLetters: 1 }],
  ])('says that %s', (sentence, quiet, ruined) => {
    expect(faultsOf(quiet, ruined, 1000)).toEqual([expect.stringContaining(sentence)]);
  });
});
