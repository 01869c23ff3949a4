import { describe, expect, it } from 'vitest';
import { beginningsOfNetwork, digitsOfAddress } from '../../../../lib/rules/engine/candidates/address.ts';

const bits = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
const groups = (...all: readonly number[]) => bits(all.flatMap((each) => [each >> 8, each & 255]));

describe('the digits of an address', () => {
  it.each([
    ['10.0.255.7', `4${bits([10, 0, 255, 7])}`],
    ['192.168.100.99', `4${bits([192, 168, 100, 99])}`],
    ['2001:db8:0:1:2:3:4:ffff', groups(0x2001, 0xdb8, 0, 1, 2, 3, 4, 0xffff)],
    ['2001:db8::1', groups(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)],
    ['::', groups(0, 0, 0, 0, 0, 0, 0, 0)],
    ['1::', groups(1, 0, 0, 0, 0, 0, 0, 0)],
    ['fe80::1%eth0', groups(0xfe80, 0, 0, 0, 0, 0, 0, 1)],
    ['fe80::1%0.5', groups(0xfe80, 0, 0, 0, 0, 0, 0, 1)],
    ['64:ff9b::10.0.255.7', groups(0x64, 0xff9b, 0, 0, 0, 0, 0x0a00, 0xff07)],
    // IPv6 addresses that hold IPv4 ones are those.
    ['::ffff:10.0.255.7', `4${bits([10, 0, 255, 7])}`],
    ['::FFFF:0A00:FF07', `4${bits([10, 0, 255, 7])}`],
    ['::fffe:10.0.255.7', groups(0, 0, 0, 0, 0, 0xfffe, 0x0a00, 0xff07)],
    ['10.0.255', null],
    ['010.0.255.7', null],
    ['::1%', null],
    ['host', null],
    ['', null],
  ])('of %j are %j', (text, digits) => {
    expect(digitsOfAddress(text)).toBe(digits);
  });
});

describe('the beginnings of a network', () => {
  it.each([
    ['10.0.0.0/8', ['400001010']],
    ['10.0.0.0/0', ['4']],
    ['10.0.255.7/32', [`4${bits([10, 0, 255, 7])}`]],
    ['10.0.0.0/33', []],
    ['2001:db8::/32', [groups(0x2001, 0xdb8)]],
    ['2001:db8::/33', [`${groups(0x2001, 0xdb8)}0`]],
    ['2001:db8::1/128', [groups(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)]],
    ['::/129', []],
    // IPv4 addresses are some of many, all there is, or none.
    ['::/0', ['', '4']],
    ['::/16', [groups(0), '4']],
    ['::/80', [groups(0, 0, 0, 0, 0), '4']],
    ['::ffff:0:0/95', [`${groups(0, 0, 0, 0, 0)}${'1'.repeat(15)}`, '4']],
    ['::ffff:0:0/96', ['4']],
    ['::ffff:10.0.0.0/104', ['400001010']],
    ['::/96', [groups(0, 0, 0, 0, 0, 0)]],
    ['::/81', [`${groups(0, 0, 0, 0, 0)}0`]],
    ['10.0.0.0', []],
    ['10.0.0.0/', []],
    ['10.0.0.0/x8', []],
    ['10.0.0.0/8x', []],
    ['10.0.0.0/0008', []],
    ['host/8', []],
    ['/8', []],
    ['', []],
  ])('%s are %j', (cidr, beginnings) => {
    expect(beginningsOfNetwork(cidr)).toEqual(beginnings);
  });
});
