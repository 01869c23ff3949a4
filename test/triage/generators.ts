import fc from 'fast-check';
import type { Finding } from '../../lib/findings/finding.ts';
import type { TriageEvent } from '../../lib/findings/triage-event.ts';
import { readsOf } from '../../lib/rules/engine/reads.ts';
import type { Condition, Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../lib/rules/ruleset.ts';

/** The instant at which generated decisions are made. */
export const NOW = Date.parse('2026-06-15T12:00:00Z');

const LABELS = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
const STATUSES = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'] as const;
const STATES = ['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE'] as const;
const TYPES = ['TTPs/Discovery', 'Effects/Data Exposure', 'Unusual Behaviors/User'] as const;
const KEYS = ['owner', 'ticket', 'team'] as const;
const WORDS = ['alpha', 'beta', 'gamma'] as const;
const RELATED = ['r-1', 'r-2', 'r-3'].map((Id) => ({
  Id,
  ProductArn: 'arn:aws:securityhub:::product/aws/x',
}));

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const someOf = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const clean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

const severity = fc.oneof(
  { weight: 6, arbitrary: fc.record({ Label: fc.constantFrom(...LABELS, 'CRITICAL') }) },
  { weight: 1, arbitrary: fc.record({ Normalized: fc.constantFrom(0, 1, 40, 70, 90, 55) }) },
  { weight: 1, arbitrary: fc.record({ Label: fc.constant('Important') }) },
);
const userDefinedFields = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...WORDS), { maxKeys: 2 });

const providerFields = fc
  .record({
    Severity: optional(severity),
    Types: optional(someOf(TYPES)),
    Confidence: optional(fc.constantFrom(10, 50, 90, 55.5, -3)),
    Criticality: optional(fc.constantFrom(10, 50, 90)),
    RelatedFindings: optional(someOf(RELATED)),
  })
  .map(clean);

/** What a person, another tool or the service may set on top. */
export const touch: fc.Arbitrary<Partial<Finding>> = fc
  .record({
    Workflow: optional(fc.constantFrom(...STATUSES, 'ASSIGNED').map((Status) => ({ Status }))),
    Severity: optional(severity),
    VerificationState: optional(fc.constantFrom(...STATES)),
    Confidence: optional(fc.constantFrom(10, 50, 90)),
    Criticality: optional(fc.constantFrom(10, 50, 90)),
    Types: optional(someOf(TYPES)),
    RelatedFindings: optional(someOf(RELATED)),
    Note: optional(fc.constantFrom(...WORDS).map((Text) => ({ Text, UpdatedBy: 'analyst' }))),
    UserDefinedFields: optional(userDefinedFields),
  })
  .map((fields) => clean(fields) as Partial<Finding>);

/** A finding as its provider makes it: the top level follows FindingProviderFields, where there are any. */
export const untouchedFinding: fc.Arbitrary<Finding> = fc
  .record({
    provider: providerFields,
    hasProviderFields: fc.boolean(),
    ProductName: fc.constantFrom('GuardDuty', 'Inspector', 'Security Hub'),
    AwsAccountId: fc.constantFrom('111122223333', '444455556666'),
    status: fc.constantFrom('PASSED', 'FAILED', undefined),
    RecordState: fc.constantFrom('ACTIVE', 'ACTIVE', 'ARCHIVED'),
    CreatedAt: fc.constantFrom('2026-06-14T00:00:00Z', '2025-01-01T00:00:00Z'),
    tags: fc.dictionary(fc.constantFrom('env', 'team'), fc.constantFrom('prod', 'dev'), { maxKeys: 2 }),
  })
  .map(({ provider, hasProviderFields, status, tags, ...rest }) => ({
    Id: 'finding-1',
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
    ...rest,
    ...provider,
    Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1', Tags: tags }],
    ...(status && { Compliance: { Status: status } }),
    ...(hasProviderFields && { FindingProviderFields: provider }),
  }));

/** Marks as someone who is not the product might write them. */
export const forgedMarks: fc.Arbitrary<Record<string, string>> = fc
  .record({
    Workflow: optional(fc.constantFrom(...STATUSES)),
    Severity: optional(fc.constantFrom(...LABELS)),
    VerificationState: optional(fc.constantFrom(...STATES)),
    Confidence: optional(fc.constantFrom(10, 50, 90)),
    Note: optional(fc.constantFrom('8ed3f6ad', 'f44e64e7')),
    was: optional(
      fc
        .record({
          Workflow: optional(fc.constantFrom(...STATUSES)),
          Severity: optional(fc.constantFrom(...LABELS)),
          Types: optional(fc.constantFrom(0, 1, 2, 99)),
          Confidence: optional(fc.constantFrom(10, 1e9, -1)),
        })
        .map(clean),
    ),
  })
  .map((entries) => ({ triageSet: JSON.stringify({ v: 1, ...clean(entries) }), triageRules: '|forged|' }));

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom(...LABELS).map((value) => ({ fact: 'Severity.Label', operator: 'equal', value })),
  fc.constantFrom(...STATUSES).map((value) => ({ fact: 'Workflow.Status', operator: 'notEqual', value })),
  fc.constantFrom(...STATES).map((value) => ({ fact: 'VerificationState', operator: 'equal', value })),
  fc
    .constantFrom('GuardDuty', 'Inspector')
    .map((value) => ({ fact: 'ProductName', operator: 'equal', value })),
  fc.constantFrom(20, 60).map((value) => ({ fact: 'Confidence', operator: 'greaterThan', value })),
  fc.constantFrom(...TYPES).map((value) => ({ fact: 'Types', operator: 'contains', value })),
  fc
    .constantFrom('TTPs', 'Effects')
    .map((value) => ({ fact: 'Types', operator: 'someFact:startsWith', value })),
  fc.constantFrom(...WORDS).map((value) => ({ fact: 'Note.Text', operator: 'equal', value })),
  fc.boolean().map((value) => ({ fact: 'UserDefinedFields.owner', operator: 'exists', value })),
  fc
    .constantFrom('PASSED', 'FAILED')
    .map((value) => ({ fact: 'Compliance.Status', operator: 'notEqual', value })),
  fc.constantFrom(5, 60).map((value) => ({ fact: 'CreatedAt', operator: 'olderThanDays', value })),
  fc.constant({ fact: 'AwsAccountId', operator: 'in', value: { fact: 'lists.accounts' } }),
  fc.constant({ fact: 'account.env', operator: 'equal', value: 'prod' }),
  fc.constantFrom('prod', 'dev').map((value) => ({
    fact: 'Resources',
    operator: 'anyElement',
    value: { all: [{ fact: 'Tags.env', operator: 'equal', value }] },
  })),
);

const block: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: fc.array(leaf, { minLength: 1, maxLength: 2 }).map((any) => ({ any })) },
  { weight: 3, arbitrary: fc.array(leaf, { minLength: 1, maxLength: 2 }).map((all) => ({ all })) },
  { weight: 1, arbitrary: leaf.map((not) => ({ not })) },
  { weight: 1, arbitrary: fc.constant({ condition: 'shared' }) },
);

const template: fc.Arbitrary<UpdateTemplate> = fc
  .record({
    Workflow: optional(fc.constantFrom(...STATUSES, 'SUPPRESSED' as const).map((Status) => ({ Status }))),
    Severity: optional(fc.constantFrom(...LABELS, 'CRITICAL' as const).map((Label) => ({ Label }))),
    VerificationState: optional(fc.constantFrom(...STATES)),
    Confidence: optional(fc.constantFrom(10, 50, 77)),
    Criticality: optional(fc.constantFrom(10, 50, 77)),
    Types: optional(someOf([...TYPES, 'Effects/Ours'])),
    RelatedFindings: optional(someOf(RELATED)),
    Note: optional(
      fc
        .constantFrom('alpha', 'ours', '{{ProductName}} {{Severity.Label}}', '{{Missing}}')
        .map((Text) => ({ Text })),
    ),
    UserDefinedFields: optional(
      fc.dictionary(
        fc.constantFrom('owner', 'ours'),
        fc.constantFrom('alpha', '{{Resources[0].Tags.team}}'),
        {
          minKeys: 1,
          maxKeys: 2,
        },
      ),
    ),
  })
  .map((params) => clean(params) as UpdateTemplate)
  .filter((params) => Object.keys(params).length > 0);

/** What the role may write only where a rule does, or where it is listed. */
export const WITHDRAWABLE = ['Severity', 'Confidence', 'Criticality', 'Types', 'RelatedFindings'] as const;
const OVERWRITABLE = ['Workflow', 'Severity', 'Confidence', 'Types', 'Note', 'UserDefinedFields'] as const;

const ruleBody = fc.record({
  mode: fc.constantFrom('enforce', 'enforce', 'enforce', 'observe' as const),
  priority: fc.constantFrom(1, 5, 9),
  conditions: block,
  params: template,
  overwrite: fc.option(fc.subarray([...OVERWRITABLE]), { nil: [], freq: 2 }),
  adopt: fc.constantFrom(false, false, true),
  stop: fc.constantFrom(false, false, false, true),
  allowCritical: fc.boolean(),
  expires: fc.constantFrom('2027-01-31', '2027-01-31', 'never', '2026-06-14'),
  onAction: fc.constantFrom(false, false, false, true),
});

function ruleOf(body: typeof ruleBody extends fc.Arbitrary<infer T> ? T : never, index: number): Rule {
  const { params, onAction, overwrite, ...rest } = body;
  const onButton: Condition = {
    all: [
      { fact: 'event.actionName', operator: 'equal', value: 'Press' },
      { fact: 'ProductName', operator: 'exists', value: true },
    ],
  };
  return {
    ...rest,
    name: `rule-${index}`,
    owner: '@acme/secops',
    conditions: onAction ? onButton : rest.conditions,
    event: { type: 'update', params: onAction ? withoutOwnReads(params) : params },
    overwrite: onAction ? [] : overwrite,
    // The loader refuses a custom action that could suppress a CRITICAL finding without saying so.
    allowCritical: rest.allowCritical || onAction,
  } as Rule;
}

/** A custom action may not read what custom actions write: the loader refuses it, for pressing twice would differ. */
function withoutOwnReads(params: UpdateTemplate): UpdateTemplate {
  return params.Note?.Text.includes('Severity')
    ? { ...params, Note: { Text: 'pressed on {{ProductName}}' } }
    : params;
}

/** A ruleset as the loader would hand it over: sorted, and within what the checks allow. */
export const ruleset: fc.Arbitrary<Ruleset> = fc
  .record({
    bodies: fc.array(ruleBody, { minLength: 0, maxLength: 5 }),
    shared: fc.array(leaf, { minLength: 1, maxLength: 2 }).map((all) => ({ all })),
    until: fc.constantFrom('2026-06-01', '2027-01-01'),
    provenance: fc.constantFrom('finding', 'finding', 'log' as const),
    succeeds: fc.constantFrom([], [], ['old']),
    withdrawing: fc.constantFrom([], WITHDRAWABLE, WITHDRAWABLE, ['Severity' as const]),
  })
  .map(({ bodies, shared, until, provenance, succeeds, withdrawing }) =>
    withoutBlindOverwrites({
      rules: bodies.map(ruleOf).sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1)),
      conditions: { shared },
      lists: { accounts: [{ value: '111122223333', until }] },
      accounts: { '444455556666': { env: 'prod' } },
      config: { ...DEFAULT_CONFIG, customActions: ['press'], succeeds, provenance, withdrawing },
      version: '000000000000',
    }),
  );

/** The loader refuses to overwrite a note or key that some rule reads: it could not be read once it is ours. */
function withoutBlindOverwrites(rules: Ruleset): Ruleset {
  const reads = readsOf(rules);
  const mayOverwrite = (member: string) =>
    member !== 'Note' && member !== 'UserDefinedFields' ? true : !reads.has(member);
  return {
    ...rules,
    rules: rules.rules.map((rule) => ({ ...rule, overwrite: (rule.overwrite ?? []).filter(mayOverwrite) })),
  };
}

export const IMPORTED: TriageEvent = { detailType: 'Security Hub Findings - Imported' };
const action = (actionId: string, actionName: string): TriageEvent => ({
  detailType: 'Security Hub Findings - Custom Action',
  actionId,
  actionName,
});
export const PRESS = action('press', 'Press');
export const RETRIAGE = action('triageRetriage', 'Re-triage');
export const FOREIGN_ACTION = action('theirs', 'Press');

export const event: fc.Arbitrary<TriageEvent> = fc.constantFrom(
  IMPORTED,
  IMPORTED,
  IMPORTED,
  PRESS,
  RETRIAGE,
  FOREIGN_ACTION,
);
