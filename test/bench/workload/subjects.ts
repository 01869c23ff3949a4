import { createRandom } from './random.ts';
import type { Product } from './world.ts';

export type ResourceType = keyof typeof ARN_TAILS;

/** What follows `arn:aws:` in a resource's id; `{name}` is `<team>-<application>-<environment>-<nn>`. */
export const ARN_TAILS = {
  AwsS3Bucket: 's3:::{name}',
  AwsLambdaFunction: 'lambda:{region}:{account}:function:{name}',
  AwsRdsDbInstance: 'rds:{region}:{account}:db:{name}',
  AwsIamRole: 'iam::{account}:role/{name}',
  AwsSqsQueue: 'sqs:{region}:{account}:{name}',
  AwsDynamoDbTable: 'dynamodb:{region}:{account}:table/{name}',
  AwsElbv2LoadBalancer: 'elasticloadbalancing:{region}:{account}:loadbalancer/app/{name}/{hex}',
  AwsEcsService: 'ecs:{region}:{account}:service/{name}',
  AwsEcrContainerImage: 'ecr:{region}:{account}:repository/{name}/sha256:{hex}{hex}{hex}{hex}',
  AwsEc2Instance: 'ec2:{region}:{account}:instance/i-0{hex}',
  AwsEc2SecurityGroup: 'ec2:{region}:{account}:security-group/sg-0{hex}',
  AwsKmsKey: 'kms:{region}:{account}:key/{hex}-{hex}',
} as const;

/** What a finding is about. */
export interface FindingSubject {
  readonly product: Product;
  readonly control?: string;
  readonly type: ResourceType;
  /** The share of findings that are about it. */
  readonly weight: number;
}

const CONTROL_NUMBERS: readonly (readonly [
  service: string,
  type: ResourceType,
  numbers: readonly number[],
])[] = [
  ['S3', 'AwsS3Bucket', [1, 2, 3, 5, 6, 8, 9, 11, 12, 13, 14, 15, 17, 20, 22, 23]],
  ['EC2', 'AwsEc2SecurityGroup', [2, 13, 14, 18, 19, 21]],
  ['EC2', 'AwsEc2Instance', [8, 9, 17, 24, 25, 170]],
  ['SSM', 'AwsEc2Instance', [1, 2, 3, 4]],
  ['IAM', 'AwsIamRole', [1, 2, 3, 5, 8, 18, 21, 22]],
  ['RDS', 'AwsRdsDbInstance', [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 13, 14, 17, 23, 25]],
  ['Lambda', 'AwsLambdaFunction', [1, 2, 3, 5]],
  ['KMS', 'AwsKmsKey', [1, 2, 3, 4, 5]],
  ['SQS', 'AwsSqsQueue', [1, 2, 3]],
  ['DynamoDB', 'AwsDynamoDbTable', [1, 2, 3, 4, 5, 6]],
  ['ELB', 'AwsElbv2LoadBalancer', [1, 3, 4, 5, 6, 9, 12, 13, 16, 17]],
  ['ECS', 'AwsEcsService', [1, 2, 3, 4, 5, 8, 9, 10, 12]],
];

/** Failing controls follow a long tail; which are frequent has nothing to do with their service. */
function controlSubjects(): readonly FindingSubject[] {
  const controls = CONTROL_NUMBERS.flatMap(([service, type, numbers]) =>
    numbers.map((number) => ({ control: `${service}.${number}`, type })),
  );
  const ranked = createRandom(7).sample(controls, controls.length);
  const total = ranked.reduce((sum, _control, rank) => sum + 1 / (rank + 15), 0);
  return ranked.map(({ control, type }, rank) => ({
    product: 'Security Hub',
    control,
    type,
    weight: 0.55 / (rank + 15) / total,
  }));
}

const others: readonly (readonly [Product, number, readonly (readonly [ResourceType, number])[]])[] = [
  [
    'Inspector',
    0.22,
    [
      ['AwsEc2Instance', 0.5],
      ['AwsEcrContainerImage', 0.3],
      ['AwsLambdaFunction', 0.2],
    ],
  ],
  [
    'GuardDuty',
    0.07,
    [
      ['AwsEc2Instance', 0.6],
      ['AwsIamRole', 0.25],
      ['AwsS3Bucket', 0.15],
    ],
  ],
  ['Macie', 0.04, [['AwsS3Bucket', 1]]],
  [
    'IAM Access Analyzer',
    0.04,
    [
      ['AwsIamRole', 0.5],
      ['AwsS3Bucket', 0.3],
      ['AwsKmsKey', 0.2],
    ],
  ],
  [
    'Prowler',
    0.05,
    [
      ['AwsEc2Instance', 0.4],
      ['AwsS3Bucket', 0.3],
      ['AwsIamRole', 0.3],
    ],
  ],
  [
    'Wiz',
    0.03,
    [
      ['AwsEc2Instance', 0.5],
      ['AwsEcsService', 0.5],
    ],
  ],
];

/** Every subject; weights add up to 1: Security Hub 55 %, Inspector 22, GuardDuty 7, Macie and Analyzer 4, others 8. */
export const SUBJECTS: readonly FindingSubject[] = [
  ...controlSubjects(),
  ...others.flatMap(([product, weight, types]) =>
    types.map(([type, part]) => ({ product, type, weight: weight * part })),
  ),
];

export const CONTROLS: readonly { readonly id: string; readonly weight: number }[] = SUBJECTS.flatMap(
  ({ control, weight }) => (control === undefined ? [] : [{ id: control, weight }]),
);

/** The share of findings whose subject is as asked. */
export function subjectShare(test: (subject: FindingSubject) => boolean): number {
  return SUBJECTS.reduce((sum, subject) => sum + (test(subject) ? subject.weight : 0), 0);
}
