import { resolve } from 'node:path';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { createAlarms } from './alarms.ts';
import type { TriageConfiguration } from './configuration.ts';
import { createEventRule } from './event-rule.ts';
import { createEventSource } from './event-source.ts';
import { createFunction } from './function.ts';
import { createOutputs } from './outputs.ts';
import { restrictSenders } from './queue-access.ts';
import { createQueues, type TriageQueues } from './queues.ts';
import { completeConfiguration } from './read-configuration.ts';
import { createRedriveRole } from './redrive-role.ts';
import { readRuleset } from './ruleset.ts';

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

  constructor(scope: Construct, id: string, props: SecurityHubTriageProps = {}) {
    super(scope, id);
    const settings = completeConfiguration({ ...props });
    const configuration = { ...settings, rulesDir: resolve(settings.rulesDir) };
    const ruleset = readRuleset(configuration.rulesDir);

    this.queues = createQueues(this, configuration);
    const { triage, role } = createFunction(this, configuration, this.queues);
    this.lambdaFunction = triage;
    this.eventSource = createEventSource(this, configuration, this.queues, triage);
    this.redriveRole = createRedriveRole(this, this.queues);
    const rule = createEventRule(this, this.queues, ruleset.config);
    restrictSenders(this.queues, {
      ruleArn: rule.ruleArn,
      functionRoleArn: role.roleArn,
      redriveRoleArn: this.redriveRole.roleArn,
    });
    createAlarms(this, configuration, { queues: this.queues, triage });
    createOutputs(this, {
      queues: this.queues,
      triage,
      eventSource: this.eventSource,
      redriveRole: this.redriveRole,
    });
  }
}
