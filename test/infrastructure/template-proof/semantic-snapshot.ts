import type { Synthesized } from '../synthesized.ts';

/**
 * What the template means for who may do what, for which events and messages go where, and for what is told to whom:
 * roles with all that is attached to them, queues and their policies, keys and theirs, event rules, event source,
 * alarms, what stays when the stack goes. Names that CDK makes up, assets and texts for people are left out, so that
 * an upgrade of CDK changes nothing here.
 */
export function semanticsOf(stack: Synthesized): object {
  const { resources } = stack;
  const { queues, queuePolicies, eventRules, eventSourceMappings, functions, roles, stateMachines } =
    resources;
  return {
    queues: byName(queues, ({ attributes }) => ({
      attributes,
      policy: queuePolicies.find(({ queueUrls }) =>
        queueUrls.includes(queues.find((queue) => queue.attributes === attributes)?.url ?? ''),
      )?.statements,
    })),
    eventRules: byName(eventRules, ({ enabled, pattern, targets }) => ({ enabled, pattern, targets })),
    schedules: byName(resources.schedules, ({ enabled, expression, targets }) => ({
      enabled,
      expression,
      targets,
    })),
    eventSources: byName(eventSourceMappings, ({ logicalId: _id, ...mapping }) => mapping),
    functions: byName(
      functions,
      ({ logicalId, runtime, handler, timeoutMs, memoryMb, environment, roleArn }) => {
        const { ReservedConcurrentExecutions, LoggingConfig } = partOf(stack, logicalId).properties;
        return {
          ...{ runtime, handler, timeoutMs, memoryMb, environment, roleArn },
          ...{ reserved: ReservedConcurrentExecutions, logging: LoggingConfig },
        };
      },
    ),
    roles: byName(roles, ({ logicalId, trust, statements }) => {
      const { ManagedPolicyArns, Policies } = partOf(stack, logicalId).properties;
      return { trust, statements, managed: ManagedPolicyArns, inline: Policies };
    }),
    policies: partsOf(stack, /^AWS::IAM::(?!Role$)/, ({ properties: { Description: _, ...rest } }) => rest),
    alarms: partsOf(
      stack,
      /^AWS::CloudWatch::Alarm$/,
      ({ properties: { AlarmName: _, AlarmDescription: __, ...rest } }) => rest,
    ),
    keys: partsOf(stack, /^AWS::KMS::/, ({ properties: { Description: _, ...rest }, removal }) => ({
      ...rest,
      removal,
    })),
    logs: partsOf(stack, /^AWS::Logs::LogGroup$/, ({ properties, removal }) => ({ ...properties, removal })),
    buttons: partsOf(stack, /^AWS::SecurityHub::/, ({ properties: { Id } }) => ({ Id })),
    lasting: partsOf(stack, /^AWS::SQS::Queue$/, ({ removal }) => ({ removal })),
    stateMachines: byName(stateMachines, ({ roleArn, tasks }) => ({ roleArn, tasks })),
  };
}

interface Part {
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What becomes of it with the stack, and where another takes its place. */
  readonly removal: unknown;
}

function partOf(stack: Synthesized, logicalId: string): Part {
  const {
    Properties = {},
    DeletionPolicy,
    UpdateReplacePolicy,
  } = stack.template.toJSON().Resources[logicalId];
  const properties = stack.resolve(Properties) as Part['properties'];
  return { logicalId, properties, removal: [DeletionPolicy, UpdateReplacePolicy] };
}

function partsOf(stack: Synthesized, type: RegExp, meaning: (part: Part) => object): Record<string, object> {
  const resources = Object.entries<{ readonly Type: string }>(stack.template.toJSON().Resources);
  const ids = resources.filter(([, { Type }]) => type.test(Type)).map(([logicalId]) => logicalId);
  return byName(
    ids.map((logicalId) => partOf(stack, logicalId)),
    meaning,
  );
}

/** Keyed by logical id without CDK's hash, in the order of the alphabet. */
function byName<T extends { readonly logicalId: string }>(
  items: readonly T[],
  meaning: (item: T) => object,
): Record<string, object> {
  return Object.fromEntries(
    items
      .map((item) => [item.logicalId.replace(/[0-9A-F]{8}$/, ''), meaning(item)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
