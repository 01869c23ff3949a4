import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../../lib/export/redaction/redact-finding.ts';
import type { Finding } from '../../../lib/findings/finding.ts';

const redact = createRedaction(Buffer.from('a key for tests, thirty-two long'));
const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';

function redacted(members: Readonly<Record<string, unknown>>): Finding {
  return redact({ Id: 'finding-1', ProductArn: PRODUCT_ARN, ...members });
}

describe('a redacted finding', () => {
  it('keeps what rules compare of its kind', () => {
    const kept = {
      SchemaVersion: '2018-10-08',
      ProductArn: PRODUCT_ARN,
      ProductName: 'GuardDuty',
      CompanyName: 'Amazon',
      Region: 'eu-west-1',
      GeneratorId: 'security-control/S3.8',
      Types: ['TTPs/Discovery/Recon:EC2-Portscan'],
      Severity: { Label: 'HIGH', Normalized: 70, Original: '8', Product: 8 },
      Compliance: {
        Status: 'FAILED',
        SecurityControlId: 'S3.8',
        AssociatedStandards: [{ StandardsId: 'standards/nist-800-53/v/5.0.0' }],
      },
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
      UpdatedAt: '2026-11-17T06:40:58.007Z',
      Confidence: 80,
      Sample: true,
      Title: 'Port 22 of AWS::EC2::SecurityGroup is open to 0.0.0.0/0 at 12:30:45',
      ProductFields: {
        'aws/guardduty/service/action/actionType': 'NETWORK_CONNECTION',
        'aws/guardduty/service/count': '21',
        'RelatedAWSResources:0/type': 'AWS::Config::ConfigRule',
        StandardsArn: 'arn:aws:securityhub:::standards/aws-foundational-security-best-practices/v/1.0.0',
      },
      Vulnerabilities: [
        {
          Id: 'CVE-2026-90001',
          FixAvailable: 'YES',
          EpssScore: 0.9,
          VulnerablePackages: [{ Name: 'lodash.js' }],
        },
      ],
      Remediation: {
        Recommendation: { Url: 'https://docs.aws.amazon.com/console/securityhub/S3.8/remediation' },
      },
    };

    expect(redacted(kept)).toEqual({
      ...kept,
      ProductFields: { ...kept.ProductFields, 'securityhub-triage/redacted': 'true' },
      Id: expect.stringMatching(/^redacted-[0-9a-f]{16}$/),
    });
  });

  it('shows the service and kind of a resource, and none of its names', () => {
    const { Id, Resources } = redacted({
      Id: 'arn:aws:guardduty:eu-west-1:111122223333:detector/198cefad4c3e0adb048534a8385399ca/finding/642c3f720ab96e889ecd5cf5ad6897ea',
      Resources: [
        { Type: 'AwsEc2Instance', Id: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0a28bbc963ccacc17' },
        { Type: 'AwsS3Object', Id: 'arn:aws:s3:::acme-logs/alice/7713.txt' },
        { Type: 'AwsIamUser', Id: 'arn:aws:iam::111122223333:root' },
        { Type: 'AwsIamAccessKey', Id: 'AWS::IAM::AccessKey:AKIAIOSFODNN7EXAMPLE' },
        { Type: 'AwsAccount', Id: 'AWS::::Account:111122223333' },
      ],
    });

    const shown = JSON.stringify(Resources);
    expect(Id).toMatch(/^arn:aws:guardduty:eu-west-1:\d{12}:detector\/[0-9a-f]{32}\/finding\/[0-9a-f]{32}$/);
    expect(shown).toMatch(/"arn:aws:ec2:eu-west-1:\d{12}:instance\/i-[0-9a-f]{17}"/);
    expect(shown).toMatch(/"arn:aws:s3:::redacted-\w+\/redacted-\w+\/redacted-\w+/);
    expect(shown).toMatch(/"arn:aws:iam::\d{12}:root"/);
    expect(shown).toMatch(/"AWS::IAM::AccessKey:AKIA[A-Z2-7]{16}"/);
    expect(shown).toMatch(/"AWS::::Account:\d{12}"/);
    expect(shown + Id).not.toMatch(/111122223333|0a28bb|198cef|642c3f|acme|alice|7713|IOSFODNN7/);
  });

  it('says one thing wherever one thing stood, in texts too', () => {
    const finding = redacted({
      AwsAccountId: '111122223333',
      Title: 'Role legacy-export of 111122223333 can be assumed from 192.0.2.44',
      Resources: [
        {
          Type: 'AwsIamRole',
          Id: 'arn:aws:iam::111122223333:role/legacy-export',
          Tags: { team: 'checkout', public: 'true' },
          Details: { AwsIamRole: { RoleName: 'legacy-export', SourceIp: '192.0.2.44' } },
        },
      ],
      Description: 'Team checkout owns it.',
    });

    const [resource] = finding.Resources as {
      Id: string;
      Tags: Record<string, string>;
      Details: { AwsIamRole: { RoleName: string; SourceIp: string } };
    }[];
    const { RoleName, SourceIp } = resource?.Details.AwsIamRole ?? { RoleName: '', SourceIp: '' };
    expect(resource?.Id).toBe(`arn:aws:iam::${finding.AwsAccountId}:role/${RoleName}`);
    expect(finding.Title).toBe(`Role ${RoleName} of ${finding.AwsAccountId} can be assumed from ${SourceIp}`);
    expect(finding.Description).toBe(`Team ${resource?.Tags.team} owns it.`);
    expect(resource?.Tags.public).toBe('true');
  });

  it('keeps none of the descriptions that are not by AWS, nor the name of a company of its own', () => {
    const own = 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default';

    const finding = redacted({ ProductArn: own, CompanyName: 'ACME', Description: "On Alice's laptop" });

    expect(finding.ProductArn).toMatch(/^arn:aws:securityhub:eu-west-1:(\d{12}):product\/\1\/default$/);
    expect(JSON.stringify(finding)).not.toMatch(/ACME|Alice|111122223333/);
  });

  it.each([
    ['a mail address', 'write to jane.doe+x@mail.acme.co.uk.', /jane|acme/],
    ['a host', 'at db-1.prod.acme.internal:5432', /db-1|acme/],
    ['a host named by its address', 'at ip-10-20-4-21', /10-20-4-21/],
    ['an address of IPv6', 'from addr:2001:470::17, fe80::1.', /470|fe80/],
    ['one of IPv4 in one of IPv6', 'from ::ffff:198.51.100.7.', /198\.51|100\.7/],
    ['a hardware address', 'by 0a:1b:2c:3d:4e:5f', /0a:1b/],
    ['an access key', 'with ASIAIOSFODNN7EXAMPLE', /IOSFODNN7/],
    ['an account with hyphens', 'in 1111-2222-3333', /1111-2222/],
    ['an ARN', 'see arn:aws:lambda:eu-west-1:111122223333:function:billing', /billing|1111/],
    ['a link', 'see https://wiki.acme.example.com/a?b=c', /acme|wiki/],
    ['an account within a name', 'logs-111122223333-eu', /111122223333/],
    ['an id of a resource', 'on vol-049df61146c4d7901', /049df6/],
    ['a detector id', 'of 198cefad4c3e0adb048534a8385399ca', /198cef/],
  ])('has no more of %s in its title', (_, Title, telling) => {
    const finding = redacted({ Title });

    expect(finding.Title).not.toMatch(telling);
    expect(String(finding.Title).split(' ')[0]?.[0]).toBe(Title[0]);
  });

  it('has names of members redacted by their looks, and no member lost', () => {
    const fields = JSON.parse('{"user/jane@acme.com": "x", "__proto__": {"polluted": "arn:aws:s3:::acme"}}');

    const { ProductFields } = redacted({ ProductFields: fields });

    expect(JSON.stringify(ProductFields)).not.toMatch(/jane|acme/);
    expect(Object.keys(ProductFields as object)).toContain('__proto__');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('is made in little time of texts meant to take long', () => {
    const long = 40_000;
    const texts = ['a.', 'a-', 'a:', 'arn:', 'arn:aws:x:::', '::1', 'a@', '1', '0:', '.', 'https:', 'i-'].map(
      (part) => part.repeat(long / part.length),
    );

    const startedMs = performance.now();
    for (const Title of texts) redacted({ Title, Id: Title, Resources: [{ Id: Title }] });

    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});
