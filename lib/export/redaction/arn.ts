import { isAddress } from './address.ts';
import type { Pseudonym } from './pseudonym.ts';

/** Where a name follows: kept, since they say of what kind a resource is. */
const KINDS = new Set(
  `access-point accesspoint alarm alias analyzer api app apis assumed-role autoScalingGroup autoScalingGroupName backup-vault
  build certificate classification-job cluster cluster-snapshot config-rule container-instance containers crawler database db
  deployment detector distribution document domain elastic-ip endpoint event event-bus event-source-mapping federated-user
  file-system filter finding fleet flow-log function gateway group hostedzone identity image index instance
  instance-profile internet-gateway job key key-pair launch-template launchConfiguration layer listener listener-rule
  loadbalancer log-group log-stream managed-instance mfa natgateway net network-acl network-interface nodegroup
  notebook-instance oidc-provider organization ou parameter patchbaseline pipeline pod policy project repository
  reserved-instances restapis role root route-table rule saml-provider secret security-group security-group-rule
  server-certificate service snapshot stack stackset stages state-machine stateMachine stream subgrp subnet table targetgroup task
  task-definition topic trail transit-gateway user userpool volume vpc vpc-endpoint webacl workgroup workspace`.split(
    /\s+/,
  ),
);
/** Their ARNs begin with the name itself. */
const NAMED_AT_ONCE = new Set(['s3', 'sqs', 'sns', 'codecommit', 'codepipeline']);
const STANDARDS = /^(?:product|ruleset|standards|subscription|control|security-control|hub|catalog)$/;
const REGION = /^(?:[a-z]{2,3}(?:-[a-z]+){1,2}-\d{1,2}|global)?$/;
/** Versions, ports and wildcards name nobody. */
const NAMELESS = /^(?:\d{1,5}|\$LATEST|\*|)$/;

/** Some feeds write a colon too many after the partition. */
const ARN = /^(arn:[a-z-]*::?)([^:]*):([^:]*):([^:]*):([\s\S]*)$/;

/**
 * Another ARN: partition, service, Region and kind of resource stay; the account id is exchanged, and each name in the
 * path becomes its pseudonym, as it does wherever else it stands. Security Hub's own paths (products, standards,
 * controls) say nothing of the account and stay. Null for a text that is no ARN.
 */
export function anotherArn(text: string, pseudonym: Pseudonym, depth = 0): string | null {
  const [, head, service = '', region = '', account = '', resource = ''] = ARN.exec(text) ?? [];
  if (head === undefined || !/^[a-z0-9-]*$/.test(service)) return null;
  const owner = account === '' || account === 'aws' ? account : pseudonym(account);
  const place = REGION.test(region) ? region : pseudonym(region);
  return `${head}${service}:${place}:${owner}:${anotherResource({ service, account, resource, depth }, pseudonym)}`;
}

interface Owned {
  readonly service: string;
  readonly account: string;
  readonly resource: string;
  readonly depth: number;
}

/** Access Analyzer and Security Hub name findings by the ARN of something else; deeper than that nobody goes. */
const DEEPEST = 3;

function anotherResource(owned: Owned, pseudonym: Pseudonym): string {
  const { service, account, resource, depth } = owned;
  const nested = resource.indexOf('arn:');
  if (nested >= 0) {
    const inner = resource.slice(nested);
    const outer =
      nested === 0 ? '' : anotherResource({ ...owned, resource: resource.slice(0, nested) }, pseudonym);
    const another = depth < DEEPEST ? anotherArn(inner, pseudonym, depth + 1) : null;
    return outer + (another ?? pseudonym(inner));
  }
  // What AWS itself owns, and root, which every account has.
  if (account === 'aws' || (service === 'iam' && resource === 'root')) return resource;
  if (service === 'securityhub') return anotherHubPath(resource, pseudonym);
  const parts = resource.split(/([/:])/);
  const last = parts.findLastIndex((part) => !/^[/:]?$/.test(part));
  return parts
    .map((part, index) => {
      const isKind = index < last && KINDS.has(part) && !NAMED_AT_ONCE.has(service);
      return index % 2 === 1 || isKind || NAMELESS.test(part) ? part : pseudonym(part);
    })
    .join('');
}

function anotherHubPath(path: string, pseudonym: Pseudonym): string {
  const parts = path.split('/');
  const [head = ''] = parts;
  const finding = parts.indexOf('finding');
  const kept = !STANDARDS.test(head) ? 0 : head === 'product' ? 3 : finding < 0 ? parts.length : finding + 1;
  return parts
    .map((part, index) => {
      const isName = index >= kept && !STANDARDS.test(part) && part !== 'finding' && part !== '';
      const tells = /^\d{12}$/.test(part) || isAddress(part) || !/^[\w.-]*$/.test(part);
      return isName || tells ? pseudonym(part) : part;
    })
    .join('/');
}
