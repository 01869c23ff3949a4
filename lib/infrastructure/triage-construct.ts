import { resolve } from 'node:path';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements.ts';
import { triageCode } from './bundle/triage-code.ts';
import { readAccountFacts } from './configuration/account-facts.ts';
import type { TriageConfiguration } from './configuration/configuration.ts';
import { completeConfiguration } from './configuration/read-configuration.ts';
import { readRuleset } from './configuration/ruleset.ts';
import { createEventRule } from './event-flow/event-rule.ts';
import { createEventSource } from './event-flow/event-source.ts';
import { createFunction } from './event-flow/function.ts';
import { createRetriageAction } from './event-flow/retriage-action.ts';
import { alarmDefinitions } from './observability/alarm-definitions.ts';
import { createAlarms } from './observability/alarms.ts';
import { createBreaker } from './observability/breaker.ts';
import { breakerAlarms, brokenBreakerAlarms } from './observability/breaker-alarms.ts';
import { createDashboard } from './observability/dashboard.ts';
import { runbookOf } from './observability/runbook.ts';
import { createSavedQueries } from './observability/saved-queries.ts';
import { createOutputs } from './outputs.ts';
import { decisionBusArn } from './permissions/decision-bus.ts';
import { restrictSenders } from './permissions/queue-access.ts';
import { createRedriveRole } from './permissions/redrive-role.ts';
import { warnOfFacts } from './permissions/warn-of-facts.ts';
import { createQueues, type TriageQueues } from './queues/queues.ts';
import { Sweep } from './sweep/sweep.ts';
import { sweepAlarms } from './sweep/sweep-alarms.ts';

/** Every setting may be left out; what each means and its default are in TriageConfiguration. */
export type SecurityHubTriageProps = Partial<TriageConfiguration>;

/**
 * Triage of one account's Security Hub findings: EventBridge rule → ingest queue → function → Security Hub, with
 * dead-letter queues, alarms and the roles that belong to them. Deploy it once per Security Hub administrator, in
 * the home Region: there it sees the findings of all member accounts and linked Regions.
 */
export class SecurityHubTriage extends Construct {
  readonly queues: TriageQueues;
  readonly lambdaFunction: lambda.Function;
  readonly eventSource: lambda.EventSourceMapping;
  readonly redriveRole: iam.Role;
  readonly sweep: Sweep;

  constructor(scope: Construct, id: string, props: SecurityHubTriageProps = {}) {
    super(scope, id);
    const settings = completeConfiguration({ ...props });
    const configuration = { ...settings, rulesDir: resolve(settings.rulesDir) };
    const ruleset = readRuleset(configuration.rulesDir);
    warnOfFacts(this, readAccountFacts(resolve(settings.accountFacts)), Date.now());

    this.queues = createQueues(this, configuration);
    const code = triageCode(this, configuration.rulesDir);
    const { triage, role, logGroup } = createFunction(this, configuration, this.queues, ruleset, code.triage);
    this.lambdaFunction = triage;
    this.eventSource = createEventSource(this, configuration, this.queues, triage);
    this.redriveRole = createRedriveRole(this, this.queues, configuration);
    const rule = createEventRule(this, this.queues, ruleset);
    createRetriageAction(this, ruleset.config);
    this.sweep = new Sweep(this, 'Sweep', configuration, this.queues, code.sweep);
    restrictSenders(this.queues, {
      ruleArn: rule.ruleArn,
      functionRoleArn: role.roleArn,
      redriveRoleArn: this.redriveRole.roleArn,
      sweepRoleArn: this.sweep.role.roleArn,
    });
    const watched = { queues: this.queues, triage, logGroup, rule };
    const runbook = runbookOf(this, configuration);
    const alarms = createAlarms(this, configuration, runbook, alarmDefinitions(configuration, watched));
    const pausing = createAlarms(this, configuration, runbook, breakerAlarms(configuration, watched));
    const breaker = createBreaker(
      this,
      pausing.map(({ alarm }) => alarm),
      this.eventSource,
    );
    const broken = createAlarms(this, configuration, runbook, brokenBreakerAlarms(breaker));
    const sweep = createAlarms(this, configuration, runbook, sweepAlarms(this.sweep));
    createDashboard(this, configuration, watched, [...alarms, ...pausing, ...broken, ...sweep]);
    createSavedQueries(this, logGroup);
    createOutputs(this, {
      queues: this.queues,
      triage,
      eventSource: this.eventSource,
      redriveRole: this.redriveRole,
      sweep: this.sweep,
      decisionBusArn: decisionBusArn(this, configuration),
    });
    acknowledge(this, configuration);
  }
}
