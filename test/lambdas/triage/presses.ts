import type { Finding } from '../../../lib/findings/finding.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../../lib/rules/ruleset.ts';
import { finding, importedEvent, RULESET } from './fixtures.ts';

/** As a press shows it, but for what somebody set since; the fixture's own rule says nothing of it. */
export const since = (members: Partial<Finding>) => finding(1, { ProductName: 'Inspector', ...members });

/** A rule that a button carries out. */
export function actRule(action: string, params: Ruleset['rules'][number]['event']['params']) {
  return {
    name: `on-${action}`,
    owner: '@acme/secops',
    mode: 'enforce' as const,
    priority: 300,
    conditions: { all: [{ fact: 'event.actionName', operator: 'equal', value: action }] },
    event: { type: 'update' as const, params },
  };
}

/** The event of a button that was pressed on 2026-03-01 at this time. */
export function pressed(action: string, time: string, findings: readonly Finding[], id = action): string {
  return importedEvent([], {
    id,
    time: `2026-03-01T${time}Z`,
    'detail-type': 'Security Hub Findings - Custom Action',
    resources: [`arn:aws:securityhub:eu-west-1:111122223333:action/custom/${action}`],
    detail: { actionName: action, findings },
  });
}

/** Two buttons that write the same field, and one that writes another. */
export const TWO_BUTTONS: Ruleset = {
  ...RULESET,
  version: 'two buttons',
  config: { ...DEFAULT_CONFIG, customActions: ['resolve', 'reopen', 'score'] },
  rules: [
    actRule('resolve', { Workflow: { Status: 'RESOLVED' } }),
    actRule('reopen', { Workflow: { Status: 'NOTIFIED' } }),
    actRule('score', { Confidence: 7 }),
  ],
};
