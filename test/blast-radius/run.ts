/**
 * What the breaker makes of a legitimate night and of a ruinous rule, on the local account with the very bundle:
 * `npm run blast-radius -- [findings]`, 100,000 unless given. The budget is the default. Exit code 1 unless the first
 * night passes and the second is stopped within the budget; with fewer findings than a budget there is nothing to stop.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Finding } from '../../lib/findings/finding.ts';
import { DEFAULT_CONFIGURATION } from '../../lib/infrastructure/configuration/configuration.ts';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { decide } from '../../lib/triage/decide.ts';
import { RUNBOOK_URL } from '../infrastructure/runbook-url.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { controlFindings, newFindings } from './findings.ts';
import { faultsOf, type Night } from './nights.ts';
import { writeAgreedRules, writeRuinousRule } from './rules.ts';

const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
/** Of a night's findings so many are new: instances come and go. */
const NEW_SHARE = 0.01;
const LONGEST_MS = 3_600_000;

const count = Number(process.argv[2] ?? 100_000);
const dir = mkdtempSync(join(tmpdir(), 'blast-radius-'));
const agreed = writeAgreedRules(dir);
const ruinous = writeRuinousRule(dir);
try {
  const fresh = newFindings(Math.round(count * NEW_SHARE));
  const settled = await settledFindings(controlFindings(count - fresh.length));
  const arriving = [...settled, ...fresh];
  const quiet = await playNight(agreed, arriving);
  print('A nightly refresh, rules as agreed', quiet);
  const ruined = await playNight(ruinous, arriving);
  print('The same night, a rule that suppresses everything', ruined);
  const faults = faultsOf(quiet, ruined, DEFAULT_CONFIGURATION.suppressionsPerHour);
  for (const fault of faults) console.log(`FAULT: ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** As the findings stand once the agreed rules have been at them. */
async function settledFindings(findings: readonly Finding[]): Promise<readonly Finding[]> {
  const ruleset = loadRulesetOrThrow(agreed);
  const settled: Finding[] = [];
  for (const finding of findings) {
    const { update } = await decide(finding, IMPORTED, ruleset, Date.now());
    settled.push(update === null ? finding : applyUpdate(finding, update));
  }
  return settled;
}

async function playNight(rulesDir: string, findings: readonly Finding[]): Promise<Night> {
  const account = await deploy(rulesDir);
  try {
    account.hub.seed(findings);
    const before = suppressedIn(account);
    const startMs = account.now();
    for (const finding of findings)
      account.emit(
        importedEvent(finding, {
          id: randomUUID(),
          account: account.accountId,
          region: account.region,
          nowMs: Date.now(),
        }),
      );
    await account.settle(LONGEST_MS);
    const queued = (part: string) =>
      account.resources.queues
        .filter(({ logicalId }) => logicalId.includes(part))
        .reduce((sum, { name }) => sum + account.queues.peek(name).length, 0);
    return {
      findings: findings.length,
      newlySuppressed: suppressedIn(account) - before,
      calls: account.hub.calls().filter(({ operation }) => operation === 'BatchUpdateFindings').length,
      invocations: [...account.functions.values()].flatMap((lambda) => lambda.invocations()).length,
      tripped: account.cloudWatch
        .changes()
        .some(
          ({ alarmName, state }) => state === 'ALARM' && / (?:Breaker|Suppression budget)$/.test(alarmName),
        ),
      paused: account.executions().some(({ status }) => status === 'SUCCEEDED'),
      waiting: queued('IngestQueue'),
      deadLetters: queued('DeadLetterQueue'),
      seconds: Math.round((account.now() - startMs) / 1000),
    };
  } finally {
    await account.close();
  }
}

async function deploy(rulesDir: string): Promise<LocalAccount> {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const assemblyDir = mkdtempSync(join(dir, 'assembly-'));
  const app = new App({ outdir: assemblyDir, context, analyticsReporting: false });
  new TriageStack(app, 'SecurityHubTriage', { mode: 'enforce', rulesDir, runbookUrl: RUNBOOK_URL });
  app.synth();
  return await startLocalAccount({ assemblyDir, timeScale: 0.001 });
}

function suppressedIn(account: LocalAccount): number {
  return account.hub
    .findings()
    .filter(({ Workflow }) => (Workflow as { Status?: string } | undefined)?.Status === 'SUPPRESSED').length;
}

function print(title: string, night: Night): void {
  const { suppressionsPerHour } = DEFAULT_CONFIGURATION;
  const number = (value: number) => value.toLocaleString('en-US');
  console.log(title);
  console.log(`  findings                      ${number(night.findings)}`);
  console.log(
    `  newly suppressed              ${number(night.newlySuppressed)} (budget ${suppressionsPerHour} an hour)`,
  );
  console.log(`  calls / invocations           ${number(night.calls)} / ${number(night.invocations)}`);
  console.log(`  breaker tripped / paused      ${night.tripped} / ${night.paused}`);
  console.log(`  waiting / dead letters        ${number(night.waiting)} / ${number(night.deadLetters)}`);
  console.log(`  seconds of the account        ${number(night.seconds)}`);
}
