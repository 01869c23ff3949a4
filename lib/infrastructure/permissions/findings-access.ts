import { type FieldPermission, NEVER_WRITTEN } from '../../rules/permissions/write-permissions.ts';

/** A statement about Security Hub as IAM has it. */
export interface FindingsStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const UPDATE = 'securityhub:BatchUpdateFindings';
/** https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html */
const KEY = 'securityhub:ASFFSyntaxPath/';
/**
 * The same action covers BatchUpdateFindingsV2, which takes these three. Nothing here calls it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
const OCSF_FIELDS = ['SeverityId', 'StatusId', 'Comment'] as const;
const OCSF_KEY = 'securityhub:OCSFSyntaxPath/';

/**
 * What the function may do in Security Hub: read findings, and when it enforces, write what its rules and their
 * withdrawal need. AWS documents these keys for Deny alone, so what is not needed is denied field by field, and value
 * by value where the rules use but some. Observing, it may write nothing at all.
 */
export function findingsStatements(
  permissions: readonly FieldPermission[],
  { mode, hubArn }: { readonly mode: 'observe' | 'enforce'; readonly hubArn: string },
): readonly FindingsStatement[] {
  const allow = (actions: readonly string[]): FindingsStatement => ({
    Sid: 'UpdateFindings',
    Effect: 'Allow',
    Action: actions,
    Resource: hubArn,
  });
  if (mode === 'observe') return [{ ...allow(['securityhub:GetFindings']), Sid: 'ReadFindings' }];
  const deny = (key: string, Condition: NonNullable<FindingsStatement['Condition']>): FindingsStatement => ({
    Sid: `Deny${key.replaceAll('.', '')}`,
    Effect: 'Deny',
    Action: [UPDATE],
    Resource: hubArn,
    Condition,
  });
  const denyField = (key: string) => deny(key, { Null: { [KEY + key]: 'false' } });
  return [
    allow([UPDATE, 'securityhub:GetFindings']),
    ...permissions.flatMap(({ keys, allowed, values }) => {
      if (!allowed) return keys.map(denyField);
      const unused = (values ?? []).filter((one) => !one.allowed).map(({ value }) => value);
      const [key = ''] = keys;
      return unused.length === 0 ? [] : [deny(key, { StringEquals: { [KEY + key]: unused } })];
    }),
    ...NEVER_WRITTEN.map(denyField),
    ...OCSF_FIELDS.map((field) => ({
      ...deny(`Ocsf${field}`, { Null: { [OCSF_KEY + field]: 'false' } }),
      // Of the other kind of hub too, whatever else may be allowed there.
      Resource: '*',
    })),
  ];
}
