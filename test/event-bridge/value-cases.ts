/** A pattern with events of the project's own making that it does and does not match. */
export interface PatternCase {
  readonly feature: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly matching: readonly unknown[];
  readonly other: readonly unknown[];
}

/** What one field's array can ask of a value. */
export const VALUE_CASES: readonly PatternCase[] = [
  {
    feature: 'compares a text exactly',
    pattern: { team: ['Blue'] },
    matching: [{ team: 'Blue' }, { team: ['Red', 'Blue'] }],
    other: [{ team: 'blue' }, { team: 'Blue ' }, { team: ['Red'] }, {}],
  },
  {
    feature: 'compares numbers by value and never with texts',
    pattern: { n: [5] },
    matching: [{ n: 5 }, { n: 5.0 }, { n: 50e-1 }],
    other: [{ n: '5' }, { n: 5.1 }, { n: true }],
  },
  {
    feature: 'takes minus zero for zero',
    pattern: { n: [0] },
    matching: [{ n: -0 }, { n: 0 }],
    other: [{ n: null }, { n: '' }, { n: false }],
  },
  {
    feature: 'tells true, null and their spellings apart',
    pattern: { flag: [true, null] },
    matching: [{ flag: true }, { flag: null }],
    other: [{ flag: 'true' }, { flag: 'null' }, { flag: false }, {}],
  },
  {
    feature: 'joins the values of a field with or',
    pattern: { team: ['red', { prefix: 'bl' }, 7] },
    matching: [{ team: 'red' }, { team: 'black' }, { team: 7 }],
    other: [{ team: 'green' }, { team: 8 }],
  },
  {
    feature: 'joins fields with and',
    pattern: { a: [1], b: { c: [2] } },
    matching: [{ a: 1, b: { c: 2 } }],
    other: [{ a: 1 }, { a: 1, b: { c: 3 } }, { b: { c: 2 } }],
  },
  {
    feature: 'matches the empty text',
    pattern: { a: [''] },
    matching: [{ a: '' }],
    other: [{ a: ' ' }, { a: null }, {}],
  },
  {
    feature: 'prefix',
    pattern: { arn: [{ prefix: 'arn:aws:' }] },
    matching: [{ arn: 'arn:aws:s3' }, { arn: 'arn:aws:' }],
    other: [{ arn: 'ARN:aws:s3' }, { arn: 'x arn:aws:' }, { arn: 5 }, {}],
  },
  {
    feature: 'an empty prefix matches every text',
    pattern: { arn: [{ prefix: '' }] },
    matching: [{ arn: '' }, { arn: 'x' }],
    other: [{ arn: 5 }, { arn: null }, {}],
  },
  {
    feature: 'suffix',
    pattern: { file: [{ suffix: '.png' }] },
    matching: [{ file: 'a.png' }, { file: '.png' }],
    other: [{ file: 'a.png.zip' }, { file: 'a.PNG' }],
  },
  {
    feature: 'prefix ignoring case',
    pattern: { x: [{ prefix: { 'equals-ignore-case': 'eC2.' } }] },
    matching: [{ x: 'EC2.19' }, { x: 'ec2.' }],
    other: [{ x: 'EC219' }, { x: 'aec2.1' }],
  },
  {
    feature: 'suffix ignoring case',
    pattern: { x: [{ suffix: { 'equals-ignore-case': 'Prod' } }] },
    matching: [{ x: 'web-PROD' }, { x: 'prod' }],
    other: [{ x: 'prod-web' }, { x: 'rod' }],
  },
  {
    feature: 'ignores case whole',
    pattern: { x: [{ 'equals-ignore-case': 'High' }] },
    matching: [{ x: 'HIGH' }, { x: 'high' }],
    other: [{ x: 'HIGHER' }, { x: 'hig' }, { x: 1 }],
  },
  {
    feature: 'ignores case from the pattern only',
    pattern: { x: [{ 'equals-ignore-case': 'straße' }] },
    matching: [{ x: 'STRASSE' }, { x: 'straSSE' }, { x: 'Straße' }],
    other: [{ x: 'strasse' }],
  },
  {
    feature: 'ignores case at the end across forms of different length',
    pattern: { x: [{ suffix: { 'equals-ignore-case': 'ß!' } }] },
    matching: [{ x: 'GRUSS!' }, { x: 'gruß!' }],
    other: [{ x: 'gruss!' }],
  },
  {
    feature: 'wildcard',
    pattern: { x: [{ wildcard: 'a*b*c' }] },
    matching: [{ x: 'abc' }, { x: 'a-b-b-c' }, { x: 'abcbc' }],
    other: [{ x: 'acb' }, { x: 'xabc' }, { x: 'abcx' }, { x: 'ab' }],
  },
  {
    feature: 'wildcard neither overlaps its ends',
    pattern: { x: [{ wildcard: 'ab*ba' }] },
    matching: [{ x: 'abba' }, { x: 'ab-ba' }],
    other: [{ x: 'aba' }],
  },
  {
    feature: 'wildcard matches the empty text with a star',
    pattern: { x: [{ wildcard: '*' }] },
    matching: [{ x: '' }, { x: 'any' }],
    other: [{ x: 3 }, { x: null }, {}],
  },
  {
    feature: 'wildcard escapes',
    pattern: { x: [{ wildcard: 'a\\*b\\\\*' }] },
    matching: [{ x: 'a*b\\' }, { x: 'a*b\\rest' }],
    other: [{ x: 'axb\\' }, { x: 'a*b' }],
  },
  {
    feature: 'wildcard without a star is plain',
    pattern: { x: [{ wildcard: 'plain' }] },
    matching: [{ x: 'plain' }],
    other: [{ x: 'plainer' }],
  },
  {
    feature: 'numeric comparison',
    pattern: { n: [{ numeric: ['>=', 1.5] }] },
    matching: [{ n: 1.5 }, { n: 2 }, { n: ['x', 9] }],
    other: [{ n: 1.4 }, { n: '2' }, {}],
  },
  {
    feature: 'numeric equality',
    pattern: { n: [{ numeric: ['=', 300] }] },
    matching: [{ n: 3.0e2 }],
    other: [{ n: 300.1 }, { n: '300' }],
  },
  {
    feature: 'numeric upper bounds',
    pattern: { n: [{ numeric: ['<', 0] }] },
    matching: [{ n: -0.5 }],
    other: [{ n: 0 }, { n: -0 }],
  },
  {
    feature: 'numeric range',
    pattern: { n: [{ numeric: ['>', 0, '<=', 5] }] },
    matching: [{ n: 5 }, { n: 0.1 }],
    other: [{ n: 0 }, { n: 5.01 }],
  },
  {
    feature: 'cidr of IPv4',
    pattern: { ip: [{ cidr: '10.1.2.3/16' }] },
    matching: [{ ip: '10.1.0.0' }, { ip: '10.1.255.255' }],
    other: [{ ip: '10.2.0.0' }, { ip: '10.1.0.256' }, { ip: 'host' }, { ip: '10.1.0.0/24' }],
  },
  {
    feature: 'cidr of IPv6',
    pattern: { ip: [{ cidr: '2001:db8::/33' }] },
    matching: [{ ip: '2001:DB8::1' }, { ip: '2001:db8:0:0:7fff:0:0:0' }],
    other: [{ ip: '2001:db8:8000::' }, { ip: '2001:db9::' }, { ip: '32.1.13.184' }],
  },
  {
    feature: 'cidr of every IPv4 address',
    pattern: { ip: [{ cidr: '0.0.0.0/0' }] },
    matching: [{ ip: '255.255.255.255' }, { ip: '::ffff:102:304' }],
    other: [{ ip: '::1' }, { ip: '' }],
  },
  {
    feature: 'plain texts that are addresses compare as addresses',
    pattern: { ip: ['::1', '10.0.0.1'] },
    matching: [{ ip: '0:0:0:0:0:0:0:1' }, { ip: '10.0.0.01' }],
    other: [{ ip: '::2' }, { ip: '10.0.0.1.' }, { ip: 1 }],
  },
  {
    feature: 'exists',
    pattern: { a: { b: [{ exists: true }] } },
    matching: [{ a: { b: null } }, { a: { b: '' } }, { a: [{ c: 1 }, { b: 0 }] }],
    other: [{ a: { b: [] } }, { a: { b: {} } }, { a: { b: { c: 1 } } }, { a: 1 }],
  },
  {
    feature: 'absence',
    pattern: { a: { b: [{ exists: false }] } },
    matching: [{}, { a: {} }, { a: { b: [] } }, { a: { b: [{}] } }, { a: { b: { c: 1 } } }],
    other: [{ a: { b: null } }, { a: [{ b: 1 }, {}] }],
  },
  {
    feature: 'absence or a value',
    pattern: { a: ['x', { exists: false }] },
    matching: [{ a: 'x' }, {}],
    other: [{ a: 'y' }, { a: null }],
  },
  {
    feature: 'absence looks at the element that an earlier name chose',
    pattern: { list: { b: [1], c: [{ exists: false }] } },
    matching: [{ list: [{ c: 1 }, { b: 1 }] }, { list: { b: 1 } }],
    other: [{ list: [{ b: 1, c: 1 }] }],
  },
  {
    feature: 'absence named before its element is chosen means absent everywhere',
    pattern: { list: { b: [{ exists: false }], c: [1] } },
    matching: [{ list: [{ c: 1 }] }],
    other: [{ list: [{ b: 1 }, { c: 1 }] }],
  },
  {
    feature: 'absence goes by the order of names, not by the order they are written in',
    pattern: { list: { c: [{ exists: false }], b: [1] } },
    matching: [{ list: [{ c: 1 }, { b: 1 }] }],
    other: [{ list: [{ b: 1, c: 1 }] }],
  },
  {
    feature: 'anything-but one text',
    pattern: { x: [{ 'anything-but': 'a' }] },
    matching: [{ x: 'b' }, { x: null }, { x: 1 }, { x: ['a', 'b'] }],
    other: [{ x: 'a' }, { x: [] }, {}, { x: ['a', 'a'] }],
  },
  {
    feature: 'anything-but a number lets its spelling through',
    pattern: { x: [{ 'anything-but': 5 }] },
    matching: [{ x: '5' }, { x: 6 }, { x: true }],
    other: [{ x: 5 }, { x: 5.0 }],
  },
  {
    feature: 'anything-but a list',
    pattern: { x: [{ 'anything-but': ['a', 'b'] }] },
    matching: [{ x: 'c' }, { x: 'A' }],
    other: [{ x: 'a' }, { x: ['a', 'b'] }],
  },
  {
    feature: 'anything-but does not compare addresses',
    pattern: { x: [{ 'anything-but': '::1' }] },
    matching: [{ x: '0:0:0:0:0:0:0:1' }],
    other: [{ x: '::1' }],
  },
  {
    feature: 'anything-but a prefix or a list of them',
    pattern: { x: [{ 'anything-but': { prefix: ['sand', 'dev'] } }] },
    matching: [{ x: 'prod' }, { x: 1 }, { x: null }],
    other: [{ x: 'sandbox' }, { x: 'dev' }],
  },
  {
    feature: 'anything-but a suffix',
    pattern: { x: [{ 'anything-but': { suffix: '.tmp' } }] },
    matching: [{ x: 'a.txt' }],
    other: [{ x: 'a.tmp' }, {}],
  },
  {
    feature: 'anything-but a wildcard',
    pattern: { x: [{ 'anything-but': { wildcard: '*/test/*' } }] },
    matching: [{ x: 'a/prod/b' }, { x: false }],
    other: [{ x: 'a/test/b' }],
  },
  {
    feature: 'anything-but ignoring case',
    pattern: { x: [{ 'anything-but': { 'equals-ignore-case': ['low', 'Medium'] } }] },
    matching: [{ x: 'High' }, { x: 'lower' }],
    other: [{ x: 'LOW' }, { x: 'medium' }],
  },
];
