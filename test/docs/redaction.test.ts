import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../lib/export/redaction/redact-finding.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { GUARDDUTY_FINDING } from '../export/redaction/finding-of-guardduty.ts';
import { expectDocument } from './shown-document.ts';

const DOCUMENT = 'docs/redaction.md';
const redact = createRedaction(Buffer.from('a key for tests, thirty-two long'));
const ACTION = 'aws/guardduty/service/action/awsApiCallAction';
const REMOTE = `${ACTION}/remoteIpDetails`;

const OWN_FINDING: Finding = {
  ...GUARDDUTY_FINDING,
  ProductArn: 'arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
  CompanyName: 'Acme',
  GeneratorId: 'nightly-scan',
  Description: 'The door on the third floor is open.',
};
const CONTROL_FINDING: Finding = {
  ...GUARDDUTY_FINDING,
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  GeneratorId: 'security-control/S3.8',
  Title: 'S3 general purpose buckets should block public access',
  Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
};

/** Where a value stands, in which finding, and what the page says of it. */
type Claim = readonly [what: string, path: readonly (string | number)[], of?: Finding];

const product = (name: string): readonly string[] => ['ProductFields', name];
const endpoint = (...path: readonly string[]) => ['Detection', 'Sequence', 'Endpoints', 0, ...path];
const details = (resource: number, ...path: readonly string[]) => ['Resources', resource, 'Details', ...path];

const EXCHANGED: readonly Claim[] = [
  ['account id', ['AwsAccountId']],
  ['name of an account', ['AwsAccountName']],
  ['ids and names in ARNs; service, Region and kind stay', ['Resources', 1, 'Id']],
  ['id of a finding', ['Id']],
  ['public address', product(`${REMOTE}/ipAddressV4`)],
  ['private address, for another of its block', ['Network', 'SourceIpV4']],
  ['host', ['Network', 'SourceDomain']],
  ['city', product(`${REMOTE}/city/cityName`)],
  ['latitude', product(`${REMOTE}/geoLocation/lat`)],
  ['longitude', product(`${REMOTE}/geoLocation/lon`)],
  ['the same in `Action`', ['Action', 'AwsApiCallAction', 'RemoteIpDetails', 'GeoLocation', 'Lat']],
  ['number of a network', product(`${REMOTE}/organization/asn`)],
  ['the same in `Detection`', endpoint('AutonomousSystem', 'Number')],
  ['its name there', endpoint('AutonomousSystem', 'Name')],
  ['city there', endpoint('Location', 'City')],
  ['owner of a network: `asnOrg`, `isp`, `org`', product(`${REMOTE}/organization/isp`)],
  ['name of a person', details(0, 'AwsIamAccessKey', 'PrincipalName')],
  ['access key', ['Resources', 0, 'Id']],
  ['name of a resource', details(1, 'AwsLambdaFunction', 'FunctionName')],
  ['name of a service of yours', details(3, 'AwsEcsService', 'ServiceName')],
  ['value of a tag', ['Resources', 0, 'Tags', 'owner-team']],
  [
    'value of an environment variable',
    details(1, 'AwsLambdaFunction', 'Environment', 'Variables', 'LEDGER_TABLE'),
  ],
  [
    'the same, whatever the variable is called',
    details(1, 'AwsLambdaFunction', 'Environment', 'Variables', 'NodeType'),
  ],
  ['path of a file', ['Vulnerabilities', 0, 'VulnerablePackages', 0, 'FilePath']],
  ['link', ['SourceUrl']],
  ['names in a title that stand elsewhere in the finding', ['Title']],
  ['the same in a description by AWS', ['Description']],
  ['description by anybody else, as a whole', ['Description'], OWN_FINDING],
  ['company that is not AWS or a partner', ['CompanyName'], OWN_FINDING],
  ['note', ['Note', 'Text']],
  ['author of a note', ['Note', 'UpdatedBy']],
  ['value of a user-defined field', ['UserDefinedFields', 'ticket']],
];

const STAYS: readonly Claim[] = [
  ['product', ['ProductName']],
  ['type', ['Types', 0]],
  ['severity', ['Severity', 'Label']],
  ['control', ['Compliance', 'SecurityControlId'], CONTROL_FINDING],
  ['generator that is no ARN, but for names', ['GeneratorId'], OWN_FINDING],
  ['title of a control', ['Title'], CONTROL_FINDING],
  ['Region', ['Region']],
  ['times', ['UpdatedAt']],
  ['country', product(`${REMOTE}/country/countryName`)],
  ['the same in `Detection`', endpoint('Location', 'Country')],
  ['API that was called', product(`${ACTION}/api`)],
  ['service that was called', product(`${ACTION}/serviceName`)],
  ['the same in `Action`', ['Action', 'AwsApiCallAction', 'ServiceName']],
  ['numbers: ports, sizes, counts, scores', ['Network', 'SourcePort']],
  ['numbers in texts, of nine digits at most', product('aws/guardduty/service/count')],
  ['words in upper case, where no name is due', product('aws/guardduty/service/action/actionType')],
  ['kind of a resource', ['Resources', 2, 'Type']],
  ['settings that its service has a list of words for: runtime', details(1, 'AwsLambdaFunction', 'Runtime')],
  ['mode of tracing', details(1, 'AwsLambdaFunction', 'TracingConfig', 'Mode')],
  ['mode of an engine', details(3, 'AwsRdsDbCluster', 'EngineMode')],
  ['type of a node', details(2, 'AwsRedshiftCluster', 'NodeType')],
  ['type of a snapshot', details(3, 'AwsRdsDbSnapshot', 'SnapshotType')],
  ['type of virtualization', details(3, 'AwsEc2Instance', 'VirtualizationType')],
  ['type of addresses', details(3, 'AwsElbv2LoadBalancer', 'IpAddressType')],
  ['status', details(2, 'AwsRedshiftCluster', 'ClusterStatus')],
  ['options of a patch', ['PatchSummary', 'RebootOption']],
  [
    'key of a variable in a list',
    [...details(3, 'AwsEcsTaskDefinition', 'ContainerDefinitions'), 0, 'Environment', 0, 'Name'],
  ],
  ['kind of an indicator', ['Detection', 'Sequence', 'SequenceIndicators', 0, 'Key']],
  ['`true`, `false`, `yes`, `no` as the value of a tag', ['Resources', 0, 'Tags', 'critical']],
  ['vulnerability', ['Vulnerabilities', 0, 'Id']],
  ['package and its version', ['Vulnerabilities', 0, 'VulnerablePackages', 0, 'Name']],
  ['link to a public page of AWS, NVD or CVE', ['Remediation', 'Recommendation', 'Url']],
];

/** Names of members, which rules are written with. */
const KEYS: readonly Claim[] = [
  ['key of a tag', ['Resources', 0, 'Tags']],
  ['key of a product field', ['ProductFields']],
  ['key of an environment variable', details(1, 'AwsLambdaFunction', 'Environment', 'Variables')],
  ['key of a user-defined field', ['UserDefinedFields']],
];

function at(finding: Finding, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], finding);
}
const pair = ([, path, of = GUARDDUTY_FINDING]: Claim): readonly [unknown, unknown] => [
  at(of, path),
  at(redact(of), path),
];

describe('the page on redaction', () => {
  it.for(EXCHANGED)('is right in that this is exchanged, equal for equal: %s %j', (claim) => {
    const [before, after] = pair(claim);

    expect(before).toBeDefined();
    expect(after).not.toEqual(before);
    expect(typeof after).toBe(typeof before);
    expect(pair(claim)[1]).toEqual(after);
  });

  it.for(STAYS)('is right in that this stays: %s %j', (claim) => {
    const [before, after] = pair(claim);

    expect(before).toBeDefined();
    expect(after).toEqual(before);
  });

  it.for(KEYS)('is right in that this stays: %s', (claim) => {
    const [before, after] = pair(claim);

    expect(Object.keys(after as object)).toEqual(expect.arrayContaining(Object.keys(before as object)));
  });

  it('is right in that other words of a title stay', () => {
    const title = redact(GUARDDUTY_FINDING).Title;

    expect(title).toMatch(/^Unusual console login by redacted-\S+ from the third floor$/);
  });

  it('is right in that titles within a detection stay but for names', () => {
    expect(
      at(redact(GUARDDUTY_FINDING), ['Detection', 'Sequence', 'SequenceIndicators', 0, 'Title']),
    ).toMatch(/^Tactics of redacted-\S+$/);
  });

  it('names nothing in its examples that the finding names', () => {
    expect(JSON.stringify(redact(GUARDDUTY_FINDING))).not.toMatch(
      /acme|jane|Springfield|38\.9034|76\.9882|64496|198\.51\.100\.7|111122223333|pay-invoices|FIN-77/i,
    );
  });

  it('shows what becomes of each', () => {
    expectDocument(DOCUMENT, (text) =>
      [['exchanged', tableOf(EXCHANGED)] as const, ['stays', tableOf(STAYS)] as const].reduce(
        (page, [name, table]) => between(page, name, table),
        text,
      ),
    );
  });
});

function tableOf(claims: readonly Claim[]): string {
  const rows = claims.map((claim) => {
    const [what, path] = claim;
    const [before, after] = pair(claim);
    const name = path.filter((part) => typeof part === 'string').at(-1) ?? '';
    const shown = before === after ? [`\`${before}\``] : [`\`${before}\``, `\`${after}\``];
    return `| ${[what, `\`${name.split('/').slice(-2).join('/')}\``, ...shown].join(' | ')} |`;
  });
  const head = claims === STAYS ? ['what', 'where', 'such as'] : ['what', 'where', 'before', 'after'];
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...rows].join('\n');
}

/** The text with what stands between the two comments of this name replaced. */
function between(text: string, name: string, content: string): string {
  const [before = '', rest = ''] = text.split(`<!-- ${name} -->\n`);
  const [, after = ''] = rest.split(`<!-- /${name} -->`);
  return `${before}<!-- ${name} -->\n${content}\n<!-- /${name} -->${after}`;
}
