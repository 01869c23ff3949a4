import { createHash } from 'node:crypto';
import type { TemplateResource } from './cloud-assembly.ts';
import type { Deployment } from './deployment.ts';

/** What one resource is called once deployed. */
export interface PhysicalResource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Naming {
  /** The property that names the resource, and the longest name the service takes. */
  readonly nameProperty: string;
  readonly maxLength: number;
  readonly physical: (
    name: string,
    to: Deployment,
    properties: Readonly<Record<string, unknown>>,
  ) => PhysicalResource;
}

/**
 * The physical name and attributes of a resource: its own name, else `<stack>-<logical id>` (deployed, a random
 * suffix follows). undefined for a type whose identifiers are not known here.
 */
export function physicalResource(
  stackName: string,
  logicalId: string,
  resource: TemplateResource,
  properties: Readonly<Record<string, unknown>>,
  to: Deployment,
): PhysicalResource | undefined {
  const naming = NAMINGS.get(resource.Type);
  if (naming === undefined) {
    return undefined;
  }
  const given = properties[naming.nameProperty];
  const name = typeof given === 'string' ? given : cut(`${stackName}-${logicalId}`, naming.maxLength);
  return naming.physical(name, to, properties);
}

const NAMINGS: ReadonlyMap<string, Naming> = new Map([
  ['AWS::SQS::Queue', { nameProperty: 'QueueName', maxLength: 80, physical: queue }],
  ['AWS::SNS::Topic', { nameProperty: 'TopicName', maxLength: 256, physical: topic }],
  ['AWS::Lambda::Function', { nameProperty: 'FunctionName', maxLength: 64, physical: lambdaFunction }],
  ['AWS::Lambda::EventSourceMapping', { nameProperty: '', maxLength: 256, physical: mapping }],
  ['AWS::Events::EventBus', { nameProperty: 'Name', maxLength: 256, physical: eventBus }],
  ['AWS::Events::Rule', { nameProperty: 'Name', maxLength: 64, physical: eventRule }],
  ['AWS::IAM::Role', { nameProperty: 'RoleName', maxLength: 64, physical: role }],
  ['AWS::IAM::ManagedPolicy', { nameProperty: 'ManagedPolicyName', maxLength: 128, physical: managedPolicy }],
  ['AWS::Logs::LogGroup', { nameProperty: 'LogGroupName', maxLength: 512, physical: logGroup }],
  ['AWS::CloudWatch::Alarm', { nameProperty: 'AlarmName', maxLength: 255, physical: alarm }],
  ['AWS::KMS::Key', { nameProperty: '', maxLength: 256, physical: key }],
  ['AWS::SecurityHub::ActionTarget', { nameProperty: 'Id', maxLength: 20, physical: actionTarget }],
  [
    'AWS::StepFunctions::StateMachine',
    { nameProperty: 'StateMachineName', maxLength: 80, physical: stateMachine },
  ],
]);

/** Every property a physical name is made of. */
export const NAMING_PROPERTIES: readonly string[] = [
  ...new Set([...NAMINGS.values()].map((naming) => naming.nameProperty)),
  'Path',
];

function queue(name: string, to: Deployment): PhysicalResource {
  const url = to.queueUrl(name);
  return { ref: url, attributes: { Arn: arn(to, 'sqs', name), QueueName: name, QueueUrl: url } };
}

function topic(name: string, to: Deployment): PhysicalResource {
  const topicArn = arn(to, 'sns', name);
  return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
}

function lambdaFunction(name: string, to: Deployment): PhysicalResource {
  return { ref: name, attributes: { Arn: arn(to, 'lambda', `function:${name}`) } };
}

function mapping(name: string, to: Deployment): PhysicalResource {
  const id = uuidOf(name);
  return {
    ref: id,
    attributes: { Id: id, EventSourceMappingArn: arn(to, 'lambda', `event-source-mapping:${id}`) },
  };
}

function eventBus(name: string, to: Deployment): PhysicalResource {
  return { ref: name, attributes: { Arn: arn(to, 'events', `event-bus/${name}`), Name: name } };
}

function eventRule(name: string, to: Deployment): PhysicalResource {
  return { ref: name, attributes: { Arn: arn(to, 'events', `rule/${name}`) } };
}

function role(name: string, to: Deployment, properties: Readonly<Record<string, unknown>>): PhysicalResource {
  const path = typeof properties.Path === 'string' ? properties.Path : '/';
  return {
    ref: name,
    attributes: {
      Arn: `arn:${to.partition}:iam::${to.accountId}:role${path}${name}`,
      RoleId: `AROA${digest(name, 17)}`,
    },
  };
}

function managedPolicy(
  name: string,
  to: Deployment,
  properties: Readonly<Record<string, unknown>>,
): PhysicalResource {
  const path = typeof properties.Path === 'string' ? properties.Path : '/';
  const policyArn = `arn:${to.partition}:iam::${to.accountId}:policy${path}${name}`;
  return { ref: policyArn, attributes: { PolicyArn: policyArn } };
}

function logGroup(name: string, to: Deployment): PhysicalResource {
  return { ref: name, attributes: { Arn: arn(to, 'logs', `log-group:${name}:*`) } };
}

function alarm(name: string, to: Deployment): PhysicalResource {
  return { ref: name, attributes: { Arn: arn(to, 'cloudwatch', `alarm:${name}`) } };
}

function key(name: string, to: Deployment): PhysicalResource {
  const id = uuidOf(name);
  return { ref: id, attributes: { KeyId: id, Arn: arn(to, 'kms', `key/${id}`) } };
}

function actionTarget(id: string, to: Deployment): PhysicalResource {
  const actionArn = arn(to, 'securityhub', `action/custom/${id}`);
  return { ref: actionArn, attributes: { ActionTargetArn: actionArn } };
}

function stateMachine(name: string, to: Deployment): PhysicalResource {
  const machineArn = arn(to, 'states', `stateMachine:${name}`);
  return { ref: machineArn, attributes: { Arn: machineArn, Name: name } };
}

function arn(to: Deployment, service: string, resource: string): string {
  return `arn:${to.partition}:${service}:${to.region}:${to.accountId}:${resource}`;
}

/** Too long a name keeps its end, where CDK puts the hash that tells resources apart. */
function cut(name: string, maxLength: number): string {
  return name.length <= maxLength ? name : `${name.slice(0, maxLength - 21)}-${name.slice(-20)}`;
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function digest(name: string, length: number): string {
  return createHash('sha256').update(name).digest('hex').toUpperCase().slice(0, length);
}
