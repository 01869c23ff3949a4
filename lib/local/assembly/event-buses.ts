import type { LocalEventBus } from './local-resources.ts';
import type { ResolvedResource } from './resolved-resource.ts';

/** An event bus of the app's own. */
export function readEventBus(resource: ResolvedResource): LocalEventBus {
  return { logicalId: resource.logicalId, name: resource.ref, arn: resource.attribute('Arn') };
}
