import { CfnActionTarget } from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';
import type { TriageConfig } from '../../rules/ruleset.ts';
import { retriageActionId } from '../../triage/instance.ts';

/**
 * The button "Re-triage" in Security Hub's console: an analyst selects up to 20 findings and hands them back to the
 * rules, over holds and over what people set, for that one event. Name and id have at most 20 characters, the id
 * letters and digits only: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateActionTarget.html
 */
export function createRetriageAction(scope: Construct, { prefix }: TriageConfig): CfnActionTarget {
  return new CfnActionTarget(scope, 'RetriageAction', {
    id: retriageActionId(prefix),
    name: 'Re-triage',
    description:
      'Lets the triage rules decide again on the selected findings, over holds and values that people set',
  });
}
