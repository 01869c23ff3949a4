import type { Clock } from '../../../lambdas/triage/clock.ts';
import { asked } from '../../account/call-failed.ts';
import type { Connection } from '../account/connect.ts';
import type { Bench } from '../bench.ts';
import { answered, type Outcome, unanswered } from '../probe.ts';

export interface NativeRuleTools {
  readonly connection: Pick<Connection, 'hub' | 'hubSdk'>;
  readonly clock: Clock;
  readonly runId: string;
  /** Imports the finding once more, as its provider would. */
  readonly importAgain: () => Promise<void>;
  readonly patienceMs: number;
  readonly lingerMs: number;
  /** Told what could not be taken away. */
  readonly onLeft: (what: string) => void;
}

/** What the rule sets, and what an update sets after it. */
const BY_RULE = 77;
const BY_UPDATE = 5;
const POLL_MS = 2_000;

/**
 * Whether a native automation rule acts on an update: first it must have acted on an import, or nothing is shown. The
 * rule names the one finding by its Id, so that it acts on no other, and is deleted in any case.
 */
export async function askNativeRule(bench: Bench, tools: NativeRuleTools): Promise<Outcome> {
  const { hub, hubSdk } = tools.connection;
  const name = `triage-verify-${tools.runId.slice(0, 8)}`;
  const create = new hubSdk.CreateAutomationRuleCommand({
    RuleName: name,
    Description: 'Of triage verify-account, for the time of its run; acts on one synthetic finding.',
    // The last one.
    RuleOrder: 1000,
    RuleStatus: 'ENABLED',
    Criteria: { Id: [{ Value: bench.finding.Id, Comparison: 'EQUALS' }] },
    Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Criticality: BY_RULE } }],
  });
  const { RuleArn = '' } = await asked('securityhub:CreateAutomationRule', name, () => hub.send(create));
  try {
    return await askOf(bench, tools);
  } finally {
    const remove = new hubSdk.BatchDeleteAutomationRulesCommand({ AutomationRulesArns: [RuleArn] });
    await hub.send(remove).catch((error: Error) => {
      tools.onLeft(`the automation rule ${name} (${error.name})`);
    });
  }
}

async function askOf(
  bench: Bench,
  { clock, importAgain, patienceMs, lingerMs }: NativeRuleTools,
): Promise<Outcome> {
  const untilMs = clock.nowMs() + patienceMs;
  const isByRule = async () => (await bench.read())?.Criticality === BY_RULE;
  // A new rule may not act at once, and a provider's import may come again.
  for (;;) {
    await importAgain();
    if (await isByRule()) break;
    await clock.sleep(POLL_MS);
    if (await isByRule()) break;
    if (clock.nowMs() > untilMs) return unanswered('The rule did not act on an import in time.');
  }
  const change = await bench.change({ Criticality: BY_UPDATE });
  if (change.kind !== 'seen') return unanswered(`An update that should pass was ${change.kind}.`);
  const lingerUntilMs = clock.nowMs() + lingerMs;
  for (;;) {
    if (await isByRule()) return answered('onUpdatesToo');
    if (clock.nowMs() > lingerUntilMs) return answered('onImports');
    await clock.sleep(POLL_MS);
  }
}
