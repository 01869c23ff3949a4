/** AwsSecurityFindingFilters, as they are sent: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingFilters.html */
export type Filters = Readonly<Record<string, unknown>>;

/** What can be asked for without knowing the API; values of one member are joined by OR, members by AND. */
export interface FilterChoice {
  readonly severity?: readonly string[];
  readonly product?: readonly string[];
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly workflow?: readonly string[];
  readonly recordState?: readonly string[];
  /** Milliseconds since 1970. */
  readonly updatedSinceMs?: number;
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
export const FILTER_LIMITS = { attributes: 10, values: 20 } as const;

const ATTRIBUTES = {
  severity: 'SeverityLabel',
  product: 'ProductName',
  account: 'AwsAccountId',
  region: 'Region',
  workflow: 'WorkflowStatus',
  recordState: 'RecordState',
} as const;

const DAY_MS = 86_400_000;

/** The filters that a choice comes to at an instant (milliseconds since 1970). */
export function filtersFor(choice: FilterChoice, nowMs: number): Filters {
  const filters: Record<string, unknown> = {};
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    const values = choice[name as keyof typeof ATTRIBUTES] ?? [];
    if (values.length > 0) filters[attribute] = values.map((Value) => ({ Value, Comparison: 'EQUALS' }));
  }
  const { updatedSinceMs } = choice;
  return updatedSinceMs === undefined
    ? filters
    : { ...filters, UpdatedAt: [windowFrom(updatedSinceMs, nowMs)] };
}

/**
 * The filters that go on where a query broke off whose findings came in the order of UpdatedAt: from a day before the
 * last one, as that order is undocumented for times that are spelt differently. Unchanged, so from the beginning, where
 * they have no room for a window or one that cannot be narrowed. What comes again is for the caller to leave out.
 */
export function filtersFrom(filters: Filters, lastUpdatedMs: number | null, nowMs: number): Filters {
  if (lastUpdatedMs === null) return filters;
  const startMs = lastUpdatedMs - DAY_MS;
  if (filters.UpdatedAt === undefined) {
    const isFull = Object.keys(filters).length >= FILTER_LIMITS.attributes;
    return isFull ? filters : { ...filters, UpdatedAt: [windowFrom(startMs, nowMs)] };
  }
  const [window, ...others] = Array.isArray(filters.UpdatedAt) ? filters.UpdatedAt : [];
  const fromMs = Date.parse(String(window?.Start));
  if (others.length > 0 || Number.isNaN(fromMs) || window.End === undefined) return filters;
  const start = new Date(Math.max(fromMs, startMs)).toISOString();
  return { ...filters, UpdatedAt: [{ ...window, Start: start }] };
}

/** Until a year from now: what is updated meanwhile is in it, and so is what a clock that runs ahead has dated. */
function windowFrom(startMs: number, nowMs: number): { readonly Start: string; readonly End: string } {
  return { Start: new Date(startMs).toISOString(), End: new Date(nowMs + 365 * DAY_MS).toISOString() };
}
