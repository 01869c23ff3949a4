import { isObject, listAt, objectAt, textAt } from './json.ts';
import type { Operation } from './limits.ts';

/** What one call asks of IAM. A call may ask for several: each must be allowed. */
export interface Access {
  readonly action: string;
  readonly resourceArn: string;
  readonly conditionKeys: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * The accesses behind a call. Updates and queries ask for the caller's hub; imports for each product, whose account
 * is the key `securityhub:TargetAccount`.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
export function accessesOf(operation: Operation, request: unknown, hubArn: string): readonly Access[] {
  const action = `securityhub:${operation}`;
  switch (operation) {
    case 'BatchUpdateFindings':
      return [{ action, resourceArn: hubArn, conditionKeys: syntaxPathKeys(request) }];
    case 'GetFindings':
      return [{ action, resourceArn: hubArn, conditionKeys: {} }];
    case 'BatchImportFindings': {
      const targets = listAt(request, 'Findings').map((finding) => ({
        productArn: textAt(finding, 'ProductArn') ?? '',
        account: textAt(finding, 'AwsAccountId') ?? '',
      }));
      return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()].map(
        ({ productArn, account }) => ({
          action,
          resourceArn: productArn,
          conditionKeys: { 'securityhub:TargetAccount': account },
        }),
      );
    }
    default:
      return operation satisfies never;
  }
}

const LEAVES = [
  ['Workflow', 'Status'],
  ['Severity', 'Label'],
  ['Severity', 'Normalized'],
  ['Severity', 'Product'],
  ['Note', 'Text'],
  ['Note', 'UpdatedBy'],
] as const;
const SCALARS = ['VerificationState', 'Confidence', 'Criticality'] as const;

/**
 * A condition key for every member present, with the value asked for: how a policy forbids fields and values.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
function syntaxPathKeys(request: unknown): Access['conditionKeys'] {
  const given = isObject(request) ? request : {};
  const keys: Record<string, string | readonly string[]> = {};
  const add = (path: string, value: unknown): void => {
    if (value !== undefined && value !== null) {
      keys[`securityhub:ASFFSyntaxPath/${path}`] = Array.isArray(value) ? value.map(String) : String(value);
    }
  };
  for (const [parent, member] of LEAVES) {
    add(`${parent}.${member}`, objectAt(given, parent)[member]);
  }
  for (const member of SCALARS) {
    add(member, given[member]);
  }
  add('Types', given.Types);
  if (Array.isArray(given.RelatedFindings)) {
    add('RelatedFindings', listAt(given, 'RelatedFindings').map(relatedName));
  }
  if (isObject(given.UserDefinedFields)) {
    add('UserDefinedFields.key', Object.keys(given.UserDefinedFields));
    add('UserDefinedFields.value', Object.values(given.UserDefinedFields));
  }
  return keys;
}

function relatedName(related: unknown): string {
  return `${textAt(related, 'ProductArn') ?? ''}/${textAt(related, 'Id') ?? ''}`;
}
