import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { FINDING_TRIAGED } from '../../triage/finding-triaged.ts';
import type { TriageConfiguration } from '../configuration/configuration.ts';
import { refuse } from '../configuration/refusal.ts';
import { tellsDecisions } from '../configuration/tells-decisions.ts';

/**
 * The bus on which decisions are told; null where there is none, and while observing, for then nothing is done. A name
 * means a bus of the stack's own account and Region. So has an ARN to: a bus elsewhere would need a policy that lets
 * the function in, and what happens to its events would be out of sight.
 */
export function decisionBusArn(
  scope: Construct,
  configuration: Pick<TriageConfiguration, 'mode' | 'decisionBus'>,
): string | null {
  const { decisionBus } = configuration;
  if (decisionBus === undefined) return null;
  const stack = Stack.of(scope);
  if (decisionBus.startsWith('arn:')) {
    const { region, account } = stack.splitArn(decisionBus, ArnFormat.SLASH_RESOURCE_NAME);
    for (const [what, named, own] of [
      ['account', account, stack.account],
      ['Region', region, stack.region],
    ] as const)
      if (!Token.isUnresolved(own) && named !== own)
        refuse(`The decision bus ${decisionBus} is not in the stack's ${what}, ${own}.`);
  }
  if (!tellsDecisions(configuration)) return null;
  if (decisionBus.startsWith('arn:')) return decisionBus;
  return stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: decisionBus });
}

/**
 * Lets the function put its own kind of event on this bus, and no other: not on the default one, whose events reach
 * the event rule, and not in the name of another source. `events:source` is a list, so every value of it is asked for,
 * and that there is one: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 */
export function mayTellDecisions(busArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'TellDecisions',
    actions: ['events:PutEvents'],
    resources: [busArn],
    conditions: {
      'ForAllValues:StringEquals': { 'events:source': FINDING_TRIAGED.source },
      StringEquals: { 'events:detail-type': FINDING_TRIAGED.detailType },
      Null: { 'events:source': 'false' },
    },
  });
}
