import type { LocalActionTarget } from './local-resources.ts';
import { requiredText } from './property-values.ts';
import type { ResolvedResource } from './resolved-resource.ts';

/** A custom action of Security Hub: a button in its console. */
export function readActionTarget(resource: ResolvedResource): LocalActionTarget {
  const { logicalId, properties } = resource;
  return {
    logicalId,
    arn: resource.ref,
    id: requiredText(logicalId, properties, 'Id'),
    name: requiredText(logicalId, properties, 'Name'),
    description: requiredText(logicalId, properties, 'Description'),
  };
}
