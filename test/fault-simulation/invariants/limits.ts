import type { FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { Invariant } from './invariant.ts';

export const limits: Invariant = {
  id: 'I9',
  name: 'limits',
  says: 'A call names 1 to 100 findings, each once; no service finds fault with what it is sent; no call is waited for longer than ten seconds, and no invocation runs into its timeout.',
  watch: (_world, { holds }) => ({
    onCall({ operation, request }) {
      if (operation !== 'BatchUpdateFindings') return;
      const identifiers = request.FindingIdentifiers as readonly FindingIdentifier[];
      const distinct = new Set(identifiers.map(findingKey)).size;
      holds(
        identifiers.length >= 1 && identifiers.length <= 100,
        () => `a call names ${identifiers.length} findings`,
      );
      holds(
        distinct === identifiers.length,
        () => `a call names ${distinct} findings ${identifiers.length} times`,
      );
    },
    onTimedOut({ number }) {
      holds(false, () => `invocation ${number} had to be stopped`);
    },
    onWaiting(operation) {
      holds(false, () => `${operation} is waited for longer than ten seconds`);
    },
    onRefused({ operation, code, message, expected }) {
      if (code !== 'AccessDeniedException')
        holds(expected, () => `${operation} was refused: ${code}: ${message}`);
    },
  }),
};
