import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { isOwnAction, isRetriage, keysOf, readInstance } from '../../lib/triage/instance.ts';
import { actionEvent, findingWith, IMPORTED } from '../reference/fixtures.ts';

const read = (fields: unknown, config = DEFAULT_CONFIG) =>
  readInstance(findingWith({ UserDefinedFields: fields }), config);

describe('keysOf', () => {
  it("names the instance's own keys by its prefix", () => {
    expect(keysOf('triage')).toEqual({ rules: 'triageRules', set: 'triageSet', hold: 'triageHold' });
  });
});

describe('readInstance', () => {
  it.each([[undefined], [null], ['text'], [['list']], [{}]])(
    'finds nothing in user-defined fields %j',
    (fields) => {
      expect(read(fields)).toEqual({
        mark: { entries: new Map(), was: new Map() },
        marked: false,
        holds: [],
        foreign: false,
      });
    },
  );

  it('reads our mark', () => {
    const reading = read({ triageSet: '{"v":1,"Workflow":"SUPPRESSED"}' });

    expect(reading).toMatchObject({ marked: true, foreign: false });
    expect(reading.mark.entries).toEqual(new Map([['Workflow', 'SUPPRESSED']]));
  });

  it("counts another instance's mark as foreign, beside ours too", () => {
    expect(read({ stagingSet: '{"v":1}' })).toMatchObject({ marked: false, foreign: true });
    expect(read({ triageSet: '{"v":1}', stagingSet: '{"v":1}' })).toMatchObject({
      marked: true,
      foreign: true,
    });
  });

  it('counts our mark of a version it does not know as foreign', () => {
    expect(read({ triageSet: '{"v":2}' })).toMatchObject({ marked: false, foreign: true });
  });

  it.each([
    ['a field ending in Set that holds no mark', { dataSet: 'blue' }],
    ['a field called Set', { Set: '{"v":1}' }],
    ['a mark under another name', { stagingMark: '{"v":1}' }],
    ['a broken mark of ours', { triageSet: '{"v":1,' }],
  ])('is not misled by %s', (_, fields) => {
    expect(read(fields)).toMatchObject({ marked: false, foreign: false });
  });

  it('takes over the mark of an instance it succeeds, its own first', () => {
    const config = { ...DEFAULT_CONFIG, succeeds: ['older', 'old'] };
    const old = '{"v":1,"Confidence":1}';

    const taken = read({ oldSet: old }, config);
    const own = read({ oldSet: old, triageSet: '{"v":1,"Confidence":2}' }, config);

    expect(taken).toMatchObject({ marked: true, foreign: false });
    expect(taken.mark.entries).toEqual(new Map([['Confidence', 1]]));
    expect(own.mark.entries).toEqual(new Map([['Confidence', 2]]));
  });

  it.each([
    ['on', true],
    ['yes', true],
    ['off', false],
    [' OFF ', false],
    ['', false],
    ['  ', false],
  ])('reads a hold of %j as %s', (triageHold, isOn) => {
    expect(read({ triageHold }).holds).toEqual(isOn ? ['triageHold'] : []);
  });

  it("does not answer to another instance's hold", () => {
    expect(read({ stagingHold: 'on' }).holds).toEqual([]);
  });

  it('respects the holds of an instance it succeeds', () => {
    const config = { ...DEFAULT_CONFIG, succeeds: ['old'] };

    expect(read({ oldHold: 'on', triageHold: 'off' }, config).holds).toEqual(['oldHold']);
  });
});

describe('isOwnAction', () => {
  const config = { ...DEFAULT_CONFIG, customActions: ['dismiss', 'accept'] };

  it.each([
    ['one of our custom actions', actionEvent('accept'), true],
    ['Re-triage, which needs no entry in the configuration', actionEvent('triageRetriage'), true],
    ['an action of someone else', actionEvent('theirs', 'accept'), false],
    [
      'an action without an id',
      { detailType: actionEvent('accept').detailType, actionName: 'accept' },
      false,
    ],
    ['an imported finding, whatever else it says', { ...IMPORTED, actionId: 'accept' }, false],
  ])('of %s', (_, event, own) => {
    expect(isOwnAction(event, config)).toBe(own);
  });
});

describe('isRetriage', () => {
  it.each([
    [actionEvent('triageRetriage'), true],
    [actionEvent('stagingRetriage'), false],
    [{ ...IMPORTED, actionId: 'triageRetriage' }, false],
  ])('of %j is %s', (event, is) => {
    expect(isRetriage(event, DEFAULT_CONFIG)).toBe(is);
  });
});
