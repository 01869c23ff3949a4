import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { composeReport, type ReportParts } from '../../lib/report/compose-report.ts';
import { findSuppressions } from '../../lib/report/find-suppressions.ts';
import type { SuppressionReport } from '../../lib/report/suppression-report.ts';
import { lastCommits } from '../../lib/revisions/last-commits.ts';
import { loadRules } from '../../lib/rules/load.ts';
import type { Source } from '../../lib/simulation/read/find-sources.ts';
import { findSources } from '../../lib/simulation/read/find-sources.ts';
import { countFindings } from '../../lib/simulation/run/count-findings.ts';

export const NOW = '2026-11-26T12:00:00Z';

/** What `triage report` makes of these files below a rules folder, and of these findings where there are any. */
export async function reportOn(
  files: Readonly<Record<string, unknown>>,
  findings: readonly unknown[] | null,
  given: Partial<Pick<ReportParts, 'owner' | 'expiringDays'>> & { readonly workers?: number } = {},
): Promise<SuppressionReport> {
  const root = mkdtempSync(join(tmpdir(), 'triage-report-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, 'rules', path)), { recursive: true });
      writeFileSync(join(root, 'rules', path), JSON.stringify(content, null, 2));
    }
    const loaded = loadRules(join(root, 'rules'));
    const { ruleset } = loaded;
    if (ruleset === null) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
    const { owner = null, expiringDays = 30, workers = 1 } = given;
    const nowMs = Date.parse(NOW);
    const path = join(root, 'findings.ndjson');
    writeFileSync(path, (findings ?? []).map((one) => JSON.stringify(one)).join('\n'));
    const counted =
      findings &&
      (await countFindings(findSources([path]) as readonly Source[], {
        ...{ ruleset, base: null, nowMs, withSuppressions: true, workers, decisions: null },
        signal: new AbortController().signal,
        onProgress: () => {},
      }));
    const suppressions = findSuppressions(loaded, ruleset).filter(
      ({ rule }) => owner === null || rule.owner === owner,
    );
    const commits = await lastCommits(join(root, 'rules'), []);
    const parts = { ruleset, suppressions, commits, counted, nowMs, owner, expiringDays };
    return composeReport({ ...parts, partial: false, cwd: root });
  } finally {
    rmSync(root, { recursive: true });
  }
}

const SCANNER = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';

export function finding(
  id: string,
  members: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: SCANNER,
    ProductName: 'GuardDuty',
    GeneratorId: 'g',
    AwsAccountId: '111122223333',
    Title: 'Port scan',
    CreatedAt: '2026-11-01T00:00:00Z',
    UpdatedAt: '2026-11-20T00:00:00Z',
    Severity: { Label: 'HIGH' },
    Workflow: { Status: 'NEW' },
    Resources: [],
    ...members,
  };
}

/** A rule that suppresses findings of one account. */
export function rule(
  name: string,
  account: string,
  members: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    name,
    owner: '@acme/secops',
    reasonCode: 'accepted-risk',
    reason: 'Our own scanner',
    ticket: 'SEC-1',
    expires: '2027-10-31',
    mode: 'enforce',
    priority: 100,
    conditions: {
      all: [
        { fact: 'AwsAccountId', operator: 'equal', value: account },
        { fact: 'Severity.Label', operator: 'in', value: ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH'] },
      ],
    },
    event: { type: 'update', params: { Workflow: { Status: 'SUPPRESSED' } } },
    ...members,
  };
}
