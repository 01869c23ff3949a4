import { describe, expect, it } from 'vitest';
import { loadRule, ruleOn, saidOf } from '../rules-folder.ts';

type Row = readonly [fact: string, operator: string, value: unknown];
const ruleOf = ([fact, operator, value]: Row) => ruleOn({ fact, operator, value });
const nested = (depth: number): unknown =>
  depth === 0
    ? { all: [{ fact: 'Name', operator: 'exists', value: true }] }
    : { all: [{ fact: 'VolumeMounts', operator: 'anyElement', value: nested(depth - 1) }] };

describe('values that operators are given', () => {
  it.each<Row>([
    ['AwsAccountId', 'in', ['111122223333']],
    ['AwsAccountId', 'in', { fact: 'lists.ciAccounts' }],
    ['Title', 'someValue:startsWith', ['a', 'b']],
    ['ProductName', 'someValue:startsWith', { fact: 'lists.ciAccounts' }],
    ['ProductName', 'equal', { fact: 'CompanyName' }],
    ['Sample', 'equal', true],
    ['Network.SourceIpV4', 'inCidr', '192.0.2.0/24'],
    ['Network.SourceIpV4', 'inCidr', ['2001:db8::/32', '198.51.100.0/24']],
    ['Network.SourceIpV4', 'inCidr', { fact: 'lists.networks' }],
    ['CreatedAt', 'before', '2026-01-31'],
    ['CreatedAt', 'after', '2026-01-31T12:00:00.123+02:00'],
    ['CreatedAt', 'after', { fact: 'FirstObservedAt' }],
    ['UpdatedAt', 'newerThanDays', 0.5],
    ['ageDays', 'greaterThan', 30],
    ['Title', 'exists', false],
    ['Title', 'swap:startsWith', 'a long text'],
  ])('accepts %s %s %j', (...row) => {
    expect(saidOf(loadRule(ruleOf(row)))).toEqual([]);
  });

  it.each<readonly [...Row, RegExp]>([
    ['AwsAccountId', 'in', '111122223333', /needs an array, .* looks for a part of it/],
    ['AwsAccountId', 'notIn', 111122223333, /the engine fails on it/],
    ['AwsAccountId', 'in', [], /The array is empty/],
    [
      'AwsAccountId',
      'in',
      [111122223333],
      /never equals AwsAccountId, which is a string. Give a text in quotes/,
    ],
    ['AwsAccountId', 'in', { fact: 'Title' }, /would fail where that is missing/],
    ['AwsAccountId', 'swap:in', ['x'], /would fail where that is missing/],
    ['AwsAccountId', 'equal', { fact: 'lists.ciAccounts' }, /a single value is needed/],
    ['Confidence', 'equal', '50', /"50" never equals Confidence/],
    ['Title', 'equal', null, /Use "exists" with false/],
    ['Title', 'equal', ['a'], /a single value is needed. Put "someValue:"/],
    ['Title', 'equal', [['a']], /a single value is needed/],
    ['Title', 'in', [['a']], /\["a"\] is no single value/],
    ['Title', 'equal', { fact: 'Confidence' }, /never equals/],
    ['Title', 'equal', { fact: 'Title', path: '$.x' }, /is \{ "fact": "…" \} alone/],
    ['Title', 'equal', { fact: 'Title', params: {} }, /alone/],
    ['Title', 'equal', { a: 1 }, /is no value to compare with/],
    ['Title', 'startsWith', '', /not empty/],
    ['Title', 'startsWith', 5, /"startsWith" needs a text/],
    ['Title', 'someValue:startsWith', 'abc', /"someValue:" needs/],
    ['Title', 'someValue:startsWith', { fact: 'Types' }, /"someValue:" needs/],
    ['Title', 'swap:someValue:equal', ['a'], /"someValue:" needs/],
    ['Title', 'matches', { fact: 'Description' }, /must not bring its own expression/],
    ['Confidence', 'lessThan', '50', /needs a number/],
    ['CreatedAt', 'olderThanDays', -1, /0 or more/],
    ['CreatedAt', 'olderThanDays', '30', /0 or more/],
    ['CreatedAt', 'before', 'yesterday', /needs a day/],
    ['CreatedAt', 'before', '2026-02-30', /needs a day/],
    ['CreatedAt', 'before', '2026-01-01T12:00:00', /with its zone/],
    ['CreatedAt', 'before', 1767225600, /needs a day/],
    ['Title', 'exists', 'yes', /needs true or false/],
    ['Network.SourceIpV4', 'inCidr', '192.0.2.0', /is no network/],
    ['Network.SourceIpV4', 'inCidr', ['192.0.2.0/24', '192.0.2.0/33'], /"192.0.2.0\/33" is no network/],
    ['Network.SourceIpV4', 'inCidr', 'fe80::1%eth0/64', /is no network/],
    ['Network.SourceIpV4', 'inCidr', [], /is no network/],
    ['Network.SourceIpV4', 'inCidr', { fact: 'lists.ciAccounts' }, /"111122223333" is no network/],
    ['Network.SourceIpV4', 'inCidr', { fact: 'Title' }, /name networks here/],
  ])('refuses %s %s %j', (fact, operator, value, message) => {
    const said = saidOf(loadRule(ruleOf([fact, operator, value])));

    expect(said).toEqual([expect.stringMatching(message)]);
    expect(said[0]).toMatch(/^TR103 /);
  });

  it('lets a block on elements compare with lists alone', () => {
    const block = (fact: string) => ({ all: [{ fact: 'Id', operator: 'in', value: { fact } }] });

    expect(saidOf(loadRule(ruleOf(['Resources', 'anyElement', block('lists.ciAccounts')])))).toEqual([]);
    expect(saidOf(loadRule(ruleOf(['Resources', 'anyElement', block('AwsAccountId')])))).toEqual([
      expect.stringMatching(/TR103 "AwsAccountId" cannot be compared with inside an element/),
    ]);
  });

  it('refuses to swap or repeat a block of conditions', () => {
    expect(saidOf(loadRule(ruleOf(['Resources', 'swap:anyElement', nested(0)])))).toContainEqual(
      expect.stringMatching(/TR103 A block of conditions cannot be swapped/),
    );
  });

  it('refuses blocks on elements nested deeper than three', () => {
    const said = (depth: number) =>
      saidOf(loadRule(ruleOf(['Resources', 'anyElement', nested(depth)]))).filter((text) =>
        text.startsWith('TR103'),
      );

    expect(said(2)).toEqual([]);
    expect(said(3)).toEqual([expect.stringMatching(/nest more than 3 deep/)]);
  });
});
