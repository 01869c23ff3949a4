import { describe, expect, it } from 'vitest';
import { readProgress } from '../../lambdas/sweep/progress.ts';
import { type Course, faultsOf } from './faults.ts';
import { existingFindings, overwritten } from './findings.ts';
import type { Stage } from './stage.ts';

const PROGRESS = { ...readProgress({}, 0), read: 100, done: true };

function stage(name: string, changes: Partial<Stage> & { readonly sent?: number } = {}): Stage {
  const { sent = 0, ...rest } = changes;
  return {
    ...{ name, sweep: { ...PROGRESS, sent }, calls: 0, changed: 0, suppressed: 10 },
    ...{ differing: [], overwritten: [], deadLetters: 0, ...rest },
  };
}

const COURSE: Course = {
  observing: stage('observed', { sent: 20 }),
  enforcing: stage('enforced', { sent: 20, calls: 2, changed: 20, suppressed: 30 }),
  again: stage('again', { suppressed: 30 }),
  lapsed: stage('lapsed', { sent: 20, calls: 2, changed: 20 }),
  later: stage('later', { sent: 5, calls: 1, changed: 5 }),
  laterAgain: stage('later again'),
};

describe('the verdict on a course', () => {
  it('finds no fault where every state is as it should be', () => {
    expect(faultsOf(COURSE)).toEqual([]);
  });

  it.each<[sentence: string, changes: Partial<Course>]>([
    [
      'enforced: 2 differ from the reference: a, b',
      { enforcing: { ...COURSE.enforcing, differing: ['a', 'b'] } },
    ],
    ["later: 1 of persons' overwritten: a: Note", { later: { ...COURSE.later, overwritten: ['a: Note'] } }],
    ['again: 3 dead letters', { again: stage('again', { deadLetters: 3 }) }],
    ['observed: 1 calls changed 0 findings', { observing: stage('observed', { sent: 20, calls: 1 }) }],
    ['again: 4 findings sent', { again: stage('again', { sent: 4 }) }],
    ['enforced: nothing changed', { enforcing: { ...COURSE.enforcing, changed: 0 } }],
    ['observed: nothing was found to be done', { observing: stage('observed') }],
    ['lapsed: nothing changed', { lapsed: { ...COURSE.lapsed, changed: 0 } }],
    ['lapsed: nothing came back from suppression', { lapsed: { ...COURSE.lapsed, suppressed: 30 } }],
  ])('says: %s', (sentence, changes) => {
    expect(faultsOf({ ...COURSE, ...changes })).toEqual([sentence]);
  });
});

describe('what persons did', () => {
  const touched = existingFindings(40).filter(({ persons }) => persons !== null);

  it('stands on the findings at first', () => {
    expect(touched.map(({ persons, finding }) => overwritten(persons ?? {}, finding))).toEqual(
      touched.map(() => []),
    );
  });

  it('is missed, field by field and key by key, where something else stands there', () => {
    const other = {
      ...touched[0]?.finding,
      Note: { Text: 'x' },
      UserDefinedFields: {},
      Id: 'x',
      ProductArn: 'y',
    };

    expect(overwritten({ Note: { Text: 'Asked' }, UserDefinedFields: { ticket: 'SEC-1' } }, other)).toEqual([
      'Note',
      'UserDefinedFields.ticket',
    ]);
  });
});
