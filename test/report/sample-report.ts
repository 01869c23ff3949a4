import type { SuppressionReport, SuppressionRow } from '../../lib/report/suppression-report.ts';
import { bySeverity } from '../../lib/simulation/tally/figures.ts';

interface SampleOptions {
  readonly rows?: number;
  /** Stands wherever rules, commits and files have a text. */
  readonly hostile?: string;
  readonly withFindings?: boolean;
}

/** A report with everything there is to tell. */
export function sampleReport({
  rows = 6,
  hostile,
  withFindings = true,
}: SampleOptions = {}): SuppressionReport {
  const said = (text: string) => hostile ?? text;
  const severities = (HIGH: number, LOW: number) =>
    bySeverity([
      ['HIGH', HIGH],
      ['LOW', LOW],
    ]);
  const suppressions = Array.from({ length: rows }, (_, i): SuppressionRow => {
    const state = (['inForce', 'observing', 'ended'] as const)[i % 3] ?? 'inForce';
    return {
      rule: said(`suppress-${i}`),
      kind: i % 2 === 0 ? 'rule' : 'exception',
      place: { file: said(`rules/a/suppress-${i}.json`), line: i + 1 },
      description: said('Our scanner.'),
      owner: said('@acme/secops'),
      reasonCode: 'accepted-risk',
      reason: said('Approved, and reviewed every year'),
      ticket: said(`SEC-${i}`),
      mode: state === 'observing' ? 'observe' : 'enforce',
      onAction: i === 4,
      state,
      expires: '2026-12-01',
      due: { day: '2026-12-01', of: 'end', daysLeft: state === 'ended' ? -3 : 5 },
      lastCommit: {
        commit: said('0123456789abcdef0123456789abcdef01234567'),
        author: said('Jane'),
        at: '2026-11-02T08:00:00+01:00',
        reviewers: [said('John')],
      },
      counts: withFindings
        ? {
            suppressed: severities(i, 2 * i),
            held: severities(0, 1),
            matched: severities(i, 3 * i),
            lastMatched: '2026-11-20T00:00:00.000Z',
          }
        : null,
    };
  });
  const names = suppressions.map(({ rule }) => rule);
  return {
    version: 1,
    now: '2026-11-26T12:00:00.000Z',
    owner: hostile ?? null,
    expiringDays: 30,
    rules: rows + 4,
    commitsUnknown: hostile ?? null,
    findings: withFindings
      ? {
          ...{
            read: 1_010,
            distinct: 1_000,
            duplicates: 10,
            invalid: 0,
            redacted: 3,
            unreadable: { count: 0, first: [] },
            partial: false,
          },
          ...{ from: '2026-11-12T00:00:00.000Z', to: '2026-11-26T00:00:00.000Z', coveredDays: 14 },
          bySeverity: severities(400, 600),
          marksNameRules: true,
        }
      : null,
    suppressions,
    totals: withFindings ? { suppressed: severities(15, 30), held: severities(0, rows) } : null,
    expired: names.filter((_, i) => i % 3 === 2),
    expiring: names.filter((_, i) => i % 3 !== 2),
    unmatched: withFindings ? names.slice(0, 2) : null,
    gone: withFindings
      ? [{ rule: said('was-here'), findings: severities(1, 2), suppressed: severities(0, 2) }]
      : null,
  };
}
