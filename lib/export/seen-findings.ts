import { createHash } from 'node:crypto';
import type { FindingIdentifier } from '../findings/finding.ts';
import { findingKey } from '../findings/finding-key.ts';

/** The findings that were exported, so that none is twice. A million take about 100 MB. */
export interface SeenFindings {
  /** False where it was there before. */
  readonly add: (identifier: FindingIdentifier) => boolean;
}

export function createSeenFindings(): SeenFindings {
  // 72 bits: among a billion findings two alike are one in ten thousand.
  const digests = new Set<string>();
  return {
    add(identifier) {
      const before = digests.size;
      digests.add(createHash('sha256').update(findingKey(identifier)).digest('base64').slice(0, 12));
      return digests.size > before;
    },
  };
}
