/** What a CDK app imports of this package: the construct, the stack around it, and settings from CDK context. */
export type { TriageConfiguration } from './configuration/configuration.ts';
export { readConfiguration } from './configuration/read-configuration.ts';
export { reportRefusals } from './configuration/refusal.ts';
export { SecurityHubTriage, type SecurityHubTriageProps } from './triage-construct.ts';
export { TriageStack } from './triage-stack.ts';
