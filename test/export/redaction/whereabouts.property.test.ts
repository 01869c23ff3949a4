import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyedHash } from '../../../lib/export/redaction/keyed-hash.ts';
import { anotherWhereabouts } from '../../../lib/export/redaction/whereabouts.ts';

const hash = createKeyedHash(Buffer.from('a key for tests, thirty-two long'));
const degrees = (most: number) =>
  fc.double({ min: -most, max: most, noNaN: true }).map((value) => Number(value.toFixed(4)));

describe('where an address is', () => {
  it.each([
    ['geoLocation/lat', 90],
    ['Lon', 180],
    ['longitude', 180],
  ])('becomes another place on Earth, the same for the same: %s', (member, most) => {
    fc.assert(
      fc.property(degrees(most), (value) => {
        fc.pre(value !== 0);
        const another = anotherWhereabouts(member, String(value), hash);

        expect(another).toMatch(/^-?\d+(?:\.\d+)?(?:e-\d+)?$/);
        expect(Math.abs(Number(another))).toBeLessThanOrEqual(most);
        expect(Number(another)).not.toBe(value);
        expect(anotherWhereabouts(member, `${value.toFixed(4)}`, hash)).toBe(another);
      }),
    );
  });

  it('stays apart where it was apart', () => {
    const places = Array.from({ length: 20_000 }, (_, i) => String((i + 1) / 1_000));

    expect(new Set(places.map((place) => anotherWhereabouts('lat', place, hash))).size).toBe(places.length);
  });

  it('has networks that belong to nobody', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_294_967_295 }), (asn) => {
        const another = Number(anotherWhereabouts('organization/asn', String(asn), hash));

        expect(another).toBeGreaterThanOrEqual(4_200_000_000);
        expect(another).toBeLessThan(4_294_967_295);
      }),
    );
  });

  it.each([
    ['lat', '0', '0'],
    ['lon', '0.0', '0.0'],
    ['asn', '-1', '-1'],
    ['asn', 'AS64496', null],
    ['lat', 'unknown', null],
    ['count', '17', null],
    ['constructor', '17', null],
    ['', '17', null],
  ])('is nothing else: %j of %j', (member, text, another) => {
    expect(anotherWhereabouts(member, text, hash)).toBe(another);
  });
});
