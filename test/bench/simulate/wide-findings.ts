import { WORKLOAD_NOW } from '../workload/situation.ts';

/** What one wide rule hides: findings of this product. */
export const WIDE_PRODUCT = 'Wide Scanner';
const ACCOUNTS = 2_000;
const DAY_MS = 86_400_000;

/** A line of NDJSON: a small finding, whose account and day no other of fewer than 7,300,000 has together. */
export function wideFindingLine(index: number): string {
  const updatedAt = new Date(WORKLOAD_NOW - Math.floor(index / ACCOUNTS) * DAY_MS).toISOString();
  return JSON.stringify({
    SchemaVersion: '2018-10-08',
    Id: `wide/${index}`,
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/acme/wide-scanner',
    ProductName: WIDE_PRODUCT,
    AwsAccountId: String(100_000_000_000 + (index % ACCOUNTS)),
    Severity: { Label: 'MEDIUM' },
    Title: 'The same in every account, every day',
    CreatedAt: updatedAt,
    UpdatedAt: updatedAt,
  });
}
