import { describe, expect, it } from 'vitest';
import { asksForMark, typesTaken } from '../../lib/doctor/bus/types-taken.ts';

const IMPORTED = 'Security Hub Findings - Imported';
const ACTION = 'Security Hub Findings - Custom Action';
const V2 = 'Findings Imported V2';

describe('the events with findings that a pattern can take', () => {
  it.each([
    ['of Security Hub', { source: ['aws.securityhub'] }, [IMPORTED, ACTION, V2]],
    ['one type', { source: ['aws.securityhub'], 'detail-type': [IMPORTED] }, [IMPORTED]],
    ['a type by its beginning', { 'detail-type': [{ prefix: 'Security Hub' }] }, [IMPORTED, ACTION]],
    ['another service', { source: ['aws.guardduty'] }, []],
    ['all but another service', { source: [{ 'anything-but': ['aws.ec2'] }] }, [IMPORTED, ACTION, V2]],
    ['all but ours', { source: [{ 'anything-but': ['aws.securityhub'] }] }, []],
    ['everything of an account', { account: ['111122223333'] }, [IMPORTED, ACTION, V2]],
    [
      'what depends on the finding',
      { source: ['aws.securityhub'], 'detail-type': [IMPORTED], detail: { findings: { Id: ['x'] } } },
      [IMPORTED],
    ],
    [
      'one of two ways',
      { $or: [{ source: ['aws.ec2'] }, { source: ['aws.securityhub'], 'detail-type': [ACTION] }] },
      [ACTION],
    ],
    [
      'a way that asks nothing of source and type',
      { 'detail-type': [V2], $or: [{ source: ['aws.ec2'] }, { detail: { a: ['b'] } }] },
      [V2],
    ],
    ['what cannot be read', { source: [{ sounds: 'like' }] }, [IMPORTED, ACTION, V2]],
    ['no pattern at all', 'aws.securityhub', [IMPORTED, ACTION, V2]],
  ])('are told for %s', (_, pattern, types) => {
    expect(typesTaken(pattern)).toEqual(types);
  });
});

describe('a pattern that waits for our mark', () => {
  const of = (UserDefinedFields: object) => ({ detail: { findings: { UserDefinedFields } } });

  it.each([
    [of({ triageSet: [{ exists: true }] }), true],
    [of({ triageSet: [{ exists: false }] }), false],
    [of({ triageSet: [{ exists: true }, 'x'] }), false],
    [of({ otherSet: [{ exists: true }] }), false],
    [{ detail: { $or: [of({ triageSet: [{ exists: true }] }).detail, { findings: { Id: ['x'] } }] } }, false],
    [null, false],
  ])('%j: %s', (pattern, asks) => {
    expect(asksForMark(pattern, 'triage')).toBe(asks);
  });
});
