import { isIP } from 'node:net';
import { anotherArn } from './arn.ts';
import type { Pseudonym } from './pseudonym.ts';

/** Where everybody may look things up: these links stay. */
const PUBLIC_PAGE =
  /^https?:\/\/(?:docs\.aws\.amazon\.com|aws\.amazon\.com|nvd\.nist\.gov|cve\.mitre\.org|www\.cve\.org)(?:\/[\w./-]*)?$/;
const PUBLIC_HOST = /^(?:(?:docs|console)?\.?aws\.amazon\.com|[a-z0-9-]+\.amazonaws\.com)$/i;

const TOP_LEVEL =
  'com|net|org|edu|gov|mil|int|info|biz|io|dev|app|cloud|internal|local|lan|corp|home|intra|test|example|invalid|online|site|xyz|tech|shop|store|localdomain';
/** Country codes that are file extensions too: two labels are a file (`index.js`), three a host (`mail.acme.pl`). */
const EXTENSIONS = new Set('js ts py rb rs sh so go md pl cc ps gz db mk cs vb am in ml mm'.split(' '));

/**
 * What names somebody or something of theirs by its looks alone, wherever it stands. Each begins where its run of
 * characters begins and can be read in one way, so that no text, however made, takes long.
 */
const LOOKS: readonly RegExp[] = [
  /(?<url>https?:\/\/[^\s"'<>`\\]+)/,
  /(?<arn>arn:[a-z-]*::?[a-z0-9-]*:[^\s"'<>`,;()[\]{}\\]+)/,
  /(?<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*)/,
  /(?<key>(?<![A-Z0-9])A(?:KIA|SIA|ROA|IDA|GPA|NPA|NVA|PKA|IPA|SCA|CCA|BIA)[A-Z0-9]{16}(?![A-Z0-9]))/,
  /(?<uuid>(?<![0-9a-zA-Z])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-zA-Z]))/,
  /(?<id>(?<![A-Za-z0-9])(?:[a-z]{1,12}-){1,2}(?:[0-9a-f]{17}|[0-9a-f]{8})(?![0-9a-zA-Z]))/,
  new RegExp(`(?<host>(?<![\\w@.-])\\.*(?:[\\w-]+\\.)+(?:${TOP_LEVEL}|[a-zA-Z]{2})(?![\\w-]))`),
  /(?<dashed>(?<![A-Za-z0-9])ip(?:-\d{1,3}){4}(?!\d))/,
  /(?<mac>(?<![0-9a-fA-F:])(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}(?![0-9a-fA-F:]))/,
  /(?<v4>(?<!\d)(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d))/,
  /(?<account>(?<!\d)\d{12}(?!\d)|(?<![\d-])\d{4}-\d{4}-\d{4}(?![\d-]))/,
  /(?<hex>(?<![0-9a-zA-Z])[0-9a-fA-F]{16,}(?![0-9a-zA-Z]))/,
];
/** Names of types, times of day and IPv6 addresses look alike until they are read whole. */
const COLONS = /(?<colons>(?<![0-9a-zA-Z.:])[0-9a-zA-Z.]*(?::[0-9a-zA-Z.]*){2,})/;
const GROUPS_OF_IPV6 = 9;

/** Replaces in a text what tells by its looks. */
export type Scrub = (text: string) => string;

/**
 * `names` are texts that tell although they do not look it, with what to write for them; they are found as whole words.
 */
export function createScrub(pseudonym: Pseudonym, names: ReadonlyMap<string, string> = new Map()): Scrub {
  const [inside, whole] = [anyOf(names), anyOf(names, COLONS)];
  const replace = (
    found: string,
    { url, arn, host, name, v4 }: Record<string, string | undefined>,
  ): string => {
    if (name !== undefined) return names.get(name) ?? pseudonym(name);
    if (url !== undefined) return anotherUrl(url, pseudonym);
    if (host !== undefined) return anotherHost(host, pseudonym);
    if (v4 !== undefined && isIP(v4) === 0) return v4;
    return (arn === undefined ? null : anotherArn(arn, pseudonym)) ?? pseudonym(found);
  };
  const scrub = (text: string, looks: RegExp): string =>
    text.replace(looks, (...found) => {
      const kinds: Record<string, string | undefined> = found.at(-1);
      return kinds.colons === undefined ? replace(found[0], kinds) : between(kinds.colons);
    });
  const between = (text: string): string => {
    const parts: string[] = [];
    let from = 0;
    for (const { at, address } of ipv6In(text)) {
      parts.push(scrub(text.slice(from, at), inside), pseudonym(address));
      from = at + address.length;
    }
    return [...parts, scrub(text.slice(from), inside)].join('');
  };
  return (text) => scrub(text, whole);
}

/** Names the longest first, as some begin like others; of less than three characters they would be found everywhere. */
function anyOf(names: ReadonlyMap<string, string>, colons?: RegExp): RegExp {
  const texts = [...names.keys()].filter((name) => name.length >= 3).sort((a, b) => b.length - a.length);
  const escaped = texts.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|');
  const named = new RegExp(`(?<name>(?<![A-Za-z0-9])(?:${escaped})(?![A-Za-z0-9]))`);
  const [arnAndUrl, others] = [LOOKS.slice(0, 2), LOOKS.slice(2)];
  const looks = [...arnAndUrl, ...(escaped === '' ? [] : [named]), ...others, ...(colons ? [colons] : [])];
  return new RegExp(looks.map(({ source }) => source).join('|'), 'g');
}

/** The IPv6 addresses among words that colons join; `::` alone is none. */
function ipv6In(text: string): readonly { readonly at: number; readonly address: string }[] {
  const groups = text.split(':');
  const found: { at: number; address: string }[] = [];
  for (let first = 0, at = 0; first < groups.length; ) {
    const address = ipv6At(groups, first);
    if (address !== null) found.push({ at, address });
    const taken = address === null ? 1 : address.split(':').length;
    at += groups.slice(first, first + taken).join(':').length + 1;
    first += taken;
  }
  return found;
}

/** The longest address that begins with this group. */
function ipv6At(groups: readonly string[], first: number): string | null {
  for (let count = GROUPS_OF_IPV6; count >= 3; count -= 1) {
    const candidate = groups
      .slice(first, first + count)
      .join(':')
      .replace(/\.{1,3}$/, '');
    if (candidate.length > 2 && isIP(candidate) === 6) return candidate;
  }
  return null;
}

/** The whole of a link: paths and queries hold names and ids of every kind. */
export function anotherUrl(url: string, pseudonym: Pseudonym): string {
  if (PUBLIC_PAGE.test(url) && !/\d{9}/.test(url)) return url;
  return `https://example.com/${pseudonym(`url ${url}`)}`;
}

function anotherHost(match: string, pseudonym: Pseudonym): string {
  const host = match.replace(/^\.+/, '');
  const labels = host.split('.');
  const isFile = labels.length === 2 && EXTENSIONS.has((labels[1] ?? '').toLowerCase());
  return isFile || PUBLIC_HOST.test(host) ? match : match.replace(host, () => pseudonym(host));
}
