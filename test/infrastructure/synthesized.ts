import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { SecurityHubTriageProps } from '../../lib/infrastructure/triage-construct.ts';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { readCloudAssembly, templateParts } from '../../lib/local/assembly/cloud-assembly.ts';
import type { Deployment } from '../../lib/local/assembly/deployment.ts';
import { resolveIntrinsics } from '../../lib/local/assembly/intrinsics.ts';
import type {
  LocalEventRule,
  LocalFunctionSpec,
  LocalQueue,
  LocalResources,
  LocalStateMachine,
} from '../../lib/local/assembly/local-resources.ts';
import { resolveResources } from '../../lib/local/assembly/resolve-resources.ts';
import { templateScope } from '../../lib/local/assembly/template-scope.ts';
import { RUNBOOK_URL } from './runbook-url.ts';
import { temporaryDir } from './temporary-dir.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

const DEPLOYMENT: Deployment = {
  accountId: ACCOUNT,
  region: REGION,
  partition: 'aws',
  queueUrl: (name) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`,
};

export interface Synthesized {
  readonly template: Template;
  /** The template with every reference resolved for one account and Region. */
  readonly resources: LocalResources;
  /** A part of the template with its references resolved. */
  readonly resolve: (value: unknown) => unknown;
  readonly ingest: LocalQueue;
  readonly deadLetter: LocalQueue;
  readonly undelivered: LocalQueue;
}

/** Synthesizes the real stack, bundle included, with the flags the app itself uses. */
export function synthesize(props: SecurityHubTriageProps): Synthesized {
  const outDir = temporaryDir();
  synthesizeTo(outDir, props);
  return readSynthesized(outDir);
}

export function synthesizeTo(outDir: string, props: SecurityHubTriageProps): void {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const app = new App({ outdir: outDir, context, analyticsReporting: false });
  new TriageStack(app, 'SecurityHubTriage', { runbookUrl: RUNBOOK_URL, ...props });
  app.synth();
}

/** Reads what was synthesized; a template that is given takes the place of the one in the folder. */
export function readSynthesized(outDir: string, given?: object): Synthesized {
  const templateFile = join(outDir, 'SecurityHubTriage.template.json');
  const template: Record<string, unknown> = JSON.parse(readFileSync(templateFile, 'utf8'));
  const [read] = readCloudAssembly(outDir);
  if (read === undefined) throw new Error(`${outDir} holds no stack.`);
  const stack = given === undefined ? read : { ...read, ...templateParts(given) };
  const resources = resolveResources([stack], DEPLOYMENT);
  const scope = templateScope(stack, DEPLOYMENT);
  return {
    template: Template.fromJSON({ ...(given ?? template) }),
    resources,
    resolve: (value) => resolveIntrinsics(value, scope),
    ingest: queueNamed(resources, 'IngestQueue'),
    deadLetter: queueNamed(resources, 'DeadLetterQueue'),
    undelivered: queueNamed(resources, 'UndeliveredQueue'),
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

/** The rule that brings findings; the other one listens to the breaker's alarms. */
export function findingRule({ eventRules }: LocalResources): LocalEventRule {
  return only(eventRules.filter(({ targets }) => targets.some(({ arn }) => arn.includes(':sqs:'))));
}

/** The function that the event source feeds; the other one sweeps. */
export function triageFunction({ functions, eventSourceMappings }: LocalResources): LocalFunctionSpec {
  const { functionName } = only(eventSourceMappings);
  return only(functions.filter(({ name }) => name === functionName));
}

/** The state machine that pauses triage; the other one sweeps. */
export function breakerMachine({ stateMachines }: LocalResources): LocalStateMachine {
  return only(stateMachines.filter(({ logicalId }) => logicalId.includes('Breaker')));
}

function queueNamed(resources: LocalResources, name: string): LocalQueue {
  return only(resources.queues.filter(({ logicalId }) => logicalId.includes(name)));
}
