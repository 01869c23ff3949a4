import { describe, expect, it } from 'vitest';
import { conditionsHold } from '../../../lib/local/iam/conditions.ts';

const status = 'securityhub:ASFFSyntaxPath/Workflow.Status';
const fields = 'securityhub:ASFFSyntaxPath/UserDefinedFields.key';

describe('conditionsHold', () => {
  it('holds without conditions', () => {
    expect(conditionsHold(undefined, {})).toBe(true);
    expect(conditionsHold({}, {})).toBe(true);
  });

  it('asks Null whether a key is missing', () => {
    const present = { Null: { [status]: 'false' } };
    const missing = { Null: { [status]: true } };

    expect(conditionsHold(present, { [status]: 'NEW' })).toBe(true);
    expect(conditionsHold(present, {})).toBe(false);
    expect(conditionsHold(missing, { [status]: 'NEW' })).toBe(false);
    expect(conditionsHold(missing, {})).toBe(true);
  });

  it('joins operators and keys by AND, values by OR', () => {
    const condition = { StringEquals: { a: ['1', '2'], b: '3' }, StringLike: { c: 'x*' } };

    expect(conditionsHold(condition, { a: '2', b: '3', c: 'xyz' })).toBe(true);
    expect(conditionsHold(condition, { a: '2', b: '4', c: 'xyz' })).toBe(false);
    expect(conditionsHold(condition, { a: '2', b: '3', c: 'zyx' })).toBe(false);
  });

  it('finds keys without regard to case but compares values exactly', () => {
    expect(conditionsHold({ StringEquals: { 'AWS:sourcearn': 'x' } }, { 'aws:SourceArn': 'x' })).toBe(true);
    expect(conditionsHold({ StringEquals: { 'aws:SourceArn': 'X' } }, { 'aws:SourceArn': 'x' })).toBe(false);
    expect(conditionsHold({ StringEqualsIgnoreCase: { k: 'X' } }, { k: 'x' })).toBe(true);
  });

  it('lets a missing key fail a comparison, pass a negated one, and pass IfExists', () => {
    expect(conditionsHold({ StringEquals: { k: 'x' } }, {})).toBe(false);
    expect(conditionsHold({ StringNotEquals: { k: 'x' } }, {})).toBe(true);
    expect(conditionsHold({ StringEqualsIfExists: { k: 'x' } }, {})).toBe(true);
    expect(conditionsHold({ StringEqualsIfExists: { k: 'x' } }, { k: 'y' })).toBe(false);
    expect(conditionsHold({ Bool: { k: 'true' } }, {})).toBe(false);
  });

  it('needs none of the values for a negated operator', () => {
    expect(conditionsHold({ StringNotEquals: { k: ['x', 'y'] } }, { k: 'y' })).toBe(false);
    expect(conditionsHold({ StringNotEquals: { k: ['x', 'y'] } }, { k: 'z' })).toBe(true);
    expect(conditionsHold({ StringNotLike: { k: ['x*'] } }, { k: 'xa' })).toBe(false);
  });

  it('quantifies multi-valued keys', () => {
    const any = { 'ForAnyValue:StringEquals': { [fields]: ['a', 'b'] } };
    const all = { 'ForAllValues:StringEquals': { [fields]: ['a', 'b'] } };

    expect(conditionsHold(any, { [fields]: ['c', 'b'] })).toBe(true);
    expect(conditionsHold(any, { [fields]: ['c'] })).toBe(false);
    expect(conditionsHold(all, { [fields]: ['c', 'b'] })).toBe(false);
    expect(conditionsHold(all, { [fields]: ['a', 'b'] })).toBe(true);
    expect(conditionsHold({ 'ForAnyValue:StringNotEquals': { k: 'a' } }, { k: ['a', 'b'] })).toBe(true);
    expect(conditionsHold({ 'ForAllValues:StringNotEquals': { k: 'a' } }, { k: ['a', 'b'] })).toBe(false);
  });

  it('lets ForAllValues hold and ForAnyValue fail where the key is missing', () => {
    expect(conditionsHold({ 'ForAllValues:StringEquals': { k: 'a' } }, {})).toBe(true);
    expect(conditionsHold({ 'ForAnyValue:StringEquals': { k: 'a' } }, {})).toBe(false);
    expect(conditionsHold({ 'ForAnyValue:StringEqualsIfExists': { k: 'a' } }, {})).toBe(true);
  });

  it('compares ARNs field by field', () => {
    const like = { ArnLike: { k: 'arn:aws:events:*:111122223333:rule/*' } };

    expect(conditionsHold(like, { k: 'arn:aws:events:us-east-1:111122223333:rule/a/b' })).toBe(true);
    expect(conditionsHold(like, { k: 'arn:aws:events:us-east-1:444455556666:rule/a' })).toBe(false);
    expect(conditionsHold({ ArnNotLike: { k: 'arn:aws:*:*:*:x' } }, { k: 'arn:aws:s3:::y' })).toBe(true);
    expect(conditionsHold({ ArnEquals: { k: 'arn:aws:sqs:*' } }, { k: 'arn:aws:sqs:r:1:q:x' })).toBe(true);
    expect(conditionsHold({ ArnEquals: { k: 'arn:*:q' } }, { k: 'arn:aws:sqs:r:1:q' })).toBe(false);
  });

  it('compares numbers as numbers and booleans as text', () => {
    expect(conditionsHold({ NumericLessThanEquals: { k: '10' } }, { k: '9' })).toBe(true);
    expect(conditionsHold({ NumericGreaterThan: { k: 10 } }, { k: '9' })).toBe(false);
    expect(conditionsHold({ NumericNotEquals: { k: 10 } }, { k: '10.0' })).toBe(false);
    expect(conditionsHold({ Bool: { k: true } }, { k: 'true' })).toBe(true);
  });
});
