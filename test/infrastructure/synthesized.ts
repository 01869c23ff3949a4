import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { SecurityHubTriageProps } from '../../lib/infrastructure/triage-construct.ts';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { readCloudAssembly } from '../../lib/local/assembly/cloud-assembly.ts';
import type { LocalQueue, LocalResources } from '../../lib/local/assembly/local-resources.ts';
import { resolveResources } from '../../lib/local/assembly/resolve-resources.ts';
import { temporaryDir } from './temporary-dir.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

export interface Synthesized {
  readonly template: Template;
  /** The template with every reference resolved for one account and Region. */
  readonly resources: LocalResources;
  readonly ingest: LocalQueue;
  readonly deadLetter: LocalQueue;
  readonly undelivered: LocalQueue;
}

/** Synthesizes the real stack, bundle included, with the flags the app itself uses. */
export function synthesize(props: SecurityHubTriageProps): Synthesized {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const outdir = temporaryDir();
  const app = new App({ outdir, context, analyticsReporting: false });
  const stack = new TriageStack(app, 'SecurityHubTriage', props);
  app.synth();

  const resources = resolveResources(readCloudAssembly(outdir), {
    accountId: ACCOUNT,
    region: REGION,
    partition: 'aws',
    queueUrl: (name) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`,
  });
  const ingest = queueByArn(resources, resources.eventSourceMappings[0]?.queueArn);
  return {
    template: Template.fromStack(stack),
    resources,
    ingest,
    deadLetter: queueByArn(resources, redrivePolicy(ingest).deadLetterTargetArn),
    undelivered: queueByArn(resources, resources.eventRules[0]?.targets[0]?.deadLetterArn),
  };
}

export function redrivePolicy(queue: LocalQueue): { deadLetterTargetArn?: string; maxReceiveCount?: number } {
  return JSON.parse(queue.attributes.RedrivePolicy ?? '{}');
}

/** The only element; fails where there are none or several. */
export function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`Expected one, found ${items.length}.`);
  return item;
}

function queueByArn(resources: LocalResources, arn: string | undefined): LocalQueue {
  return only(resources.queues.filter((queue) => queue.arn === arn));
}
