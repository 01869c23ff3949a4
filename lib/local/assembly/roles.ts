import type { Statement } from '../iam/evaluate.ts';
import type { IgnoredResource, LocalRole } from './local-resources.ts';
import { policyStatements } from './policy-statements.ts';
import { listOfRecords, listOfTexts, recordOf } from './property-values.ts';
import type { ResolvedResource } from './resolved-resource.ts';

/**
 * Every role with all statements that reach it: its own, those of policies that name it and of managed policies
 * attached from either side. A managed policy outside the template is listed as ignored: its text is not known.
 */
export function rolesOf(
  resources: readonly ResolvedResource[],
  ignored: IgnoredResource[],
): readonly LocalRole[] {
  const managed = new Map(
    resources
      .filter((resource) => resource.type === 'AWS::IAM::ManagedPolicy')
      .map((resource) => [resource.ref, statementsIn(resource)]),
  );
  const attached = resources.filter((resource) => ATTACHING.has(resource.type));
  return resources
    .filter((resource) => resource.type === 'AWS::IAM::Role')
    .map((role) => ({
      logicalId: role.logicalId,
      name: role.ref,
      arn: role.attribute('Arn'),
      trust: policyStatements(
        role.logicalId,
        recordOf(role.logicalId, role.properties, 'AssumeRolePolicyDocument'),
      ),
      statements: [
        ...listOfRecords(role.logicalId, role.properties, 'Policies').flatMap((policy) =>
          policyStatements(role.logicalId, recordOf(role.logicalId, policy, 'PolicyDocument')),
        ),
        ...attached.filter((policy) => roleNames(policy).includes(role.ref)).flatMap(statementsIn),
        ...managedStatements(role, managed, ignored),
      ],
    }));
}

const ATTACHING: ReadonlySet<string> = new Set([
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::ManagedPolicy',
]);

function roleNames({ type, logicalId, properties }: ResolvedResource): readonly string[] {
  return type === 'AWS::IAM::RolePolicy'
    ? [String(properties.RoleName)]
    : listOfTexts(logicalId, properties, 'Roles');
}

function statementsIn({ logicalId, properties }: ResolvedResource): readonly Statement[] {
  return policyStatements(logicalId, recordOf(logicalId, properties, 'PolicyDocument'));
}

function managedStatements(
  role: ResolvedResource,
  managed: ReadonlyMap<string, readonly Statement[]>,
  ignored: IgnoredResource[],
): readonly Statement[] {
  return listOfTexts(role.logicalId, role.properties, 'ManagedPolicyArns').flatMap((arn) => {
    const statements = managed.get(arn);
    if (statements === undefined) {
      ignored.push({
        logicalId: role.logicalId,
        type: 'AWS::IAM::ManagedPolicy',
        reason: `${arn} is not in the template: its statements are not evaluated`,
      });
    }
    return statements ?? [];
  });
}
