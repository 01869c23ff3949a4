import type { Random } from './random.ts';
import type { Situation } from './situation.ts';
import type { ResourceType } from './subjects.ts';

/** The resources a finding names: the one it is about with its details, and sometimes one that goes with it. */
export function resourcesOf(situation: Situation): readonly unknown[] {
  const { subject, region, resourceId, tags, random, name } = situation;
  const first = {
    Type: subject.type,
    Id: resourceId,
    Partition: 'aws',
    Region: region,
    ...(tags === null ? {} : { Tags: tags }),
    Details: { [subject.type]: DETAILS[subject.type](random, situation) },
  };
  if (subject.product !== 'Macie') return [first];
  const object = {
    Type: 'AwsS3Object',
    Id: `arn:aws:s3:::${name}/exports/${random.int(9999)}.csv`,
    Partition: 'aws',
    Region: region,
    Details: { AwsS3Object: { ETag: random.hex(32), ContentType: 'text/csv' } },
    DataClassification: {
      Result: {
        MimeType: 'text/csv',
        SizeClassified: random.int(900_000),
        Status: { Code: 'COMPLETE' },
        SensitiveData: [
          {
            Category: 'PERSONAL_INFORMATION',
            TotalCount: 1 + random.int(500),
            Detections: [{ Count: 1 + random.int(500), Type: 'USA_SOCIAL_SECURITY_NUMBER' }],
          },
        ],
      },
    },
  };
  return [first, object];
}

type Details = (random: Random, situation: Situation) => unknown;

const network = (random: Random) => ({
  VpcId: `vpc-0${random.hex(16)}`,
  SubnetId: `subnet-0${random.hex(16)}`,
});

const openPort = (random: Random, port: number) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }, { CidrIp: `10.${random.int(200)}.0.0/16` }],
  UserIdGroupPairs: [{ GroupId: `sg-0${random.hex(16)}`, UserId: '111122223333' }],
});

const DETAILS: Readonly<Record<ResourceType, Details>> = {
  AwsS3Bucket: (random, { name, account, createdAt }) => ({
    Name: name,
    OwnerId: random.hex(64),
    OwnerAccountId: account,
    CreatedAt: createdAt,
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: random.chance(0.5),
      BlockPublicPolicy: random.chance(0.5),
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    BucketVersioningConfiguration: { IsMfaDeleteEnabled: false, Status: 'Enabled' },
  }),
  AwsLambdaFunction: (random, { name, account, region, updatedAt }) => ({
    FunctionName: name,
    CodeSha256: random.hex(44),
    Handler: 'index.handler',
    LastModified: updatedAt,
    MemorySize: 512,
    Role: `arn:aws:iam::${account}:role/${name}`,
    Runtime: random.pick(['nodejs24.x', 'nodejs18.x', 'python3.13']),
    Timeout: 30,
    TracingConfig: { Mode: 'PassThrough' },
    VpcConfig: { ...network(random), SecurityGroupIds: [`sg-0${random.hex(16)}`] },
    Layers: [{ Arn: `arn:aws:lambda:${region}:${account}:layer:base:${random.int(50)}`, CodeSize: 120_433 }],
  }),
  AwsRdsDbInstance: (random, { name, region }) => ({
    DBInstanceIdentifier: name,
    DBInstanceClass: 'db.r6g.large',
    DbInstancePort: 5432,
    Engine: 'postgres',
    EngineVersion: '16.4',
    PubliclyAccessible: random.chance(0.1),
    StorageEncrypted: random.chance(0.8),
    MultiAz: random.chance(0.5),
    DeletionProtection: random.chance(0.5),
    Endpoint: { Address: `${name}.${random.hex(12)}.${region}.rds.amazonaws.com`, Port: 5432 },
    VpcSecurityGroups: [{ VpcSecurityGroupId: `sg-0${random.hex(16)}`, Status: 'active' }],
    BackupRetentionPeriod: random.int(30),
  }),
  AwsIamRole: (random, { name, createdAt }) => ({
    RoleName: name,
    RoleId: `AROA${random.hex(17).toUpperCase()}`,
    Path: '/',
    MaxSessionDuration: 3600,
    CreateDate: createdAt,
    AssumeRolePolicyDocument:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
    AttachedManagedPolicies: [
      { PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ],
  }),
  AwsSqsQueue: (random, { name }) => ({
    QueueName: name,
    KmsDataKeyReusePeriodSeconds: 300,
    DeadLetterTargetArn: `arn:aws:sqs:us-east-1:111122223333:${name}-dlq-${random.int(9)}`,
  }),
  AwsDynamoDbTable: (random, { name, createdAt }) => ({
    TableName: name,
    TableStatus: 'ACTIVE',
    CreationDateTime: createdAt,
    ItemCount: random.int(900_000),
    TableSizeBytes: random.int(900_000_000),
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
  }),
  AwsElbv2LoadBalancer: (random, { name, region }) => ({
    DNSName: `${name}.${region}.elb.amazonaws.com`,
    Scheme: 'internet-facing',
    Type: 'application',
    IpAddressType: 'ipv4',
    AvailabilityZones: [{ ZoneName: `${region}a`, SubnetId: `subnet-0${random.hex(16)}` }],
    SecurityGroups: [`sg-0${random.hex(16)}`],
    State: { Code: 'active' },
  }),
  AwsEcsService: (random, { name }) => ({
    Name: name,
    LaunchType: 'FARGATE',
    DesiredCount: 1 + random.int(10),
    PlatformVersion: 'LATEST',
    NetworkConfiguration: { AwsVpcConfiguration: { AssignPublicIp: 'ENABLED', ...network(random) } },
  }),
  AwsEcrContainerImage: (random, { name, account, updatedAt }) => ({
    RegistryId: account,
    RepositoryName: name,
    Architecture: 'arm64',
    ImageDigest: `sha256:${random.hex(64)}`,
    ImageTags: [`build-${random.int(9999)}`, 'latest'],
    ImagePublishedAt: updatedAt,
  }),
  AwsEc2Instance: (random, { account }) => ({
    Type: 'c6g.large',
    ImageId: `ami-0${random.hex(16)}`,
    IpV4Addresses: [`10.20.${random.int(256)}.${random.int(256)}`],
    IamInstanceProfileArn: `arn:aws:iam::${account}:instance-profile/base`,
    ...network(random),
    LaunchedAt: '2026-10-01T06:00:00.000Z',
    NetworkInterfaces: [{ NetworkInterfaceId: `eni-0${random.hex(16)}` }],
    MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled' },
  }),
  AwsEc2SecurityGroup: (random, { name, account }) => ({
    GroupName: name,
    GroupId: `sg-0${random.hex(16)}`,
    OwnerId: account,
    VpcId: `vpc-0${random.hex(16)}`,
    IpPermissions: [22, 443, 3389].map((port) => openPort(random, port)),
    IpPermissionsEgress: [openPort(random, 443)],
  }),
  AwsKmsKey: (random, { account, region }) => ({
    AWSAccountId: account,
    KeyId: random.hex(32),
    KeyManager: 'CUSTOMER',
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    Description: `Key of the applications in ${region}`,
    KeyRotationStatus: random.chance(0.5),
  }),
};
