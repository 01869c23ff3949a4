import type { Finding } from '../../lib/findings/finding.ts';
import { eventOf, findingTitled } from '../under-fire/range.ts';
import { CANARY, CANARY_MEMBERS } from './canary.ts';

/** One message as an attacker might have it delivered, and what must become of it. */
export interface HostileBody {
  readonly name: string;
  readonly body: string;
  /** `malformed` and `invalid` end as dead letters of that cause; `ignored` is acknowledged without a finding. */
  readonly expected: 'malformed' | 'invalid' | 'ignored' | 'updated' | 'unchanged' | 'tooManyFields';
}

const UNICODE = {
  'U+FFFE and U+FFFF': '\ufffe\uffff',
  'lone surrogates': '\ud800 \udc00',
  'control characters': '\u0000\u0001\u0008\u000b\u001f\u007f\u009b',
  'terminal commands': '\u001b[2J\u001b[31mred\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  newlines: '\r\n{"level":"INFO","message":"forged"}\n\u2028\u2029',
  'bidi and zero width': '\u202e\u2066txt.exe\u200b\u200d\ufeff\u{e0041}',
  'template text': '{{Title}} {{Description}} {{__proto__}} {{constructor.constructor}} {{{{Title}}}}',
  astral: '😀'.repeat(300),
};

const FIELDS = [
  'Types',
  'Confidence',
  'Criticality',
  'RelatedFindings',
  'UserDefinedFields',
  'Note',
] as const;

const quoted = (id: string, changes: object = {}): Finding =>
  findingTitled('leave', id, {
    ...CANARY_MEMBERS,
    Note: undefined,
    UserDefinedFields: undefined,
    Title: `quote ${id}`,
    ...changes,
  });

const bodyOf = (finding: unknown, members: object = {}): string =>
  JSON.stringify({ ...eventOf(findingTitled('leave', 'x')), detail: { findings: [finding] }, ...members });

/** The body of a finding with one piece of JSON text put in as a further member, which no object literal could hold. */
const withText = (finding: Finding, members: string): string =>
  bodyOf(finding).replace('"ProductArn":', `${members},"ProductArn":`);

/** Every hostile message, its finding's Id beginning with `prefix`. */
export function hostileBodies(prefix: string): readonly HostileBody[] {
  const id = (name: string) => `${prefix}-${name}`;
  const one = (name: string, expected: HostileBody['expected'], body: string): HostileBody => ({
    name,
    expected,
    body,
  });
  return [
    ...noEvents().map(([name, body]) => one(name, 'malformed', body)),
    ...noFindings(id).map(([name, body]) => one(name, 'invalid', body)),
    one('no findings', 'ignored', JSON.stringify({ ...eventOf(quoted('x')), detail: { findings: [] } })),
    one(
      'an Insight Result',
      'ignored',
      bodyOf(quoted(id('insight')), { 'detail-type': 'Security Hub Insight Results' }),
    ),
    one(
      'an unknown detail-type',
      'ignored',
      bodyOf(quoted(id('type')), { 'detail-type': `${CANARY}\u001b[2J` }),
    ),
    ...Object.entries(UNICODE).map(([name, text]) =>
      one(
        name,
        'updated',
        bodyOf(quoted(id(`unicode ${name}`), { Title: `quote ${text}`, Description: text })),
      ),
    ),
    ...prototypes(id).map(([name, body]) => one(name, 'updated', body)),
    ...shapes(id).map(([name, expected, body]) => one(name, expected, body)),
  ];
}

function noEvents(): readonly (readonly [string, string])[] {
  const event = bodyOf(quoted('inside'));
  return [
    ['no text', ''],
    ['no JSON', `${CANARY} {`],
    ['half an event', event.slice(0, event.length / 2)],
    ['an array', `[${event}]`],
    ['null', 'null'],
    ['a text', JSON.stringify(event)],
    ['a number', '1e400'],
    ['base64', Buffer.from(event).toString('base64')],
    ['a byte order mark', `\ufeff${event}`],
    ['no UTF-8', `{"${CANARY}": "\ufffd\ufffd`],
    ['raw control characters', event.replace('quote', '\u0001\u001b[2J')],
    ['NaN', event.replace('"Normalized":40', '"Normalized":NaN')],
    ['no detail', bodyOf(quoted('x'), { detail: null })],
    ['findings that are no array', bodyOf(quoted('x'), { detail: { findings: { length: 1, 0: {} } } })],
    ['a detail-type that is no text', bodyOf(quoted('x'), { 'detail-type': [CANARY] })],
    [
      'a dead letter of a dead letter',
      JSON.stringify({ triage: { body: JSON.stringify({ triage: { body: CANARY } }) } }),
    ],
    ['100,000 brackets', '['.repeat(100_000)],
    ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000)],
  ];
}

function noFindings(id: (name: string) => string): readonly (readonly [string, string])[] {
  const values: readonly (readonly [string, unknown])[] = [
    ['a finding that is null', null],
    ['a finding that is a text', CANARY],
    ['a finding that is an array', [CANARY]],
    ['an Id that is a number', { ...quoted('x'), Id: 1 }],
    ['an Id that is an object', { ...quoted('x'), Id: { toString: CANARY } }],
    ['an Id of 513 characters', { ...quoted('x'), Id: 'i'.repeat(513) }],
    ['a blank Id', { ...quoted('x'), Id: ' \t ' }],
    ['a ProductArn of 2,049 characters', { ...quoted(id('arn')), ProductArn: 'a'.repeat(2049) }],
    ['a ProductArn that is short', { ...quoted(id('short')), ProductArn: 'arn' }],
    [
      'an identity that is inherited',
      JSON.parse('{"__proto__":{"Id":"i","ProductArn":"arn:aws:securityhub"}}'),
    ],
  ];
  return values.map(([name, finding]) => [name, bodyOf(finding)] as const);
}

function prototypes(id: (name: string) => string): readonly (readonly [string, string])[] {
  const evil = '{"Workflow":{"Status":"SUPPRESSED"},"Severity":{"Label":"LOW"},"RecordState":"ARCHIVED"}';
  const keyed = (name: string) => quoted(id(`key ${name}`));
  return [
    ['__proto__ as a member', withText(keyed('proto'), `"__proto__":${evil}`)],
    ['constructor as a member', withText(keyed('constructor'), `"constructor":{"prototype":${evil}}`)],
    [
      'prototype keys in ProductFields',
      withText(keyed('fields'), `"ProductFields":{"__proto__":"x","constructor":"y","toString":"z"}`),
    ],
    [
      'prototype keys in a resource',
      withText(
        keyed('resource'),
        `"Resources":[{"__proto__":{"Type":"Hostile"},"Id":"i","Tags":{"__proto__":{"env":"prod"}}}]`,
      ),
    ],
    [
      'members named like methods',
      withText(keyed('methods'), `"hasOwnProperty":1,"toJSON":{"a":1},"valueOf":null,"then":{"then":1}`),
    ],
    [
      'a prototype in Workflow',
      withText(keyed('workflow'), `"VerificationState":{"__proto__":"TRUE_POSITIVE"}`),
    ],
    [
      'user-defined keys named like prototypes',
      withText(keyed('udf'), `"UserDefinedFields":{"__proto__":"x","constructor":"y","prototype":"z"}`),
    ],
    [
      'duplicate keys',
      withText(
        keyed('twice'),
        `"Severity":{"Label":"CRITICAL"},"Severity":{"Label":"LOW"},"Title":"lower x"`,
      ),
    ],
  ];
}

function shapes(
  id: (name: string) => string,
): readonly (readonly [string, HostileBody['expected'], string])[] {
  const nested = (levels: number) => `"Process":${'{"Name":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`key${n}`, `value ${n}`]));
  const numbers = '"Confidence":1e309,"Criticality":-1e309,"Count":123456789012345678901234567890';
  return [
    ['a nesting of 10,000 levels', 'updated', withText(quoted(id('nested')), nested(10_000))],
    ['huge numbers', 'updated', withText(quoted(id('numbers')), numbers)],
    [
      'dates out of range',
      'updated',
      bodyOf(
        quoted(id('dates'), {
          CreatedAt: '+275760-09-13T00:00:00.001Z',
          UpdatedAt: '0000-00-00T99:99:99Z',
          FirstObservedAt: 'NaN',
        }),
      ),
    ],
    [
      'times of the envelope out of range',
      'updated',
      bodyOf(quoted(id('time')), {
        time: '9999-99-99',
        id: { a: CANARY },
        version: null,
        account: [],
        region: 7,
        resources: { 0: 'x' },
      }),
    ],
    ['a text of 240 KB', 'updated', bodyOf(quoted(id('large'), { Description: 'a'.repeat(239_000) }))],
    [
      '50,000 list items',
      'updated',
      bodyOf(
        quoted(id('items'), { Resources: Array.from({ length: 5_000 }, () => ({ Type: 'Other', Id: 'i' })) }),
      ),
    ],
    [
      'an expression to backtrack on',
      'updated',
      bodyOf(quoted(id('backtrack'), { Description: `${'a'.repeat(50_000)}c` })),
    ],
    ['60 user-defined fields', 'tooManyFields', bodyOf(quoted(id('many'), { UserDefinedFields: many }))],
    [
      "a person's note in our words",
      'updated',
      bodyOf(quoted(id('note'), { Note: { Text: 'Seen: quote', UpdatedBy: 'securityhub-triage' } })),
    ],
    [
      'a finding that no rule touches',
      'unchanged',
      bodyOf(findingTitled('leave', id('leave'), { ...CANARY_MEMBERS })),
    ],
    ...FIELDS.map(
      (field) =>
        [
          `${field} of a wrong type`,
          'updated',
          withText(quoted(id(`wrong ${field}`)), `"${field}":[null,1,{"a":[]}]`),
        ] as const,
    ),
  ];
}
