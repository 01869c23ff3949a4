import { describe, expect, it } from 'vitest';
import { resolveCondition, resolveIntrinsics, type Scope } from '../../../lib/local/assembly/intrinsics.ts';

const SCOPE: Scope = {
  ref: (id) => (id === 'AWS::NoValue' ? undefined : `ref-${id}`),
  getAtt: (id, attribute) => `${id}!${attribute}`,
  condition: (name) => name === 'Yes',
  findInMap: (map, first, second) => [map, first, second].join('/'),
};

describe('resolveIntrinsics', () => {
  it.each([
    [{ Ref: 'Queue' }, 'ref-Queue'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue!Arn'],
    [{ 'Fn::GetAtt': 'Outer.Outputs.Inner' }, 'Outer!Outputs.Inner'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }, 'a-ref-B'],
    [{ 'Fn::Sub': `\${A}/\${Q.Arn}/\${!kept}` }, `ref-A/Q!Arn/\${kept}`],
    [{ 'Fn::Sub': [`\${own}-\${A}`, { own: { Ref: 'X' } }] }, 'ref-X-ref-A'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::If': ['Yes', { Ref: 'T' }, { 'Fn::Unknown': [] }] }, 'ref-T'],
    [{ 'Fn::FindInMap': ['M', { Ref: 'R' }, 'k'] }, 'M/ref-R/k'],
    [{ kept: [1, { Ref: 'AWS::NoValue' }, null], gone: { Ref: 'AWS::NoValue' } }, { kept: [1, null] }],
  ])('resolves %j to %j', (value, expected) => {
    expect(resolveIntrinsics(value, SCOPE)).toEqual(expected);
  });

  it('refuses a function it does not know instead of guessing', () => {
    expect(() => resolveIntrinsics({ 'Fn::ImportValue': 'x' }, SCOPE)).toThrow(
      /Fn::ImportValue is not known/,
    );
  });
});

describe('resolveCondition', () => {
  it.each([
    [{ 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
    [{ 'Fn::Not': [{ Condition: 'Yes' }] }, false],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] }, true],
  ])('judges %j as %j', (body, expected) => {
    expect(resolveCondition(body, SCOPE)).toBe(expected);
  });
});
