import { WORKLOAD_NOW } from '../workload/situation.ts';

/** Each account with each control is a set of rules of its own. */
export const CROSSED = { accounts: 200, controls: 300 } as const;

export function crossedAccount(index: number): string {
  return String(100_000_000_000 + (index % CROSSED.accounts));
}

export function crossedControl(index: number): string {
  return `control/${Math.floor(index / CROSSED.accounts) % CROSSED.controls}`;
}

/** A line of NDJSON: a small finding of an account and a control; 60,000 in a row have all pairs of them. */
export function crossedFindingLine(index: number): string {
  const updatedAt = new Date(WORKLOAD_NOW - index * 1_000).toISOString();
  return JSON.stringify({
    SchemaVersion: '2018-10-08',
    Id: `crossed/${index}`,
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/acme/crossed-scanner',
    ProductName: 'Crossed Scanner',
    GeneratorId: crossedControl(index),
    AwsAccountId: crossedAccount(index),
    Severity: { Label: 'MEDIUM' },
    Title: 'Each control in each account',
    CreatedAt: updatedAt,
    UpdatedAt: updatedAt,
  });
}
