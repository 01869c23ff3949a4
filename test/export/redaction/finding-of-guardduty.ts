import type { Finding } from '../../../lib/findings/finding.ts';

/**
 * A finding as GuardDuty's come through Security Hub: its own paths under ProductFields, the same in `Action` by ASFF.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html#asff-action
 */
export const GUARDDUTY_FINDING: Finding = {
  SchemaVersion: '2018-10-08',
  Id: 'arn:aws:guardduty:eu-west-1:111122223333:detector/198cefad4c3e0adb048534a8385399ca/finding/642c3f720ab96e889ecd5cf5ad6897ea',
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  ProductName: 'GuardDuty',
  CompanyName: 'Amazon',
  Region: 'eu-west-1',
  GeneratorId: 'arn:aws:guardduty:eu-west-1:111122223333:detector/198cefad4c3e0adb048534a8385399ca',
  AwsAccountId: '111122223333',
  AwsAccountName: 'acme-payments',
  Types: ['TTPs/UnauthorizedAccess:IAMUser-ConsoleLogin'],
  CreatedAt: '2026-11-16T21:09:52.418Z',
  UpdatedAt: '2026-11-17T06:40:58.007Z',
  Severity: { Label: 'MEDIUM', Normalized: 40, Original: '5' },
  Title: 'Unusual console login by jane.roe from the third floor',
  Description: 'The user jane.roe signed in from 198.51.100.7, of Acme Networks.',
  SourceUrl:
    'https://eu-west-1.console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings?fId=642c3f720ab96e889ecd5cf5ad6897ea',
  ProductFields: {
    'aws/guardduty/service/serviceName': 'guardduty',
    'aws/guardduty/service/count': '21',
    'aws/guardduty/service/action/actionType': 'AWS_API_CALL',
    'aws/guardduty/service/action/awsApiCallAction/api': 'ConsoleLogin',
    'aws/guardduty/service/action/awsApiCallAction/serviceName': 'signin.amazonaws.com',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/ipAddressV4': '198.51.100.7',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/city/cityName': 'Springfield',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/country/countryName': 'Example Land',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/geoLocation/lat': '38.9034',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/geoLocation/lon': '-76.9882',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/organization/asn': '64496',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/organization/asnOrg': 'Acme Networks',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/organization/isp': 'Acme Networks',
    'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/organization/org': 'Acme Networks',
  },
  Action: {
    ActionType: 'AWS_API_CALL',
    AwsApiCallAction: {
      Api: 'ConsoleLogin',
      ServiceName: 's3.amazonaws.com',
      CallerType: 'Remote IP',
      RemoteIpDetails: {
        IpAddressV4: '198.51.100.7',
        City: { CityName: 'Springfield' },
        Country: { CountryCode: 'EX', CountryName: 'Example Land' },
        GeoLocation: { Lat: 38.9034, Lon: -76.9882 },
        Organization: { Asn: 64496, AsnOrg: 'Acme Networks', Isp: 'Acme Networks', Org: 'Acme Networks' },
      },
    },
  },
  Detection: {
    Sequence: {
      Uid: 'sequence-7',
      Actors: [{ Id: 'actor-1', User: { Name: 'jane.roe', Type: 'IAMUser' } }],
      Endpoints: [
        {
          Id: 'endpoint-1',
          Ip: '198.51.100.7',
          Location: { City: 'SPRINGFIELD', Country: 'Example Land', Lat: 38.9034, Lon: -76.9882 },
          AutonomousSystem: { Name: 'Acme Networks', Number: 64496 },
        },
      ],
      SequenceIndicators: [{ Key: 'ATTACK_TACTIC', Title: 'Tactics of jane.roe', Values: ['Impact'] }],
    },
  },
  Network: { SourceIpV4: '10.20.4.21', SourceDomain: 'laptop-7.corp.acme.example', SourcePort: 38112 },
  Resources: [
    {
      Type: 'AwsIamAccessKey',
      Id: 'AWS::IAM::AccessKey:AKIAIOSFODNN7EXAMPLE',
      Region: 'eu-west-1',
      Details: { AwsIamAccessKey: { PrincipalName: 'jane.roe', PrincipalType: 'IAMUser', Status: 'Active' } },
      Tags: { 'owner-team': 'finance', critical: 'true' },
    },
    {
      Type: 'AwsLambdaFunction',
      Id: 'arn:aws:lambda:eu-west-1:111122223333:function:pay-invoices',
      Details: {
        AwsLambdaFunction: {
          FunctionName: 'pay-invoices',
          Runtime: 'nodejs24.x',
          MemorySize: 512,
          TracingConfig: { Mode: 'PassThrough' },
          Environment: { Variables: { LEDGER_TABLE: 'ledger-of-acme', NodeType: 'acme-large' } },
        },
      },
    },
    {
      Type: 'AwsRedshiftCluster',
      Id: 'arn:aws:redshift:eu-west-1:111122223333:cluster:acme-ledgers',
      Details: { AwsRedshiftCluster: { NodeType: 'ra3.xlplus', ClusterStatus: 'available' } },
    },
    {
      Type: 'AwsRdsDbCluster',
      Id: 'arn:aws:rds:eu-west-1:111122223333:cluster:acme-invoices',
      Details: {
        AwsRdsDbCluster: { EngineMode: 'serverless', DbClusterIdentifier: 'acme-invoices' },
        AwsRdsDbSnapshot: { SnapshotType: 'manual' },
        AwsEc2Instance: { VirtualizationType: 'hvm' },
        AwsElbv2LoadBalancer: { IpAddressType: 'dualstack' },
        AwsEcsService: { ServiceName: 'acme-billing' },
        AwsEcsTaskDefinition: { ContainerDefinitions: [{ Environment: [{ Name: 'MODE', Value: 'acme' }] }] },
      },
    },
  ],
  Vulnerabilities: [
    {
      Id: 'CVE-2026-90001',
      VulnerablePackages: [{ Name: 'openssl', Version: '3.0.1', FilePath: 'home/jane/app.jar' }],
    },
  ],
  Note: { Text: 'Ask jane.roe', UpdatedBy: 'joe@acme.example', UpdatedAt: '2026-11-17T07:00:00Z' },
  UserDefinedFields: { ticket: 'FIN-77' },
  Remediation: {
    Recommendation: {
      Url: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html',
    },
  },
  PatchSummary: { Id: 'pb-0123456789abcdef0', Operation: 'Install', RebootOption: 'RebootIfNeeded' },
  RecordState: 'ACTIVE',
  Workflow: { Status: 'NEW' },
};
