import { AssemblyError } from './assembly-error.ts';
import type { SynthesizedStack } from './cloud-assembly.ts';
import type { Deployment } from './deployment.ts';
import { resolveCondition, resolveIntrinsics, type Scope } from './intrinsics.ts';
import { NAMING_PROPERTIES, type PhysicalResource, physicalResource } from './physical-names.ts';
import { isRecord } from './property-values.ts';

/** What the references of one stack's template mean in a deployment. */
export function templateScope(stack: SynthesizedStack, to: Deployment): Scope {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': to.accountId,
    'AWS::Region': to.region,
    'AWS::Partition': to.partition,
    'AWS::URLSuffix': to.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:${to.partition}:cloudformation:${to.region}:${to.accountId}:stack/${stack.name}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': undefined,
  };
  const scope: Scope = {
    ref(id) {
      if (Object.hasOwn(pseudo, id)) {
        return pseudo[id];
      }
      return Object.hasOwn(stack.parameters, id) ? parameterDefault(stack, id) : physical(id).ref;
    },
    getAtt(id, attribute) {
      const value = physical(id).attributes[attribute];
      if (value === undefined) {
        throw new AssemblyError(`${id}: the local account does not know its attribute ${attribute}.`);
      }
      return value;
    },
    condition(name) {
      if (!Object.hasOwn(stack.conditions, name)) {
        throw new AssemblyError(`The template has no condition ${name}.`);
      }
      return resolveCondition(stack.conditions[name], scope);
    },
    findInMap(map, first, second) {
      const table = stack.mappings[map];
      const row = isRecord(table) ? table[first] : undefined;
      const value = isRecord(row) ? row[second] : undefined;
      if (value === undefined) {
        throw new AssemblyError(`The template's mapping ${map} has no ${first}.${second}.`);
      }
      return value;
    },
  };
  function physical(id: string): PhysicalResource {
    const resource = stack.resources.get(id);
    if (resource === undefined) {
      throw new AssemblyError(`The template refers to ${id}, which it does not hold.`);
    }
    // Names are resolved alone: whole properties may refer back to this very resource.
    const naming = Object.fromEntries(
      NAMING_PROPERTIES.filter((name) => Object.hasOwn(resource.Properties, name)).map((name) => [
        name,
        resolveIntrinsics(resource.Properties[name], scope),
      ]),
    );
    const found = physicalResource(stack.name, id, resource, naming, to);
    if (found === undefined) {
      throw new AssemblyError(`${id}: the local account cannot name a resource of type ${resource.Type}.`);
    }
    return found;
  }
  return scope;
}

function parameterDefault(stack: SynthesizedStack, id: string): unknown {
  const parameter = stack.parameters[id];
  if (!isRecord(parameter) || parameter.Default === undefined) {
    throw new AssemblyError(`${id}: the parameter has no default, so the local account has no value for it.`);
  }
  return parameter.Default;
}
