import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { FaultKind } from './catalogue.ts';
import type { Injector } from './injector.ts';

/** Over at the next attempt. */
const PASSING: readonly (readonly [FaultKind, string])[] = [
  ['concurrentUpdate', 'ConcurrentUpdateError'],
  ['internalFailure', 'InternalFailure'],
  ['findingNotFound', 'FindingNotFound'],
];
/** The same at every attempt, for as long as faults last. */
const LASTING: readonly (readonly [FaultKind, string])[] = [
  ['invalidInput', 'InvalidInput'],
  ['sizeExceeded', 'FindingSizeExceeded'],
  ['unknownCode', 'SomethingNew'],
];

export interface FindingFaults {
  /** The code under which this identifier is to come back from this call, if any. */
  readonly codeFor: (finding: FindingIdentifier) => string | undefined;
  /** Whether a call with these identifiers is refused whole, for one that is poisoned. */
  readonly poisons: (findings: readonly FindingIdentifier[]) => boolean;
}

/** What is wrong with single findings: for once, or for as long as faults last; `poisoned` holds of which it was drawn. */
export function createFindingFaults(faults: Injector, poisoned: Map<string, boolean>): FindingFaults {
  const lasting = new Map<string, string | undefined>();
  const strike = (codes: typeof PASSING, { Id }: FindingIdentifier) =>
    codes.find(([kind]) => faults.strikes(kind, Id))?.[1];
  return {
    codeFor: (finding) => {
      if (faults.stopped()) return undefined;
      const key = findingKey(finding);
      if (!lasting.has(key)) lasting.set(key, strike(LASTING, finding));
      return lasting.get(key) ?? strike(PASSING, finding);
    },
    poisons: (findings) =>
      !faults.stopped() &&
      findings.filter((finding) => {
        const key = findingKey(finding);
        const known = poisoned.get(key) ?? faults.strikes('poison', finding.Id);
        poisoned.set(key, known);
        return known;
      }).length > 0,
  };
}
