import fc from 'fast-check';
import { CANARY, CANARY_MEMBERS } from './canary.ts';

/** One value of each JSON type, and the edges of it. */
export const JSON_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, Number.MAX_VALUE, 1e21],
  ...['', CANARY, '\u0000\ufffe\uffff\ud800', 'NEW', '2026-06-01T00:00:00Z', 'CRITICAL'],
  ...[
    [],
    [null],
    [[[]]],
    [CANARY, 1, {}],
    {},
    { Status: 'SUPPRESSED', Label: 'LOW' },
    { toString: 1, length: -1 },
  ],
];

/** A finding with every member that the product or a rule reads. */
export const WHOLE_FINDING: Readonly<Record<string, unknown>> = {
  ...CANARY_MEMBERS,
  SchemaVersion: '2018-10-08',
  Id: 'whole',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  ProductName: 'GuardDuty',
  Region: 'eu-west-1',
  AwsAccountId: '111122223333',
  Title: 'quote whole',
  Types: ['TTPs/Discovery'],
  CreatedAt: '2026-06-01T00:00:00Z',
  UpdatedAt: '2026-06-01T00:00:00Z',
  FirstObservedAt: '2026-06-01T00:00:00Z',
  Severity: { Label: 'HIGH', Normalized: 70, Original: '8' },
  Confidence: 50,
  Criticality: 50,
  RelatedFindings: [{ Id: 'r', ProductArn: 'arn:aws:securityhub:::product/aws/x' }],
  VerificationState: 'UNKNOWN',
  Workflow: { Status: 'NEW' },
  WorkflowState: 'NEW',
  RecordState: 'ACTIVE',
  Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
  Network: { SourceIpV4: '10.0.0.1' },
  FindingProviderFields: {
    Severity: { Label: 'HIGH', Original: '8' },
    Types: ['TTPs/Discovery'],
    Confidence: 50,
    Criticality: 50,
    RelatedFindings: [],
  },
};

/** Every member of the finding, and of the objects in it, replaced by every JSON value: the member's path and a finding each. */
export function wrongTypes(): readonly (readonly [string, unknown])[] {
  return Object.entries(WHOLE_FINDING).flatMap(([name, member]) => [
    ...JSON_VALUES.map((value) => [name, { ...WHOLE_FINDING, [name]: value }] as const),
    ...(isObject(member) ? Object.keys(member) : []).flatMap((inner) =>
      JSON_VALUES.map(
        (value) =>
          [
            `${name}.${inner}`,
            { ...WHOLE_FINDING, [name]: { ...(member as object), [inner]: value } },
          ] as const,
      ),
    ),
  ]);
}

const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'then',
  '',
  '\ud800',
  'triageSet',
  'triageHold',
];
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '{{Title}}',
    '\ufffe\uffff',
    '\u001b]8;;x\u0007',
    '\u202e',
    `${CANARY}\n{"level":"ERROR"}`,
    '{"v":1}',
  ),
);
const { value: hostileValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    hostileText,
    fc.constantFrom(...JSON_VALUES),
    fc.double(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.oneof(hostileText, fc.constantFrom(...KEYS)), tie('value')), { maxLength: 3 })
      .map(objectOf),
  ),
}));

const MEMBERS = Object.keys(WHOLE_FINDING);
const hostileFinding = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...MEMBERS), fc.constantFrom(...KEYS)), hostileValue), {
    maxLength: 4,
  })
  .map((changes) => objectOf([...Object.entries(WHOLE_FINDING), ...changes]));

const event = fc
  .record({
    findings: fc.oneof(
      { weight: 9, arbitrary: fc.array(hostileFinding, { maxLength: 2 }) },
      { weight: 1, arbitrary: hostileValue },
    ),
    changes: fc.array(
      fc.tuple(
        fc.constantFrom(
          'source',
          'detail-type',
          'account',
          'region',
          'resources',
          'time',
          'id',
          'detail',
          '__proto__',
        ),
        hostileValue,
      ),
      { maxLength: 1 },
    ),
  })
  .map(({ findings, changes }) =>
    JSON.stringify(
      objectOf([
        ['version', '0'],
        ['id', 'event'],
        ['detail-type', 'Security Hub Findings - Imported'],
        ['source', 'aws.securityhub'],
        ['account', '111122223333'],
        ['time', '2026-06-15T12:00:00Z'],
        ['region', 'eu-west-1'],
        ['resources', []],
        ['detail', { findings }],
        ...changes,
      ]),
    ),
  );

/** An event whose findings hold anything, or its text with a piece cut out, doubled or replaced. */
export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  { weight: 7, arbitrary: event },
  {
    weight: 2,
    arbitrary: fc.tuple(event, fc.nat(), fc.nat(200), hostileText).map(([text, at, length, put]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + put + text.slice(from + length);
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      hostileText,
      hostileValue.map((value) => JSON.stringify(value) ?? ''),
    ),
  },
);

/** Own members, `__proto__` too, as JSON.parse makes them. */
function objectOf(members: readonly (readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
  const made: Record<string, unknown> = {};
  for (const [name, value] of members)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
