import type { ProductPart } from './product-part.ts';
import type { Situation } from './situation.ts';
import { FAILED_SHARE } from './world.ts';

const STANDARDS = [
  'standards/aws-foundational-security-best-practices/v/1.0.0',
  'standards/cis-aws-foundations-benchmark/v/3.0.0',
  'standards/nist-800-53/v/5.0.0',
  'standards/pci-dss/v/4.0.1',
];

/** A Security Hub control check, as consolidated control findings are written. */
export function controlPart({ subject, account, region, resourceId, uuid, random }: Situation): ProductPart {
  const control = subject.control ?? 'Config.1';
  const failed = random.chance(FAILED_SHARE);
  const status = failed ? 'FAILED' : random.pick(['PASSED', 'PASSED', 'WARNING']);
  const standards = STANDARDS.slice(0, 1 + random.int(STANDARDS.length));
  const rule = `securityhub-${control.toLowerCase().replace('.', '-')}-${uuid.slice(0, 8)}`;
  return {
    id: `arn:aws:securityhub:${region}:${account}:security-control/${control}/finding/${uuid}`,
    productPath: 'aws/securityhub',
    company: 'AWS',
    generatorId: `security-control/${control}`,
    types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    title: `${control}: the resource of type ${subject.type} is not configured as the control demands`,
    description:
      `Control ${control} looks at each resource of type ${subject.type} and compares its configuration with what ` +
      'the standards below demand. The check fails where the setting is off, is missing, or allows more than it needs to.',
    remediation: `Follow the remediation steps for control ${control}, or record an exception with an end.`,
    url: `https://docs.aws.amazon.com/console/securityhub/${control}/remediation`,
    productFields: {
      'RelatedAWSResources:0/name': rule,
      'RelatedAWSResources:0/type': 'AWS::Config::ConfigRule',
      'Resources:0/Id': resourceId,
    },
    members: {
      Compliance: {
        Status: status,
        SecurityControlId: control,
        ...(status === 'WARNING' ? { StatusReasons: [{ ReasonCode: 'CONFIG_EVALUATIONS_EMPTY' }] } : {}),
        RelatedRequirements: [
          `NIST.800-53.r5 AC-3(${random.int(15)})`,
          `NIST.800-53.r5 SC-7(${random.int(25)})`,
          `PCI DSS v4.0.1/${1 + random.int(10)}.${1 + random.int(6)}`,
          `CIS AWS Foundations Benchmark v3.0.0/${1 + random.int(4)}.${1 + random.int(20)}`,
        ],
        AssociatedStandards: standards.map((StandardsId) => ({ StandardsId })),
        SecurityControlParameters: [{ Name: 'maxAgeDays', Value: [String(30 * (1 + random.int(6)))] }],
      },
    },
    passed: status === 'PASSED',
  };
}
