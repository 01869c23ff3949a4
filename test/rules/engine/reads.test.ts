import { describe, expect, it } from 'vitest';
import { factsOf, readsOf } from '../../../lib/rules/engine/reads.ts';
import type { Condition } from '../../../lib/rules/rule.ts';
import { ruleOf, rulesetOf } from './ruleset-of.ts';

const leaf = (fact: string, value: unknown = true): Condition => ({ fact, operator: 'exists', value });

describe('factsOf', () => {
  it('finds facts at every depth, on right-hand sides, in shared conditions and in texts', () => {
    const conditions: Condition = {
      all: [
        { any: [leaf('Title'), { not: leaf('Region', { fact: 'lists.regions' }) }] },
        { condition: 'shared' },
        { condition: 'shared' },
      ],
    };
    const params = {
      Note: { Text: 'Of {{ProductName}}' },
      UserDefinedFields: { team: '{{account.team}}' },
      Types: ['a/{{Id}}'],
      RelatedFindings: [{ Id: '{{GeneratorId}}', ProductArn: '{{ProductArn}}' }],
    };
    const ruleset = rulesetOf([ruleOf(conditions, { params })], {
      conditions: { shared: { all: [leaf('Confidence')] }, unused: { all: [leaf('Criticality')] } },
    });

    expect([...factsOf(ruleset)].sort()).toEqual(
      [
        ...['Confidence', 'GeneratorId', 'Id', 'ProductArn', 'ProductName', 'Region', 'Title'],
        ...['account.team', 'lists.regions'],
      ].sort(),
    );
  });

  it('reads no fact where a condition compares with null', () => {
    expect(factsOf(rulesetOf([ruleOf(leaf('Title', null))]))).toEqual(new Set(['Title']));
  });

  it('ends where shared conditions go in a circle, which the checks refuse', () => {
    const conditions = { a: { all: [leaf('Title'), { condition: 'b' }] }, b: { any: [{ condition: 'a' }] } };

    expect(factsOf(rulesetOf([ruleOf({ condition: 'a' })], { conditions }))).toEqual(new Set(['Title']));
  });

  it.each(['absent', 'toString'])('reads nothing of a shared condition %s that there is not', (condition) => {
    expect(factsOf(rulesetOf([ruleOf({ condition })]))).toEqual(new Set());
  });
});

describe('readsOf', () => {
  const reads = (fact: string) => [...readsOf(rulesetOf([ruleOf({ all: [leaf(fact)] })]))];

  it.each([
    ['Severity.Label', ['Severity']],
    ['UserDefinedFields.team', ['UserDefinedFields', 'UserDefinedFields.team']],
    ['UserDefinedFields["a b"]', ['UserDefinedFields', 'UserDefinedFields.a b']],
    // Whoever reads the map reads each of its keys.
    ['UserDefinedFields', ['UserDefinedFields', 'UserDefinedFields.*']],
    ['UserDefinedFields[*]', ['UserDefinedFields', 'UserDefinedFields.*']],
    ['no path!', []],
  ])('of %s are %j', (fact, expected) => {
    expect(reads(fact)).toEqual(expected);
  });
});
