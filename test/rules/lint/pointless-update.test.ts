import { describe, expect, it } from 'vitest';
import { leaf, lintFor, rule } from './lint-folder.ts';

const writing = (params: unknown) => ({ event: { type: 'update', params } });

describe('TR207 pointless-update', () => {
  it.each([
    ['a status', [leaf('Workflow.Status', 'equal', 'NOTIFIED')], { Workflow: { Status: 'NOTIFIED' } }],
    ['a severity by its number', [leaf('Severity.Normalized', 'equal', 1)], { Severity: { Label: 'LOW' } }],
    ['a key', [leaf('UserDefinedFields.team', 'equal', 'red')], { UserDefinedFields: { team: 'red' } }],
    ['a type', [leaf('Types', 'contains', 'Effects/x')], { Types: ['Effects/x'] }],
    ['a number', [leaf('Confidence', 'in', [5])], { Confidence: 5 }],
  ])('warns of %s that the conditions demand already', async (_, conditions, params) => {
    const found = await lintFor('TR207', [rule('example', conditions, writing(params))]);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\d+:\d+ warning: Wherever this rule matches, \S+ (is|holds) .* already\./);
  });

  it.each([
    ['another value', [leaf('Workflow.Status', 'equal', 'NEW')], { Workflow: { Status: 'NOTIFIED' } }],
    ['one of several', [leaf('Severity.Label', 'in', ['LOW', 'HIGH'])], { Severity: { Label: 'LOW' } }],
    ['a text that differs', [leaf('Note.Text', 'equal', 'x')], { Note: { Text: '{{Region}}' } }],
  ])('accepts %s', async (_, conditions, params) => {
    expect(await lintFor('TR207', [rule('example', conditions, writing(params))])).toEqual([]);
  });

  it('points at the place and says what to do', async () => {
    const found = await lintFor('TR207', [
      rule('example', [leaf('Confidence', 'in', [5])], writing({ Confidence: 5 })),
    ]);

    expect(found).toEqual([
      '19:21 warning: Wherever this rule matches, Confidence is 5 already. Leave it out, or match other findings.',
    ]);
  });
});
