import { describe, expect, it } from 'vitest';
import { decisionEvent } from '../../../lambdas/triage/decision-event.ts';
import { endingOf } from './endings.ts';
import { RULESET } from './fixtures.ts';

describe('the event of a decision', () => {
  const told = endingOf(1, { outcome: { rules: ['notify-guardduty'] } });

  it('is made of a finding that was updated', () => {
    expect(decisionEvent(told, RULESET).finding.Id).toBe('finding-1');
  });

  it.each([
    ['ended otherwise', { ...told, outcome: { ...told.outcome, outcome: 'held' as const } }],
    ['was never decided', { ...told, decided: null }],
    ['was not sent', { ...told, atMs: null }],
  ])('is not made of a finding that %s', (_how, ending) => {
    expect(() => decisionEvent(ending, RULESET)).toThrow(/has no event/);
  });
});
