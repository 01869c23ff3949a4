import { readActionTarget } from './action-targets.ts';
import { readAlarm } from './alarms.ts';
import { AssemblyError } from './assembly-error.ts';
import type { SynthesizedStack } from './cloud-assembly.ts';
import type { Deployment } from './deployment.ts';
import { readEventBus } from './event-buses.ts';
import { readEventRule } from './event-rules.ts';
import { readEventSourceMapping } from './event-source-mappings.ts';
import { readFunction } from './functions.ts';
import { resolveIntrinsics, type Scope } from './intrinsics.ts';
import type { IgnoredResource, LocalResources } from './local-resources.ts';
import type { Properties } from './property-values.ts';
import { readQueue, readQueuePolicy } from './queues.ts';
import type { Ignored, ResolvedResource } from './resolved-resource.ts';
import { rolesOf } from './roles.ts';
import { isSchedule, readSchedule } from './schedules.ts';
import { readStack } from './stacks.ts';
import { readStateMachine } from './state-machines.ts';
import { templateScope } from './template-scope.ts';

/**
 * The concrete resources of synthesized stacks in one deployment. Types the local account does not act out are
 * listed as ignored and never resolved; in the others a reference that cannot be resolved throws AssemblyError
 * naming the logical id.
 */
export function resolveResources(stacks: readonly SynthesizedStack[], to: Deployment): LocalResources {
  const resolved: ResolvedResource[] = [];
  const ignored: IgnoredResource[] = [];
  for (const stack of stacks) {
    const scope = templateScope(stack, to);
    for (const [logicalId, resource] of stack.resources) {
      if (resource.Condition !== undefined && !scope.condition(resource.Condition)) {
        continue;
      }
      if (ACTED_OUT.has(resource.Type)) {
        resolved.push({
          logicalId,
          type: resource.Type,
          properties: propertiesOf(logicalId, resource.Properties, scope),
          // Policies have no identity that anything refers to.
          ref: NAMELESS.has(resource.Type) ? logicalId : String(scope.ref(logicalId)),
          attribute: (name) => String(scope.getAtt(logicalId, name)),
          assets: stack.assets,
        });
      } else {
        ignored.push({ logicalId, type: resource.Type, reason: 'not acted out by the local account' });
      }
    }
  }
  const read = readerOf(resolved, ignored);
  return {
    queues: read('AWS::SQS::Queue', readQueue),
    queuePolicies: read('AWS::SQS::QueuePolicy', readQueuePolicy),
    eventBuses: read('AWS::Events::EventBus', readEventBus),
    eventRules: read('AWS::Events::Rule', readEventRule, (rule) => !isSchedule(rule)),
    schedules: read('AWS::Events::Rule', readSchedule, isSchedule),
    functions: read('AWS::Lambda::Function', readFunction),
    eventSourceMappings: read('AWS::Lambda::EventSourceMapping', readEventSourceMapping),
    alarms: read('AWS::CloudWatch::Alarm', readAlarm),
    stateMachines: read('AWS::StepFunctions::StateMachine', readStateMachine),
    roles: rolesOf(resolved, ignored),
    actionTargets: read('AWS::SecurityHub::ActionTarget', readActionTarget),
    stacks: stacks.map((stack) => readStack(stack, templateScope(stack, to), ignored)),
    ignored,
  };
}

const NAMELESS: ReadonlySet<string> = new Set([
  'AWS::SQS::QueuePolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
]);

const ACTED_OUT: ReadonlySet<string> = new Set([
  ...NAMELESS,
  'AWS::SQS::Queue',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::IAM::Role',
  'AWS::IAM::ManagedPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::StepFunctions::StateMachine',
  'AWS::SecurityHub::ActionTarget',
]);

function propertiesOf(logicalId: string, properties: Properties, scope: Scope): Properties {
  try {
    return resolveIntrinsics(properties, scope) as Properties;
  } catch (cause) {
    if (cause instanceof AssemblyError) {
      throw new AssemblyError(`${logicalId}: ${cause.message}`, { cause });
    }
    throw cause;
  }
}

function readerOf(resolved: readonly ResolvedResource[], ignored: IgnoredResource[]) {
  return <T extends object>(
    type: string,
    read: (resource: ResolvedResource) => T | Ignored,
    isMeant: (resource: ResolvedResource) => boolean = () => true,
  ): readonly T[] =>
    resolved
      .filter((resource) => resource.type === type && isMeant(resource))
      .flatMap((resource) => {
        const result = read(resource);
        if ('ignored' in result) {
          ignored.push({ logicalId: resource.logicalId, type, reason: result.ignored });
          return [];
        }
        return [result];
      });
}
