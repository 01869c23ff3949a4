import { describe, expect, it } from 'vitest';
import { type Branch, branchesOf } from '../../../../lib/rules/engine/candidates/demand.ts';
import type { Condition } from '../../../../lib/rules/rule.ts';
import { rulesetOf } from '../ruleset-of.ts';

const RULESET = rulesetOf([]);
const equal = (fact: string, value: unknown): Condition => ({ fact, operator: 'equal', value });
const oneOf = (fact: string, values: readonly unknown[]): Condition => ({
  fact,
  operator: 'in',
  value: values,
});
const facts = (count: number) => Array.from({ length: count }, (_, i) => equal(`ProductFields.f${i}`, 'x'));
const texts = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `text-${from + i}`);

/** Each way as `fact=literals`. */
function told(branches: readonly Branch[]): readonly string[] {
  return branches.map((branch) =>
    branch.map(({ fact, literals }) => `${fact}=${literals.join('|')}`).join(' & '),
  );
}

const demandsOf = (condition: Condition) => told(branchesOf(condition, RULESET));

describe('what a condition demands', () => {
  it('is one of several ways, while they are few', () => {
    expect(demandsOf({ any: [equal('Title', 'a'), equal('Title', 'b')] })).toEqual(['Title=a', 'Title=b']);
  });

  it('is any of many literals of the one fact that all ways ask for', () => {
    const ways = ['a', 'b', 'a', 'c', 'd'].map((value, i) => ({
      all: [equal(`ProductFields.f${i}`, 'x'), equal('Title', value)],
    }));

    expect(demandsOf({ any: ways })).toEqual(['Title=a|b|c|d']);
  });

  it('stays with the ways where together they would have too many literals', () => {
    const ways = Array.from({ length: 4 }, (_, i) => oneOf('Title', texts(200, 200 * i)));

    expect(branchesOf({ any: ways }, RULESET)).toHaveLength(4);
  });

  it('is told way by way where many ask for different facts, and not at all where they are too many', () => {
    expect(demandsOf({ any: facts(5) })).toHaveLength(5);
    expect(demandsOf({ any: facts(12) })).toHaveLength(12);
    expect(demandsOf({ any: facts(13) })).toEqual(['']);
  });

  it('leaves out of a group what would make too many ways of it', () => {
    const ways = demandsOf({ all: [{ any: facts(5) }, { any: facts(3) }, equal('Title', 'a')] });

    expect(ways).toEqual([0, 1, 2, 3, 4].map((i) => `ProductFields.f${i}=x & Title=a`));
  });

  it('is nothing of one literal of too many', () => {
    expect(demandsOf(oneOf('Title', texts(512)))).not.toEqual(['']);
    expect(demandsOf(oneOf('Title', texts(513)))).toEqual(['']);
  });

  it('looks into elements of lists that are read whole, not of lists within lists', () => {
    const block = { all: [equal('Type', 'AwsS3Bucket')] };
    const ofElement = (fact: string): Condition => ({ fact, operator: 'anyElement', value: block });

    expect(demandsOf(ofElement('Resources'))).toEqual(['Resources[*].Type=AwsS3Bucket']);
    expect(demandsOf(ofElement('Vulnerabilities[*].Cvss'))).toEqual(['']);
    expect(demandsOf(ofElement('no path!'))).toEqual(['']);
  });
});
