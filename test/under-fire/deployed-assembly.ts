import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { TriageConfiguration } from '../../lib/infrastructure/configuration/configuration.ts';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { RUNBOOK_URL } from '../infrastructure/runbook-url.ts';

/** A synthesized app with the very asset that would be deployed, and the rules in it as the reference reads them. */
export interface DeployedAssembly {
  readonly assemblyDir: string;
  readonly ruleset: Ruleset;
}

type RuleFile = { readonly name: string } & Readonly<Record<string, unknown>>;

/** Synthesizes the stack with these rules, all enforced; the folder goes with this process. */
export function deployAssembly(
  rules: readonly RuleFile[],
  settings: Partial<TriageConfiguration> = {},
): DeployedAssembly {
  const dir = mkdtempSync(join(tmpdir(), 'securityhub-triage-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const rulesDir = join(dir, 'rules');
  mkdirSync(join(rulesDir, 'fire'), { recursive: true });
  for (const [index, rule] of rules.entries()) {
    const whole = { owner: '@acme/secops', mode: 'enforce', priority: 100 + index, ...rule };
    writeFileSync(join(rulesDir, 'fire', `${rule.name}.json`), JSON.stringify(whole));
  }
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const assemblyDir = join(dir, 'cdk.out');
  const app = new App({ outdir: assemblyDir, context, analyticsReporting: false });
  new TriageStack(app, 'SecurityHubTriage', {
    ...{ rulesDir, mode: 'enforce', logLevel: 'DEBUG', runbookUrl: RUNBOOK_URL },
    ...settings,
  });
  app.synth();
  return { assemblyDir, ruleset: loadRulesetOrThrow(rulesDir) };
}
