import type { Finding } from '../../findings/finding.ts';

/** A button of Security Hub's console; what it says stands in its events. */
export interface CustomAction {
  readonly arn: string;
  readonly name: string;
  readonly description: string;
}

/**
 * The EventBridge event of a custom action pressed on one finding: Security Hub sends one for each finding selected.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 */
export interface CustomActionEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'Security Hub Findings - Custom Action';
  readonly source: 'aws.securityhub';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly [string];
  readonly detail: {
    readonly actionName: string;
    readonly actionDescription: string;
    readonly findings: readonly [Finding];
  };
}

/** Account and Region are those of the bus, which need not be the finding's. */
export function customActionEvent(
  action: CustomAction,
  finding: Finding,
  envelope: {
    readonly id: string;
    readonly account: string;
    readonly region: string;
    readonly nowMs: number;
  },
): CustomActionEvent {
  return {
    version: '0',
    id: envelope.id,
    'detail-type': 'Security Hub Findings - Custom Action',
    source: 'aws.securityhub',
    account: envelope.account,
    time: new Date(envelope.nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: envelope.region,
    resources: [action.arn],
    detail: { actionName: action.name, actionDescription: action.description, findings: [finding] },
  };
}
