import type { KeyedHash } from './keyed-hash.ts';

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** Of a degree: far less than a metre, so that two places hardly become one. */
const DECIMALS = 9;
/** 4200000000 to 4294967294 belong to nobody: https://www.rfc-editor.org/rfc/rfc6996#section-5 */
const PRIVATE_ASN = { first: 4_200_000_000, count: 94_967_295 };

type Whereabouts = 'latitude' | 'longitude' | 'asn';

const KINDS: Readonly<Record<string, Whereabouts>> = {
  ...{ lat: 'latitude', latitude: 'latitude', lon: 'longitude', longitude: 'longitude', asn: 'asn' },
  'autonomoussystem/number': 'asn',
};

/**
 * Another number for one that tells where an address is or whose network it belongs to: coordinates lead to an office or
 * a home, and the number of an autonomous system to the company. Equal ones become equal ones. Null for anything else;
 * 0 and what is below it as an `asn` name no place, and stay. `path` joins the names of members with `/`.
 */
export function anotherWhereabouts(path: string, text: string, hash: KeyedHash): string | null {
  const [name = '', parent] = path.toLowerCase().split(/[/:]/).reverse();
  const kind = [name, `${parent}/${name}`].flatMap((key) => (Object.hasOwn(KINDS, key) ? KINDS[key] : []))[0];
  if (kind === undefined || !NUMBER.test(text)) return null;
  const value = Number(text);
  const drawn = hash(kind, String(value)).readUIntBE(0, 6);
  if (kind === 'asn') return value <= 0 ? text : String(PRIVATE_ASN.first + (drawn % PRIVATE_ASN.count));
  if (value === 0) return text;
  const most = kind === 'latitude' ? 90 : 180;
  return String(Number(((drawn / 2 ** 48) * 2 * most - most).toFixed(DECIMALS)));
}
