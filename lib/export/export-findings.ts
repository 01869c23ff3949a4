import type { CallFailure } from '../../lambdas/triage/call-failure.ts';
import { callPaced, type Pace } from '../../lambdas/triage/paced-call.ts';
import type { Finding } from '../findings/finding.ts';
import { type Filters, filtersFrom } from '../findings/finding-filters.ts';
import type { FindingSource } from './finding-source.ts';
import type { SeenFindings } from './seen-findings.ts';

/** Where an export stands between two pages. */
export interface Position {
  readonly window: Filters;
  readonly nextToken: string | null;
  readonly findings: number;
  readonly lastUpdatedMs: number | null;
}

export interface ExportJob {
  readonly filters: Filters;
  readonly from: Position;
  readonly source: FindingSource;
  readonly pace: Pace;
  /** Made of each finding before it leaves this process, and before it is compared with those that came. */
  readonly change: (finding: Finding) => Finding;
  readonly seen: SeenFindings;
  /** Makes a page durable together with where the export stands after it. False: nobody listens any more. */
  readonly keep: (findings: readonly Finding[], position: Position) => Promise<boolean>;
}

export interface ExportResult {
  /** Distinct findings, those of earlier runs included. */
  readonly findings: number;
  /** Findings that came again and were left out: they had changed, or the query began anew. */
  readonly repeated: number;
  readonly restarts: number;
  /** What ended it before its time. */
  readonly failure: CallFailure | null;
}

/** After as many refused tokens in a row, with none accepted between, it is not their age. */
const MOST_REFUSED_TOKENS = 3;
/** Times four attempts with growing pauses: some minutes of outage. */
const PATIENCE = 5;

/**
 * Reads all findings that pass the filters, each once, page by page. A token that Security Hub refuses has expired: the
 * query then begins anew, a day before the last change that was read, and what came already is left out.
 */
export async function exportFindings(job: ExportJob): Promise<ExportResult> {
  let position = job.from;
  let [repeated, restarts, refusedTokens] = [0, 0, 0];
  const result = (failure: CallFailure | null): ExportResult => ({
    findings: position.findings,
    repeated,
    restarts,
    failure,
  });

  for (;;) {
    const answer = await readPage(position, job);
    if (answer.kind === 'refused' && position.nextToken !== null && refusedTokens < MOST_REFUSED_TOKENS) {
      refusedTokens += 1;
      restarts += 1;
      const window = filtersFrom(job.filters, position.lastUpdatedMs, job.pace.clock.nowMs());
      position = { ...position, window, nextToken: null };
      continue;
    }
    if (answer.kind !== 'answered') return result(answer);
    if (position.nextToken !== null) refusedTokens = 0;
    const { findings, nextToken } = answer.reply;
    const changed = findings.map(job.change);
    const fresh = changed.filter((finding) => job.seen.add(finding));
    repeated += changed.length - fresh.length;
    position = {
      window: position.window,
      nextToken,
      findings: position.findings + fresh.length,
      lastUpdatedMs: latest(position.lastUpdatedMs, findings),
    };
    const isHeard = await job.keep(fresh, position);
    if (nextToken === null || !isHeard) return result(null);
  }
}

async function readPage({ window, nextToken }: Position, { source, pace }: ExportJob) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await callPaced(() => source.page(window, nextToken), pace);
    const isPassing = answer.kind === 'throttled' || answer.kind === 'unavailable';
    if (!isPassing || attempt === PATIENCE) return answer;
  }
}

function latest(earlierMs: number | null, findings: readonly Finding[]): number | null {
  const times = findings.map(({ UpdatedAt }) => Date.parse(String(UpdatedAt))).filter(Number.isFinite);
  return times.reduce<number | null>((last, ms) => (last === null || ms > last ? ms : last), earlierMs);
}
