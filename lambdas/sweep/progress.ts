import { FILTER_LIMITS, type Filters } from '../../lib/findings/finding-filters.ts';

/** What an execution of the sweep is started with; the schedule asks for nothing in particular. */
export interface SweepRequest {
  /** AwsSecurityFindingFilters; without them every active finding is read. */
  readonly filters?: Filters;
  /** Count and send nothing. */
  readonly dryRun?: boolean;
}

/**
 * Where a sweep stands between two invocations, and its checkpoint: the state machine hands it from one to the next,
 * and whoever starts an execution with it goes on there. Counts are of the whole sweep.
 */
export interface SweepProgress {
  readonly version: 1;
  readonly filters: Filters;
  readonly dryRun: boolean;
  /** Findings created later came by events of their own. Milliseconds since 1970, as all times here. */
  readonly startedMs: number;
  /** The filters of the query that `nextToken` belongs to. */
  readonly window: Filters;
  readonly nextToken: string | null;
  readonly lastCreatedMs: number | null;
  /** In a row; a token that is refused has expired, and the query begins anew at the finding read last. */
  readonly refusedTokens: number;
  /** The first is 1. A pass that has sent something is followed by another, which looks whether it took effect. */
  readonly pass: number;
  /** Without new suppressions where the pass before deferred some: these may be sent for the first time. */
  readonly sentThisPass: number;
  /** Findings read in all passes. */
  readonly read: number;
  /** Of them those with a mark of this instance. */
  readonly marked: number;
  /** Sent to be decided again. Observing or in a dry run, those that would have been. */
  readonly sent: number;
  /** Of the sent those that become suppressed. */
  readonly newlySuppressed: number;
  /** What they ask for cannot be said to Security Hub (a mark or a map that is too large); they are not sent. */
  readonly unsayable: number;
  /** In this pass, findings that would become suppressed, beyond the sweep's share: not sent, left to the next sweep. */
  readonly deferred: number;
  /** In the pass before. */
  readonly deferredBefore: number;
  /** When the sweep's share of the budget for suppressions has made up for those already sent. */
  readonly suppressedUpMs: number;
  /** How long to wait before the next invocation; 0 to go on at once. */
  readonly waitSeconds: number;
  readonly done: boolean;
}

/** Without filters of the caller's: what is archived is decided when its provider brings it back, by that event. */
const ACTIVE: Filters = { RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }] };
const DAY_MS = 86_400_000;
/** What executions that began before there were such counts do not tell. */
export const NONE_DEFERRED = { deferred: 0, deferredBefore: 0 } as const;

/** Reads the input of an invocation: the progress of the one before, or a request to begin. Throws what is wrong. */
export function readProgress(input: unknown, nowMs: number): SweepProgress {
  if (isProgress(input)) return { ...NONE_DEFERRED, ...input };
  const { filters = ACTIVE, dryRun = false } = (isObject(input) ? input : {}) as SweepRequest;
  if (!isObject(filters)) throw new Error('filters is no object of AwsSecurityFindingFilters');
  const taken = Object.keys(filters).filter((attribute) => attribute !== 'CreatedAt').length;
  if (taken >= FILTER_LIMITS.attributes)
    throw new Error(
      `filters names ${taken} attributes; ${FILTER_LIMITS.attributes - 1} is the most, for the sweep adds CreatedAt`,
    );
  return {
    ...{
      version: 1,
      filters,
      dryRun: dryRun === true,
      startedMs: nowMs,
      ...firstPage(filters, nowMs),
      refusedTokens: 0,
    },
    ...{ pass: 1, sentThisPass: 0, read: 0, marked: 0, sent: 0, newlySuppressed: 0, unsayable: 0 },
    ...NONE_DEFERRED,
    ...{ suppressedUpMs: nowMs, waitSeconds: 0, done: false },
  };
}

/** Where a pass over all findings begins. */
export function firstPage(
  filters: Filters,
  startedMs: number,
): Pick<SweepProgress, 'window' | 'nextToken' | 'lastCreatedMs'> {
  return { window: windowFrom(filters, 0, startedMs), nextToken: null, lastCreatedMs: null };
}

/**
 * Where a query goes on whose token was refused: a day before the finding read last, as the order of times that are
 * spelt differently is undocumented. Deciding again what comes again changes nothing.
 */
export function resumedPage({
  filters,
  startedMs,
  lastCreatedMs,
}: SweepProgress): Pick<SweepProgress, 'window' | 'nextToken'> {
  return { window: windowFrom(filters, (lastCreatedMs ?? DAY_MS) - DAY_MS, startedMs), nextToken: null };
}

/** A caller's own window is left as it is. CreatedAt, because no update of ours changes it, nor the order by it. */
function windowFrom(filters: Filters, startMs: number, endMs: number): Filters {
  if (filters.CreatedAt !== undefined) return filters;
  const [Start, End] = [startMs, endMs].map((ms) => new Date(Math.max(0, ms)).toISOString());
  return { ...filters, CreatedAt: [{ Start, End }] };
}

function isProgress(value: unknown): value is SweepProgress {
  return isObject(value) && value.version === 1 && typeof value.startedMs === 'number';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
