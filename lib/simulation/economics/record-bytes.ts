import type { Finding } from '../../findings/finding.ts';

/**
 * What an SQS record holds beside its body: names, ids, timestamps, checksums and a receipt handle of some 200
 * characters (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html).
 */
const RECORD_MEMBERS_BYTES = 780;

/**
 * About how many bytes of an invocation's payload one event with this finding takes. The body is JSON inside JSON,
 * so every quotation mark of the finding counts twice.
 */
export function recordBytes(finding: Finding): number {
  const body = JSON.stringify({
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '000000000000',
    time: '2026-01-01T00:00:00Z',
    region: 'eu-central-1',
    resources: [`${finding.ProductArn}/${finding.Id}`],
    detail: { findings: [finding] },
  });
  return Buffer.byteLength(JSON.stringify(body)) + RECORD_MEMBERS_BYTES;
}
