import { BlockList, isIP } from 'node:net';
import type { Node } from 'jsonc-parser';
import { DIAGNOSTIC_NAMES, type Diagnostic, quote } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import type { LintCheck } from './lint-context.ts';

/** Three runs of four equal digits, and the digits in order: what documentation writes for an account. */
const INVENTED_ACCOUNT =
  /^(?:(\d)\1{3}(\d)\2{3}(\d)\3{3}|123456789012|012345678901|210987654321|000000000000)$/;

const DOCUMENTATION = new BlockList();
// RFC 5737, RFC 3849, and what is routed nowhere: RFC 1918, RFC 6598, loopback, link-local, unique local.
for (const [address, prefix] of [
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['0.0.0.0', 32],
] as const) {
  DOCUMENTATION.addSubnet(address, prefix, 'ipv4');
}
for (const [address, prefix] of [
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['::', 127],
] as const) {
  DOCUMENTATION.addSubnet(address, prefix, 'ipv6');
}

interface Kind {
  readonly what: string;
  readonly pattern: RegExp;
  readonly invented: (text: string) => boolean;
  readonly instead: string;
}

const KINDS: readonly Kind[] = [
  {
    what: 'an account id',
    pattern: /(?<![0-9A-Za-z-])\d{12}(?![0-9A-Za-z-])/g,
    invented: (text) => INVENTED_ACCOUNT.test(text),
    instead: '111122223333 or another of three times four equal digits',
  },
  {
    what: 'an IP address',
    pattern: /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4})(?![\w.:])/gi,
    invented: (text) => isIP(text) === 0 || DOCUMENTATION.check(text, isIP(text) === 4 ? 'ipv4' : 'ipv6'),
    instead: '192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 or 2001:db8::/32',
  },
  {
    what: 'a mail address',
    pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
    invented: (text) => /[@.]example\.(?:com|net|org)$|[@.](?:example|test|invalid)$/i.test(text),
    instead: 'a name at example.com',
  },
  {
    what: 'an access key id',
    pattern: /(?<![A-Z0-9])A(?:KIA|SIA|ROA|IDA)[A-Z0-9]{16}(?![A-Z0-9])/g,
    invented: (text) => text.includes('EXAMPLE'),
    instead: 'AKIAIOSFODNN7EXAMPLE',
  },
];

/** Samples are read by everyone who reads the rules: what is in them belongs to nobody. Told once for each text. */
export const checkRealIdentifiers: LintCheck = ({ samples }) =>
  samples.flatMap(({ source }) => {
    const told = new Set<string>();
    return textsOf(source.tree).flatMap((node) =>
      KINDS.flatMap((kind) =>
        [...String(node.value).matchAll(kind.pattern)].flatMap(([text]) => {
          if (kind.invented(text) || told.has(text)) return [];
          told.add(text);
          return [diagnosticOf(source, node, text, kind)];
        }),
      ),
    );
  });

function diagnosticOf(source: Source, node: Node, text: string, { what, instead }: Kind): Diagnostic {
  const inside = source.text.slice(node.offset, node.offset + node.length).indexOf(text);
  const [offset, length] = inside < 0 ? [node.offset, node.length] : [node.offset + inside, text.length];
  return {
    code: 'TR304',
    name: DIAGNOSTIC_NAMES.TR304,
    severity: 'error',
    message: `${quote(text)} looks like ${what} of somebody.`,
    help: `Samples are invented: write ${instead}.`,
    file: source.file,
    range: source.rangeAt(offset, length),
  };
}

/** Names of members among them: maps have values of the finding as names. */
function textsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.type === 'string' ? [node] : (node.children ?? []).flatMap(textsOf);
}
