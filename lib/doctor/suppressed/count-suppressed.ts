import { callPaced, type Pace } from '../../../lambdas/triage/paced-call.ts';
import type { FindingSource } from '../../export/finding-source.ts';
import type { Finding } from '../../findings/finding.ts';
import { filtersFor } from '../../findings/finding-filters.ts';
import type { Answer } from '../account/answer.ts';
import type { Suppressor } from './suppressor.ts';

/** Suppressed findings by who suppressed them. */
export interface SuppressedCount {
  readonly findings: number;
  /** Whether there are more that were not looked at. */
  readonly isPart: boolean;
  /** Most findings first. */
  readonly by: readonly (Suppressor & { readonly findings: number; readonly example: string })[];
}

/** Pages of a hundred findings that are looked at unless all are asked for. */
export const DEFAULT_PAGES = 10;

/**
 * Counts active suppressed findings page by page, within the quota of GetFindings.
 *
 * @param mostPages pages of a hundred findings, after which it ends
 */
export async function countSuppressed(
  { source, pace, nowMs }: { readonly source: FindingSource; readonly pace: Pace; readonly nowMs: number },
  suppressorOf: (finding: Finding) => Suppressor,
  mostPages: number,
  onPage: (findings: number) => void,
): Promise<Answer<SuppressedCount>> {
  const filters = filtersFor({ workflow: ['SUPPRESSED'], recordState: ['ACTIVE'] }, nowMs);
  const counts = new Map<string, SuppressedCount['by'][number]>();
  let [findings, page] = [0, 0];
  let token: string | null = null;
  do {
    const answer = await callPaced(() => source.page(filters, token), pace);
    if (answer.kind !== 'answered')
      return {
        kind: 'unanswered',
        failed: { action: 'securityhub:GetFindings', resource: 'the hub', failure: answer },
      };
    for (const finding of answer.reply.findings) {
      const by = suppressorOf(finding);
      const key = JSON.stringify([by.kind, by.name]);
      const before = counts.get(key) ?? { ...by, findings: 0, example: finding.Id };
      counts.set(key, { ...before, findings: before.findings + 1 });
    }
    findings += answer.reply.findings.length;
    token = answer.reply.nextToken;
    page += 1;
    onPage(findings);
  } while (token !== null && page < mostPages);
  const by = [...counts.values()].sort(
    (one, other) => other.findings - one.findings || (one.name < other.name ? -1 : 1),
  );
  return { kind: 'answered', value: { findings, isPart: token !== null, by } };
}
