import type { Finding } from '../../findings/finding.ts';

/**
 * The EventBridge event of a finding that was imported or updated; always one finding an event.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 */
export interface ImportedEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'Security Hub Findings - Imported';
  readonly source: 'aws.securityhub';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: { readonly findings: readonly [Finding] };
}

/** Account and Region are those of the bus, which need not be the finding's. */
export function importedEvent(
  finding: Finding,
  envelope: {
    readonly id: string;
    readonly account: string;
    readonly region: string;
    readonly nowMs: number;
  },
): ImportedEvent {
  return {
    version: '0',
    id: envelope.id,
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: envelope.account,
    time: new Date(envelope.nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: envelope.region,
    resources: finding.ProductArn && finding.Id ? [`${finding.ProductArn}/${finding.Id}`] : [],
    detail: { findings: [finding] },
  };
}
