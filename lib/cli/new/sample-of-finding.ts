import { isIP } from 'node:net';
import type { Finding } from '../../findings/finding.ts';

/** An account that is nobody's: samples are committed. */
export const SAMPLE_ACCOUNT = '111122223333';

/** Three runs of four equal digits: what documentation writes for an account. */
const INVENTED_ACCOUNT = /^(\d)\1{3}(\d)\2{3}(\d)\3{3}$/;

interface Kind {
  readonly pattern: RegExp;
  readonly isInvented: (text: string) => boolean;
  /** The n-th invented text of the kind, from 0. */
  readonly invent: (n: number) => string;
}

const KINDS: readonly Kind[] = [
  {
    pattern: /(?<![0-9A-Za-z-])\d{12}(?![0-9A-Za-z-])/g,
    isInvented: (text) => INVENTED_ACCOUNT.test(text),
    invent: (n) => [n + 4, n + 5, n + 6].map((digit) => String(digit % 10).repeat(4)).join(''),
  },
  {
    pattern: /(?<![\w.:])\d{1,3}(?:\.\d{1,3}){3}(?![\w.:])/g,
    // Networks that are routed nowhere (RFC 1918, 5737) are nobody's.
    isInvented: (text) =>
      isIP(text) === 0 || /^(?:10|127|192\.168|169\.254|192\.0\.2|198\.51\.100|203\.0\.113)\./.test(text),
    invent: (n) => `198.51.100.${(n % 254) + 1}`,
  },
  {
    pattern: /(?<![\w.:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w.:])/gi,
    isInvented: (text) => isIP(text) === 0 || /^(?:2001:0?db8:|f[cde]|::1?$)/i.test(text),
    invent: (n) => `2001:db8::${(n + 1).toString(16)}`,
  },
  {
    pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
    isInvented: (text) => /[@.]example\.(?:com|net|org)$/i.test(text),
    invent: (n) => `person-${n + 1}@example.com`,
  },
  {
    pattern: /(?<![A-Z0-9])A(?:KIA|SIA|ROA|IDA)[A-Z0-9]{16}(?![A-Z0-9])/g,
    isInvented: (text) => text.includes('EXAMPLE'),
    invent: (n) => `AKIAIOSFODNN${n % 10}EXAMPLE`,
  },
];

/**
 * The finding with invented accounts, addresses and keys in place of its own, the same for the same, so that it can be
 * committed as a sample. What names of people and systems say is left to the author.
 */
export function sampleOfFinding(finding: Finding): Finding {
  const invented = new Map<string, string>();
  const account = finding.AwsAccountId;
  if (typeof account === 'string' && account !== '') invented.set(account, SAMPLE_ACCOUNT);
  const made = KINDS.map(() => 0);
  const inventOne = (kind: Kind, i: number, text: string): string => {
    if (kind.isInvented(text)) return text;
    const known = invented.get(text);
    if (known !== undefined) return known;
    const n = made[i] ?? 0;
    made[i] = n + 1;
    invented.set(text, kind.invent(n));
    return kind.invent(n);
  };
  const inText = (text: string): string =>
    KINDS.reduce(
      (written, kind, i) => written.replace(kind.pattern, (found) => inventOne(kind, i, found)),
      typeof account === 'string' && account !== '' ? text.replaceAll(account, SAMPLE_ACCOUNT) : text,
    );
  return inEach(finding, inText) as Finding;
}

function inEach(value: unknown, inText: (text: string) => string): unknown {
  if (typeof value === 'string') return inText(value);
  if (Array.isArray(value)) return value.map((item) => inEach(item, inText));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [inText(name), inEach(item, inText)]),
  );
}
