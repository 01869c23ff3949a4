import { fileURLToPath } from 'node:url';
import { WORKLOAD_NOW } from '../workload/situation.ts';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const TRIAGE = pathOf('../../../bin/triage.ts');
export const PARSE_LINES = pathOf('./parse-lines.ts');
export const WRITE_FINDINGS = pathOf('./write-findings.ts');
export const WRITE_SMALL_FINDINGS = pathOf('./write-small-findings.ts');

/**
 * The command as people run it, with the report as JSON; `--verbose` tells how long loading the rules took.
 *
 * @param base a revision of the repository that the rules lie in.
 */
export function simulateArguments(
  findings: string,
  rules: string,
  workers: number,
  base?: string,
): readonly string[] {
  const now = new Date(WORKLOAD_NOW).toISOString();
  const compared = base === undefined ? [] : ['--base', base];
  const options = ['--rules', rules, '--workers', String(workers), '--now', now, ...compared, '-f', 'json'];
  return [TRIAGE, '--verbose', 'simulate', findings, ...options];
}
