import { App } from 'aws-cdk-lib';
import { readConfiguration } from '../lib/infrastructure/read-configuration.ts';
import { reportRefusals } from '../lib/infrastructure/refusal.ts';
import { TriageStack } from '../lib/infrastructure/triage-stack.ts';

await reportRefusals(() => {
  // Synthesis by itself at exit would write half a template after a refusal.
  const app = new App({ autoSynth: false });
  new TriageStack(app, 'SecurityHubTriage', readConfiguration(app.node));
  app.synth();
});
