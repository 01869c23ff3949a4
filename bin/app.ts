import { App } from 'aws-cdk-lib';
import { readConfiguration } from '../lib/infrastructure/read-configuration.ts';
import { reportRefusals } from '../lib/infrastructure/refusal.ts';
import { TriageStack } from '../lib/infrastructure/triage-stack.ts';

await reportRefusals(() => {
  const app = new App();
  new TriageStack(app, 'SecurityHubTriage', readConfiguration(app.node));
  app.synth();
});
