import { AssemblyError } from './assembly-error.ts';
import type { LocalEventRule, LocalEventTarget } from './local-resources.ts';
import {
  listOfRecords,
  optionalNumber,
  optionalText,
  type Properties,
  recordOf,
  requiredText,
} from './property-values.ts';
import type { Ignored, ResolvedResource } from './resolved-resource.ts';

/** An event rule of the default bus, the only one that carries service events; schedules are read as such. */
export function readEventRule(resource: ResolvedResource): LocalEventRule | Ignored {
  const { logicalId, properties } = resource;
  const bus = optionalText(logicalId, properties, 'EventBusName') ?? 'default';
  if (bus !== 'default') {
    return { ignored: `a rule of the bus ${bus}; Security Hub's events go to the default bus only` };
  }
  return {
    logicalId,
    name: resource.ref,
    arn: resource.attribute('Arn'),
    enabled: (optionalText(logicalId, properties, 'State') ?? 'ENABLED') !== 'DISABLED',
    pattern: recordOf(logicalId, properties, 'EventPattern'),
    targets: listOfRecords(logicalId, properties, 'Targets').map((target) => readTarget(logicalId, target)),
  };
}

/** Default retries. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const DEFAULT_MAX_RETRY_ATTEMPTS = 185;
const DEFAULT_MAX_EVENT_AGE_SECONDS = 86_400;

function readTarget(logicalId: string, target: Properties): LocalEventTarget {
  const transformation = ['Input', 'InputPath', 'InputTransformer'].find(
    (name) => target[name] !== undefined,
  );
  if (transformation !== undefined) {
    throw new AssemblyError(
      `${logicalId}: the local account delivers whole events, the target has ${transformation}.`,
    );
  }
  const retry = recordOf(logicalId, target, 'RetryPolicy');
  const deadLetterArn = optionalText(logicalId, recordOf(logicalId, target, 'DeadLetterConfig'), 'Arn');
  const roleArn = optionalText(logicalId, target, 'RoleArn');
  return {
    id: requiredText(logicalId, target, 'Id'),
    arn: requiredText(logicalId, target, 'Arn'),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    ...(roleArn === undefined ? {} : { roleArn }),
    maxRetryAttempts: optionalNumber(logicalId, retry, 'MaximumRetryAttempts') ?? DEFAULT_MAX_RETRY_ATTEMPTS,
    maxEventAgeSeconds:
      optionalNumber(logicalId, retry, 'MaximumEventAgeInSeconds') ?? DEFAULT_MAX_EVENT_AGE_SECONDS,
  };
}
