import { describe, expect, it } from 'vitest';
import { GUARDDUTY, leaf, lintFor, rule } from './lint-folder.ts';

const writing = (params: unknown) => ({ event: { type: 'update', params } });

describe('TR208 reads-rule-output', () => {
  const writer = rule('writer', [GUARDDUTY], {
    priority: 20,
    ...writing({
      UserDefinedFields: { team: 'red' },
      Types: ['Effects/Data Exposure/Ours'],
      Note: { Text: 'Known scanner' },
    }),
  });

  it.each([
    ['a key', leaf('UserDefinedFields.team', 'equal', 'red')],
    ['a key that is there', leaf('UserDefinedFields.team', 'exists', true)],
    ['a type', leaf('Types', 'contains', 'Effects/Data Exposure/Ours')],
    ['a note', leaf('Note.Text', 'startsWith', 'Known')],
  ])('refuses %s that a rule writes', async (_, condition) => {
    const found = await lintFor('TR208', [writer, rule('reader', [condition])]);

    expect(found).toEqual([
      expect.stringMatching(
        /^\d+:\d+ error: \S+ is asked for what the rule "writer" writes, and no rule sees/,
      ),
    ]);
  });

  it.each([
    ['another key', leaf('UserDefinedFields.other', 'equal', 'red')],
    ['a beginning that providers use too', leaf('Types', 'someFact:startsWith', 'Effects/')],
    ['another note', leaf('Note.Text', 'equal', 'x')],
  ])('accepts %s', async (_, condition) => {
    expect(await lintFor('TR208', [writer, rule('reader', [condition])])).toEqual([]);
  });

  it('accepts what a custom action writes, for that shows', async () => {
    const pressed = rule(
      'pressed',
      [leaf('event.actionName', 'equal', 'x')],
      writing({ UserDefinedFields: { team: 'red' } }),
    );

    expect(
      await lintFor('TR208', [pressed, rule('reader', [leaf('UserDefinedFields.team', 'equal', 'red')])]),
    ).toEqual([]);
  });

  it('points at the place and says what to do', async () => {
    const found = await lintFor('TR208', [
      writer,
      rule('reader', [leaf('UserDefinedFields.team', 'equal', 'red')]),
    ]);

    expect(found).toEqual([
      '8:17 error: UserDefinedFields.team is asked for what the rule "writer" writes, and no rule sees what rules wrote. Ask for what that rule matches on; a shared condition in rules/conditions/ lets both use it.',
    ]);
  });
});
