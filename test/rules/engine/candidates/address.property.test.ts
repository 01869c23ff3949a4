import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../../lib/rules/engine/authority.ts';
import { beginningsOfNetwork, digitsOfAddress } from '../../../../lib/rules/engine/candidates/address.ts';
import { runs } from '../../../contract/runs.ts';
import { rulesetOf } from '../ruleset-of.ts';

const group = fc.constantFrom('0', '1', 'ffff', 'FFFF', 'fffe', '2001', 'db8', '0a01', '8000', 'a');
const dotted = fc
  .tuple(fc.constantFrom(10, 192, 0, 255), fc.nat(2), fc.constantFrom(0, 1, 127, 128), fc.nat(255))
  .map((bytes) => bytes.join('.'));
const groups = (most: number) => fc.array(group, { maxLength: most }).map((all) => all.join(':'));
const coloned = fc.oneof(
  fc.tuple(groups(4), groups(3)).map(([head, tail]) => `${head}::${tail}`),
  fc.array(group, { minLength: 8, maxLength: 8 }).map((all) => all.join(':')),
  dotted.map((address) => `::ffff:${address}`),
  fc.tuple(groups(3), dotted).map(([head, address]) => `${head}::${address}`),
  dotted.map((address) => `0:0:0:0:0:ffff:${address}`),
);
const zoned = fc
  .tuple(coloned, fc.constantFrom('', '', '%eth0', '%0.5', '%1:2'))
  .map(([address, zone]) => address + zone);
const address = fc.oneof(dotted, zoned, fc.constantFrom('', 'a', '10.1.2', '010.1.2.3', '1::2::3', '::1%'));

const inCidr = createAuthority(rulesetOf([]), () => () => undefined).operatorAt('inCidr', 0);

describe('the digits of an address', () => {
  it('begin as its network does wherever inCidr says that it is in it, and nowhere else', () => {
    const seen = { in: 0, out: 0 };

    fc.assert(
      fc.property(
        fc.array(address, { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        fc.constantFrom(0, 1, 8, 16, 17, 31, 32, 33, 64, 80, 95, 96, 97, 104, 127, 128, 129),
        (addresses, which, length) => {
          // Networks around one of the addresses: two that are drawn apart rarely meet.
          const cidr = `${addresses[which % addresses.length]}/${length}`;
          const beginnings = beginningsOfNetwork(cidr);
          for (const one of addresses) {
            const digits = digitsOfAddress(one);
            const begins = digits !== null && beginnings.some((beginning) => digits.startsWith(beginning));

            const expected = inCidr?.evaluate(one, cidr);

            expect([one, cidr, begins]).toEqual([one, cidr, expected]);
            expect(digits === null).toBe(isIP(one) === 0);
            seen[begins ? 'in' : 'out'] += 1;
          }
        },
      ),
      runs(20_000),
    );

    const all = seen.in + seen.out;
    expect(seen.in / all).toBeGreaterThan(0.1);
    expect(seen.out / all).toBeGreaterThan(0.1);
  }, 600_000);

  it.each(['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '::/129', '10/8', 'a/8', '10.0.0.0/x', '10.0.0.0/1234'])(
    '%s is no network',
    (text) => {
      expect(beginningsOfNetwork(text)).toEqual([]);
    },
  );
});
