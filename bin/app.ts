import { App } from 'aws-cdk-lib';
import { readConfiguration, reportRefusals, TriageStack } from '../lib/infrastructure/index.ts';

await reportRefusals(() => {
  // Synthesis by itself at exit would write half a template after a refusal.
  const app = new App({ autoSynth: false });
  new TriageStack(app, 'SecurityHubTriage', readConfiguration(app.node));
  app.synth();
});
