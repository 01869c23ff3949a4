import { describe, expect, it } from 'vitest';
import { INPUT_FORMS, identityOf, itemsOf } from '../../lib/findings/input-items.ts';

describe('what a file of findings holds', () => {
  it('is taken apart into findings and events, each with its place', () => {
    const event = { 'detail-type': 'Security Hub Findings - Imported', detail: { findings: [{ Id: 'b' }] } };
    const empty = { 'detail-type': 'Other' };

    const items = itemsOf([{ Findings: [{ Id: 'a' }] }, event, empty, { Id: 'c' }], 'file');

    expect(items).toEqual([
      { place: 'file[0][0]', findings: [{ Id: 'a' }] },
      { place: 'file[1]', findings: [{ Id: 'b' }], event },
      { place: 'file[2]', findings: [], event: empty },
      { place: 'file[3]', findings: [{ Id: 'c' }] },
    ]);
  });

  it.each([
    [null, 'file', 'null'],
    [7, 'file', 'a number'],
    ['text', 'file', 'a string'],
    [[[true]], 'file[0][0]', 'a boolean'],
    [JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`), `file${'[0]'.repeat(9)}`, 'a list in lists'],
    [
      JSON.parse(`${'{"Findings":['.repeat(9_000)}${']}'.repeat(9_000)}`),
      `file${'[0]'.repeat(4)}`,
      'a list in lists',
    ],
  ])('is told where it is no finding (%#)', (value, place, is) => {
    expect(itemsOf(value, 'file')).toEqual([{ place, is }]);
  });

  it.each(['NDJSON', 'array', '{"Findings": […]}', 'EventBridge event'])('may be of the form %s', (form) => {
    expect(INPUT_FORMS).toContain(form);
  });

  it.each([
    [
      { Id: 'a', ProductArn: 'arn', Title: 'x' },
      { Id: 'a', ProductArn: 'arn' },
    ],
    [{ Id: 7, ProductArn: 'arn' }, undefined],
    [{ Id: 'a', ProductArn: 7 }, undefined],
    [{ Id: 'a' }, undefined],
    [null, undefined],
  ])('has an identity where both members are texts (%#)', (finding, expected) => {
    expect(identityOf(finding)).toEqual(expected);
  });
});
