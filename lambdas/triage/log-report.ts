import type { Logger } from '@aws-lambda-powertools/logger';
import type { TriageReport } from './pipeline.ts';

/** What one rule did in one invocation, in findings. */
export interface RuleCount {
  readonly rule: string;
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
 * stay as they are, most of them, are logged at debug level only, unless something of ours could not be withdrawn.
 */
export function logReport({ endings }: TriageReport, log: Logger): void {
  for (const { outcome, messageIds, decided } of endings) {
    const { Id, ProductArn, rules, held, update, cause } = outcome;
    const fields = update === null ? [] : Object.keys(update);
    const heldBy = [...new Set(decided?.decision.held.map(({ by }) => by))];
    const kept = decided?.decision.kept;
    const line = { outcome: outcome.outcome, rules, held, heldBy, kept, fields, cause: cause?.code };
    if (outcome.outcome === 'unchanged' && kept === undefined)
      log.debug('finding', { Id, ProductArn, ...line });
    else if (outcome.outcome !== 'deadLettered' && outcome.outcome !== 'returned')
      log.info('finding', { Id, ProductArn, ...line });
    else if (Id !== '') log.warn('finding', { Id, ProductArn, ...line });
    // Nothing but its message names a finding that could not be read.
    else log.warn('message', { messageIds, ...line });
  }
  const counts = countRules({ endings });
  if (counts.length > 0) log.info('rules', { counts });
}

/**
 * Counts per rule over the decisions of one invocation, by name; rules that were never near a match are absent. A
 * list, since Logs Insights can take lists apart (`unnest`) but not maps whose keys it does not know.
 */
export function countRules({ endings }: Pick<TriageReport, 'endings'>): readonly RuleCount[] {
  const counts = new Map<string, RuleCount>();
  for (const { decided } of endings) {
    for (const { rule, mode, matched, won, expired } of decided?.decision.trace ?? []) {
      const count = counts.get(rule) ?? { rule, matched: 0, won: 0, observed: 0, expired: 0 };
      if (matched) count.matched += 1;
      if (won.length > 0) count.won += 1;
      if (matched && mode === 'observe') count.observed += 1;
      if (expired) count.expired += 1;
      counts.set(rule, count);
    }
  }
  return [...counts.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1));
}
