import type { LocalEventSourceMapping, LocalFunctionSpec } from '../assembly/local-resources.ts';
import type { EventSource } from '../event-source/event-source.ts';
import type { Principals } from '../principals.ts';

/** A call that is refused: https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html#API_UpdateEventSourceMapping_Errors */
export interface LambdaRefusal {
  readonly refused: string;
  readonly status: number;
  readonly message: string;
}

/** An EventSourceMappingConfiguration, as far as it is known here. */
export type MappingConfiguration = Readonly<Record<string, unknown>>;

/** The part of Lambda's API by which triage is paused and resumed. */
export interface EventSourceMappings {
  readonly get: (callerArn: string, uuid: string) => MappingConfiguration | LambdaRefusal;
  readonly update: (
    callerArn: string,
    uuid: string,
    request: unknown,
  ) => MappingConfiguration | LambdaRefusal;
  readonly list: (callerArn: string) => MappingConfiguration | LambdaRefusal;
}

export interface EventSourceMappingsOptions {
  readonly mappings: readonly LocalEventSourceMapping[];
  readonly functions: readonly LocalFunctionSpec[];
  readonly principals: Principals;
  /** By logical id. */
  readonly sources: () => ReadonlyMap<string, EventSource>;
  readonly now: () => number;
}

/** Gets, lists, enables and disables event source mappings; other changes are refused, for the template makes them. */
export function createEventSourceMappings(options: EventSourceMappingsOptions): EventSourceMappings {
  const { mappings, functions, principals, sources, now } = options;
  const modifiedAtMs = new Map(mappings.map(({ uuid }) => [uuid, now()]));

  function find(callerArn: string, operation: string, uuid: string): LocalEventSourceMapping | LambdaRefusal {
    const mapping = mappings.find((candidate) => candidate.uuid === uuid);
    const resourceArn = mapping?.arn ?? '*';
    const denied = deny(callerArn, operation, resourceArn, mapping);
    if (denied !== undefined) return denied;
    return mapping ?? refuse('ResourceNotFoundException', 404, 'The resource you requested does not exist.');
  }

  function deny(
    callerArn: string,
    operation: string,
    resourceArn: string,
    mapping?: LocalEventSourceMapping,
  ): LambdaRefusal | undefined {
    const action = `lambda:${operation}`;
    const functionArn = functionOf(mapping)?.arn;
    const conditionKeys: Readonly<Record<string, string>> =
      functionArn === undefined ? {} : { 'lambda:FunctionArn': functionArn };
    if (principals.authorize(callerArn, { action, resourceArn, conditionKeys }) === 'allowed')
      return undefined;
    const message = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resourceArn}`;
    return refuse('AccessDeniedException', 403, message);
  }

  function functionOf(mapping: LocalEventSourceMapping | undefined): LocalFunctionSpec | undefined {
    return functions.find(({ name }) => name === mapping?.functionName);
  }

  function describe(mapping: LocalEventSourceMapping): MappingConfiguration {
    return {
      UUID: mapping.uuid,
      EventSourceMappingArn: mapping.arn,
      EventSourceArn: mapping.queueArn,
      FunctionArn: functionOf(mapping)?.arn,
      BatchSize: mapping.batchSize,
      MaximumBatchingWindowInSeconds: mapping.batchingWindowSeconds,
      ScalingConfig: { MaximumConcurrency: mapping.maxConcurrency },
      FunctionResponseTypes: mapping.reportsBatchItemFailures ? ['ReportBatchItemFailures'] : [],
      State: sources().get(mapping.logicalId)?.enabled() ? 'Enabled' : 'Disabled',
      StateTransitionReason: 'USER_INITIATED',
      LastModified: (modifiedAtMs.get(mapping.uuid) ?? 0) / 1000,
    };
  }

  return {
    get(callerArn, uuid) {
      const mapping = find(callerArn, 'GetEventSourceMapping', uuid);
      return 'refused' in mapping ? mapping : describe(mapping);
    },
    update(callerArn, uuid, request) {
      const mapping = find(callerArn, 'UpdateEventSourceMapping', uuid);
      if ('refused' in mapping) return mapping;
      const { Enabled, ...others } = (request ?? {}) as Readonly<Record<string, unknown>>;
      const [other] = Object.keys(others);
      if (other !== undefined || typeof Enabled !== 'boolean') {
        const wanted = `Here only Enabled can be changed, to true or false${other ? `, not ${other}` : ''}.`;
        return refuse('InvalidParameterValueException', 400, wanted);
      }
      sources().get(mapping.logicalId)?.setEnabled(Enabled);
      modifiedAtMs.set(uuid, now());
      // Lambda takes a moment: its answer names the way, and the next look where it led.
      return { ...describe(mapping), State: Enabled ? 'Enabling' : 'Disabling' };
    },
    list(callerArn) {
      const denied = deny(callerArn, 'ListEventSourceMappings', '*');
      return denied ?? { EventSourceMappings: mappings.map(describe) };
    },
  };
}

function refuse(refused: string, status: number, message: string): LambdaRefusal {
  return { refused, status, message };
}
