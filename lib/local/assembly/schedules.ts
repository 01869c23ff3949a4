import { AssemblyError } from './assembly-error.ts';
import type { LocalSchedule } from './local-resources.ts';
import { listOfRecords, optionalText, requiredText } from './property-values.ts';
import type { ResolvedResource } from './resolved-resource.ts';

/** Whether a rule fires by the clock; one with an event pattern is for readEventRule. */
export function isSchedule({ properties }: ResolvedResource): boolean {
  return properties.ScheduleExpression !== undefined;
}

export function readSchedule(resource: ResolvedResource): LocalSchedule {
  const { logicalId, properties } = resource;
  return {
    logicalId,
    name: resource.ref,
    arn: resource.attribute('Arn'),
    enabled: (optionalText(logicalId, properties, 'State') ?? 'ENABLED') !== 'DISABLED',
    expression: requiredText(logicalId, properties, 'ScheduleExpression'),
    targets: listOfRecords(logicalId, properties, 'Targets').map((target) => {
      const roleArn = optionalText(logicalId, target, 'RoleArn');
      return {
        id: requiredText(logicalId, target, 'Id'),
        arn: requiredText(logicalId, target, 'Arn'),
        ...(roleArn !== undefined && { roleArn }),
        input: inputOf(logicalId, optionalText(logicalId, target, 'Input')),
      };
    }),
  };
}

function inputOf(logicalId: string, text: string | undefined): unknown {
  if (text === undefined)
    throw new AssemblyError(`${logicalId}: its target gets an event of the schedule, not an Input.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AssemblyError(`${logicalId}: the Input of its target is no JSON.`, { cause });
  }
}
