import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleWith, saidOf } from '../rules-folder.ts';

const SUPPRESS = { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } };
const LOW = { fact: 'Severity.Label', operator: 'equal', value: 'LOW' };
const ANY = { fact: 'Title', operator: 'exists', value: true };
const leaf = (operator: string, value: unknown, fact = 'Severity.Label') => ({ fact, operator, value });
const suppressing = (
  conditions: unknown,
  members: Readonly<Record<string, unknown>> = { expires: '2027-01-31' },
) => ruleWith({ event: SUPPRESS, conditions, ...members });

describe('suppression of CRITICAL', () => {
  const shared = {
    'conditions/minor.json': { condition: { all: [leaf('in', ['LOW', 'MEDIUM'])] } },
    'conditions/relays.json': { condition: { all: [{ condition: 'minor' }] } },
    'context/minor.json': ['LOW', { value: 'MEDIUM', until: '2027-01-01' }],
    'context/worse.json': ['LOW', { value: 'CRITICAL', until: '2027-01-01' }],
    'context/hiding.json': ['LOW', 'CRITICAL'],
    'context/hidingSometimes.json': [{ value: 'CRITICAL', until: '2027-01-01' }],
  };

  it.each([
    ['equal another label', { all: [LOW, ANY] }],
    ['notEqual CRITICAL', { all: [leaf('notEqual', 'CRITICAL')] }],
    ['in without CRITICAL', { all: [leaf('in', ['LOW', 'HIGH'])] }],
    ['notIn with CRITICAL', { all: [leaf('notIn', ['CRITICAL'])] }],
    ['not equal CRITICAL', { not: leaf('equal', 'CRITICAL') }],
    ['decorated', { all: [leaf('not:equal', 'CRITICAL')] }],
    ['by number', { all: [leaf('lessThan', 70, 'Severity.Normalized')] }],
    ['an expression', { all: [leaf('matches', 'LOW|MEDIUM')] }],
    ['each branch of any', { any: [LOW, { all: [leaf('equal', 'HIGH'), ANY] }] }],
    ['not any', { not: { any: [ANY, leaf('equal', 'CRITICAL')] } }],
    ['a shared condition', { condition: 'minor' }],
    ['a shared condition of a shared condition', { all: [{ condition: 'relays' }] }],
    ['a list', { all: [leaf('in', { fact: 'lists.minor' })] }],
    ['not in a list', { all: [leaf('notIn', { fact: 'lists.hiding' })] }],
    ['a path in quotes', { all: [leaf('equal', 'LOW', 'Severity["Label"]')] }],
  ])('is ruled out by %s', (_, conditions) => {
    expect(saidOf(loadRule(suppressing(conditions), shared))).toEqual([]);
  });

  it.each([
    ['no severity', { all: [ANY] }],
    ['equal CRITICAL', { all: [leaf('equal', 'CRITICAL')] }],
    ['in with CRITICAL', { all: [leaf('in', ['LOW', 'CRITICAL'])] }],
    ['one open branch of any', { any: [LOW, ANY] }],
    ['not equal another label', { not: LOW }],
    ['not all', { not: { all: [ANY, leaf('equal', 'CRITICAL')] } }],
    ["the provider's own severity", { all: [leaf('equal', 'LOW', 'FindingProviderFields.Severity.Label')] }],
    ['a number that lets it through', { all: [leaf('lessThanInclusive', 90, 'Severity.Normalized')] }],
    ['a list that holds it for a time', { all: [leaf('in', { fact: 'lists.worse' })] }],
    ['a list that keeps it out for a time', { all: [leaf('notIn', { fact: 'lists.hidingSometimes' })] }],
    ['existence', { all: [leaf('exists', true)] }],
    ['another fact of the finding', { all: [leaf('equal', { fact: 'ProductFields.severity' })] }],
  ])('is not ruled out by %s', (_, conditions) => {
    expect(codesOf(loadRule(suppressing(conditions), shared))).toEqual(['TR205']);
    expect(
      saidOf(loadRule(suppressing(conditions, { expires: '2027-01-31', allowCritical: true }), shared)),
    ).toEqual([]);
  });

  it.each([{ fact: 'lists.absent' }, { fact: 7 }, { list: 'minor' }])(
    'is not ruled out by a comparison with %j, which is wrong by itself',
    (value) => {
      expect(codesOf(loadRule(suppressing({ all: [leaf('in', value)] }), shared))).toContain('TR205');
    },
  );

  it('is refused where the rule itself calls the finding CRITICAL', () => {
    const params = { Workflow: { Status: 'SUPPRESSED' }, Severity: { Label: 'CRITICAL' } };
    const rule = suppressing({ all: [LOW] }, { expires: '2027-01-31', event: { type: 'update', params } });

    expect(saidOf(loadRule(rule))).toEqual([
      expect.stringMatching(/TR205 This rule calls findings CRITICAL/),
    ]);
  });
});
