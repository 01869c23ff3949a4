import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SimulationReport } from '../../../lib/simulation/simulation-report.ts';
import { createSurroundings, RULES, triage } from '../../cli/triage.ts';
import { createRepository, type Repository } from '../../revisions/repository.ts';

/** Where the report stands that pictures and examples in the documentation are made of. */
export const RECORDED = fileURLToPath(new URL('./recorded-change.json', import.meta.url));

/** The report as it was recorded: `UPDATE_DOCS=1 npx vitest run test/simulation/reporters/pictures.test.ts` records anew. */
export function recordedChange(): SimulationReport {
  return JSON.parse(readFileSync(RECORDED, 'utf8'));
}

/**
 * What `triage simulate` makes today of the samples and a change of the starter rules: two of them hide more, three that
 * observed are enforced, and two are removed. The command is asked with the gate of the workflow.
 */
export async function simulateChange(): Promise<SimulationReport> {
  const [surroundings, repository] = [createSurroundings(), createRepository()];
  try {
    cpSync(RULES, join(repository.root, 'rules'), { recursive: true });
    repository.commit();
    repository.git('branch', 'origin/main');
    loosen(repository, 'guardduty/suppress-ci-runner-recon', 'CI account', 'at most medium');
    loosen(repository, 'controls/suppress-public-website-buckets', 'listed and tagged', 'below critical');
    for (const name of ['own-scanner-probes', 'pentest-traffic'])
      change(repository, `guardduty/suppress-${name}`, (rule) => ({ ...rule, mode: 'enforce' }));
    change(repository, 'controls/suppress-log-bucket-logging', (rule) => ({ ...rule, mode: 'enforce' }));
    for (const name of ['suppress-sample-findings', 'resolve-archived'])
      for (const end of ['json', 'test.json']) repository.remove(`rules/housekeeping/${name}.${end}`);
    const { stdout } = await triage(
      { ...surroundings, cwd: repository.root },
      ...[
        'simulate',
        'rules/samples',
        '--base',
        'origin/main',
        '--now',
        '2026-11-22T00:00:00Z',
        '-f',
        'json',
      ],
      ...['--forbid-newly-suppressed', 'CRITICAL'],
    );
    return JSON.parse(stdout);
  } finally {
    surroundings.remove();
    repository.delete();
  }
}

interface RuleFile {
  readonly conditions: { readonly all: readonly { readonly name?: string }[] };
}

function loosen(repository: Repository, name: string, ...conditions: readonly string[]): void {
  change(repository, name, (rule) => {
    const all = rule.conditions.all.filter((one) => !conditions.includes(one.name ?? ''));
    return { ...rule, allowCritical: true, conditions: { all } };
  });
}

function change(repository: Repository, name: string, to: (rule: RuleFile) => object): void {
  const path = `rules/${name}.json`;
  const rule = JSON.parse(readFileSync(join(repository.root, path), 'utf8')) as RuleFile;
  repository.write(path, `${JSON.stringify(to(rule), null, 2)}\n`);
}
