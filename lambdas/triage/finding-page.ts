import type { Finding } from '../../lib/findings/finding.ts';
import { isIdentifier } from './identifier.ts';

/** One page of what GetFindings answered. */
export interface FindingPage {
  readonly findings: readonly Finding[];
  readonly nextToken: string | null;
}

/**
 * Reads a reply of GetFindings. Throws where it has no list of findings, which the model requires: a service that
 * answers 200 with nothing has said nothing, least of all that the findings are gone.
 */
export function pageOf(reply: {
  readonly Findings?: unknown;
  readonly NextToken?: string | undefined;
}): FindingPage {
  if (!Array.isArray(reply.Findings))
    throw Object.assign(new Error('GetFindings answered without a list of findings'), {
      name: 'IncompleteReply',
    });
  return { findings: reply.Findings.filter(isFinding), nextToken: reply.NextToken ?? null };
}

/** Members are read through type checks wherever they are used, so the SDK's types are let go here. */
function isFinding(value: unknown): value is Finding {
  return isIdentifier(value);
}
