import { describe, expect, it } from 'vitest';
import { loadRule, ruleWith, saidOf } from '../rules-folder.ts';

const SUPPRESS = { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } };
const LOW = { fact: 'Severity.Label', operator: 'equal', value: 'LOW' };
const suppressing = (
  conditions: unknown,
  members: Readonly<Record<string, unknown>> = { expires: '2027-01-31' },
) => ruleWith({ event: SUPPRESS, conditions, ...members });

describe('the end of a suppression', () => {
  it.each([
    ['a day', { expires: '2027-01-31' }],
    ['a day that has passed', { expires: '2001-01-31' }],
    ['no end, with a review', { expires: 'never', reasonCode: 'false-positive', reviewBy: '2027-01-31' }],
    ['no end, out of scope', { expires: 'never', reasonCode: 'out-of-scope', reviewBy: '2027-01-31' }],
  ])('accepts %s', (_, members) => {
    expect(saidOf(loadRule(suppressing({ all: [LOW] }, members)))).toEqual([]);
  });

  it.each([
    ['none', {}, /TR202 A rule that suppresses findings needs an end/],
    ['never without a reason', { expires: 'never', reviewBy: '2027-01-31' }, /TR202 This reason/],
    ['never for an accepted risk', { expires: 'never', reasonCode: 'accepted-risk' }, /TR202 This reason/],
    ['never without a review', { expires: 'never', reasonCode: 'false-positive' }, /TR202 .* needs a review/],
    ['a day the calendar has not', { expires: '2027-02-29' }, /TR003 The calendar has no "2027-02-29"/],
    ['another form of a day', { expires: '31.01.2027' }, /TR003 .* written YYYY-MM-DD/],
    ['another word', { expires: 'Never' }, /TR003 .* says "never"/],
  ])('refuses %s', (_, members, message) => {
    expect(saidOf(loadRule(suppressing({ all: [LOW] }, members)))).toEqual([expect.stringMatching(message)]);
  });

  it('asks nothing of a rule that does not suppress', () => {
    expect(saidOf(loadRule(ruleWith({})))).toEqual([]);
  });
});
