import type { FindingIdentifier } from '../findings/finding.ts';
import type { LocalActionTarget } from './assembly/local-resources.ts';
import type { SecurityHub } from './security-hub/contract.ts';

/** Presses a custom action of the app, by its id, on findings; throws where there is no such action or finding. */
export function pressOn(
  hub: SecurityHub,
  actions: readonly LocalActionTarget[],
): (actionId: string, identifiers: readonly FindingIdentifier[]) => void {
  return (actionId, identifiers) => {
    const action = actions.find(({ id }) => id === actionId);
    if (action === undefined) throw new Error(`The app has no custom action "${actionId}".`);
    for (const identifier of identifiers)
      if (!hub.press(action, identifier)) throw new Error(`Security Hub has no finding "${identifier.Id}".`);
  };
}
