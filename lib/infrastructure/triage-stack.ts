import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SecurityHubTriage, type SecurityHubTriageProps } from './triage-construct.ts';

/** The stack of the app in bin/: one triage, bound to no account or Region until it is deployed. */
export class TriageStack extends Stack {
  readonly triage: SecurityHubTriage;

  constructor(scope: Construct, id: string, props: SecurityHubTriageProps, stackProps: StackProps = {}) {
    super(scope, id, { description: 'Triage of Security Hub findings by rules', ...stackProps });
    this.triage = new SecurityHubTriage(this, 'Triage', props);
  }
}
