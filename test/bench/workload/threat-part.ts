import type { ProductPart } from './product-part.ts';
import type { Situation } from './situation.ts';

const THREATS = [
  ['TTPs/Discovery/Recon:EC2-Portscan', 'Instance scans ports of a remote host'],
  ['TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce', 'Someone guesses passwords of SSH'],
  ['TTPs/Discovery/Recon:EC2-PortProbeUnprotectedPort', 'An unprotected port is probed'],
  ['TTPs/Command and Control/Backdoor:EC2-C&CActivity.B', 'Instance talks to a known command server'],
  ['TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled', 'Trail was stopped'],
  ['Effects/Resource Consumption/CryptoCurrency:EC2-BitcoinTool.B!DNS', 'Instance looks up a mining pool'],
] as const;

const service = 'aws/guardduty/service';
const remote = `${service}/action/networkConnectionAction/remoteIpDetails`;

/** A GuardDuty threat, flattened into product fields as the integration writes it. */
export function threatPart({ account, region, uuid, severity, random, ...rest }: Situation): ProductPart {
  const [type, title] = random.pick(THREATS);
  const detector = `arn:aws:guardduty:${region}:${account}:detector/${account}beef${region.length}`;
  return {
    id: `${detector}/finding/${uuid.replaceAll('-', '')}`,
    productPath: 'aws/guardduty',
    company: 'Amazon',
    generatorId: detector,
    types: [type],
    originalSeverity: String(Math.max(1, severity.normalized / 10)),
    title,
    description: `${title}: the host ${rest.name} took part in it several times within a short while.`,
    remediation: 'Look at what the host runs; isolate it if nobody can tell why it does this.',
    url: `https://${region}.console.aws.amazon.com/guardduty/home?region=${region}#/findings?fId=${uuid}`,
    productFields: {
      [`${service}/serviceName`]: 'guardduty',
      [`${service}/archived`]: 'false',
      [`${service}/count`]: String(1 + random.int(60)),
      [`${service}/eventFirstSeen`]: rest.createdAt,
      [`${service}/eventLastSeen`]: rest.updatedAt,
      [`${service}/action/actionType`]: 'NETWORK_CONNECTION',
      [`${service}/action/networkConnectionAction/connectionDirection`]: random.pick(['INBOUND', 'OUTBOUND']),
      [`${service}/action/networkConnectionAction/protocol`]: 'TCP',
      [`${service}/action/networkConnectionAction/blocked`]: 'false',
      [`${service}/action/networkConnectionAction/localPortDetails/port`]: random.pick(['22', '443', '3389']),
      [`${remote}/ipAddressV4`]: `198.51.100.${random.int(256)}`,
      [`${remote}/country/countryName`]: 'Example Land',
      [`${remote}/organization/asn`]: String(64_496 + random.int(15)),
      [`${remote}/organization/asnOrg`]: 'Example Networks',
      [`${service}/resourceRole`]: random.pick(['ACTOR', 'TARGET']),
    },
  };
}

/** A Macie sensitive data finding. */
export function sensitiveDataPart({ account, region, uuid, name, random }: Situation): ProductPart {
  const job = uuid.replaceAll('-', '');
  return {
    id: job,
    productPath: 'aws/macie',
    company: 'Amazon',
    generatorId: 'aws/macie',
    types: [
      `Sensitive Data Identifications/${random.pick(['PII', 'Passwords', 'Financial'])}/SensitiveData:S3Object`,
    ],
    title: 'Object holds sensitive data',
    description: `An object of the bucket ${name} holds what looks like personal data or credentials.`,
    remediation:
      'Find out who put it there; encrypt it, move it, or delete it, and look at who could read it.',
    url: `https://${region}.console.aws.amazon.com/macie/home?region=${region}#findings?itemId=${job}`,
    productFields: { JobArn: `arn:aws:macie2:${region}:${account}:classification-job/${job}`, JobId: job },
  };
}

/** An IAM Access Analyzer finding of external access. */
export function accessPart({ account, region, uuid, resourceId }: Situation): ProductPart {
  return {
    id: `arn:aws:access-analyzer:${region}:${account}:analyzer/organization/${resourceId}`,
    productPath: 'aws/access-analyzer',
    company: 'AWS',
    generatorId: 'aws/access-analyzer',
    types: ['Effects/Data Exposure/External Access Granted'],
    title: 'Resource can be reached from outside the organization',
    description: 'The policy of the resource lets a principal outside the zone of trust act on it.',
    remediation: 'Remove the statement that grants the access if it is not intended.',
    url: `https://console.aws.amazon.com/access-analyzer/home?region=${region}#/findings/details/${uuid}`,
    productFields: {},
  };
}

/** A scanner of another company, through its integration. */
export function thirdPartyPart({ account, subject, uuid, random }: Situation): ProductPart {
  const company = subject.product;
  const check = `${company.toLowerCase()}-check_${random.int(200)}`;
  return {
    id: `${check}/${account}/${uuid}`,
    productPath: `${company.toLowerCase()}/${company.toLowerCase()}`,
    company,
    generatorId: check,
    title: check,
    description: 'The scanner found a setting that its policy does not allow on this resource.',
    remediation: 'Follow the steps in the documentation of the check.',
    url: `https://hub.example.com/checks/${check}`,
    productFields: { ProviderName: company, ProviderVersion: '5.10.0', ResourceName: uuid.slice(0, 12) },
    members: { Compliance: { Status: 'FAILED', AssociatedStandards: [{ StandardsId: 'CIS-3-0' }] } },
  };
}
