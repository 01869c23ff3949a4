import type { Logger } from '@aws-lambda-powertools/logger';
import type { TriageReport } from './pipeline.ts';

/** What one rule did in one invocation, in findings. */
export interface RuleCount {
  /** Conditions held, whatever came of it. */
  matched: number;
  /** Decided a field. */
  won: number;
  /** Held while the rule only observes. */
  observed: number;
  /** Would have held, but the rule has expired. */
  expired: number;
}

/**
 * Writes one line a finding, and one with the counts of all rules. A line holds the finding's identity and what the
 * product made of it, never anything the finding says: titles, resources and notes are not for logs. Findings that
 * stay as they are, most of them, are logged at debug level only.
 */
export function logReport({ endings }: TriageReport, log: Logger): void {
  for (const { outcome, messageIds } of endings) {
    const { Id, ProductArn, rules, held, update, cause } = outcome;
    const fields = update === null ? [] : Object.keys(update);
    const line = { outcome: outcome.outcome, rules, held, fields, cause: cause?.code };
    if (outcome.outcome === 'unchanged') log.debug('finding', { Id, ProductArn, ...line });
    else if (outcome.outcome !== 'deadLettered' && outcome.outcome !== 'returned')
      log.info('finding', { Id, ProductArn, ...line });
    else if (Id !== '') log.warn('finding', { Id, ProductArn, ...line });
    // Nothing but its message names a finding that could not be read.
    else log.warn('message', { messageIds, ...line });
  }
  const rules = countRules({ endings });
  if (Object.keys(rules).length > 0) log.info('rules', { counts: rules });
}

/** Counts per rule over the decisions of one invocation; rules that were never near a match are absent. */
export function countRules({ endings }: Pick<TriageReport, 'endings'>): Readonly<Record<string, RuleCount>> {
  const counts = new Map<string, RuleCount>();
  for (const { decided } of endings) {
    for (const { rule, mode, matched, won, expired } of decided?.decision.trace ?? []) {
      const count = counts.get(rule) ?? { matched: 0, won: 0, observed: 0, expired: 0 };
      if (matched) count.matched += 1;
      if (won.length > 0) count.won += 1;
      if (matched && mode === 'observe') count.observed += 1;
      if (expired) count.expired += 1;
      counts.set(rule, count);
    }
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
