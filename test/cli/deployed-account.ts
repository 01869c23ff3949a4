import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { onTestFinished } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { SecurityHubTriageProps } from '../../lib/infrastructure/triage-construct.ts';
import { TriageStack } from '../../lib/infrastructure/triage-stack.ts';
import { type LocalAccount, type LocalAccountOptions, startLocalAccount } from '../../lib/local/account.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import { RUNBOOK_URL } from '../infrastructure/runbook-url.ts';
import { temporaryDir } from '../infrastructure/temporary-dir.ts';
import { createSurroundings, type Finished, type Surroundings, triage } from './triage.ts';

/** Synthesizes the product with these rules, as it is deployed to enforce them. */
export function synthesizeProduct(
  rulesDir: string,
  settings: Pick<SecurityHubTriageProps, 'decisionBus'> = {},
): string {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const assemblyDir = temporaryDir();
  const app = new App({ outdir: assemblyDir, context, analyticsReporting: false });
  new TriageStack(app, 'SecurityHubTriage', {
    ...{ rulesDir, mode: 'enforce', runbookUrl: RUNBOOK_URL },
    ...settings,
  });
  app.synth();
  return assemblyDir;
}

export interface DeployedAccount {
  readonly account: LocalAccount;
  readonly surroundings: Surroundings;
  /** Variables that lead the command line there as the operator, or as another identity. */
  readonly environment: (arn?: string) => Surroundings['env'];
  /** Runs the command line as the operator, or as another identity. */
  readonly triage: (args: readonly string[], arn?: string) => Promise<Finished>;
  /** `triage dead-letters …`, likewise. */
  readonly deadLetters: (args: readonly string[], arn?: string) => Promise<Finished>;
  readonly queue: (part: 'DeadLetter' | 'Undelivered' | 'Ingest') => {
    name: string;
    url: string;
    arn: string;
  };
  readonly role: (part: string) => string;
  readonly close: () => Promise<void>;
}

/** The product in an account of its own, and a shell whose AWS settings lead there. */
export async function startDeployedAccount(
  assemblyDir: string,
  options: Pick<LocalAccountOptions, 'eventBuses'> = {},
): Promise<DeployedAccount> {
  const account = await startLocalAccount({ assemblyDir, timeScale: 0.001, ...options });
  const surroundings = createSurroundings();
  const { endpoints, region, principals, resources } = account;
  function environment(arn = principals.operatorArn): Surroundings['env'] {
    const { accessKeyId, secretAccessKey } = principals.credentialsOf(arn);
    return {
      ...surroundings.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_SECURITYHUB: endpoints.securityHub,
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
      AWS_ENDPOINT_URL_STS: endpoints.sts,
      AWS_ENDPOINT_URL_SFN: endpoints.states,
      AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.events,
      AWS_ENDPOINT_URL_CLOUDFORMATION: endpoints.cloudFormation,
    };
  }
  function run(args: readonly string[], arn?: string): Promise<Finished> {
    return triage({ ...surroundings, env: environment(arn) }, ...args);
  }
  return {
    account,
    surroundings,
    environment,
    triage: run,
    deadLetters: (args, arn) => run(['dead-letters', ...args], arn),
    queue(part) {
      const found = resources.queues.find(({ logicalId }) => logicalId.includes(`${part}Queue`));
      if (found === undefined) throw new Error(`There is no queue ${part}.`);
      return found;
    },
    role: (part) => resources.roles.find(({ logicalId }) => logicalId.includes(part))?.arn ?? '',
    async close() {
      surroundings.remove();
      await account.close();
    },
  };
}

/** The same, closed when the test ends. */
export async function deployForTest(
  assemblyDir: string,
  options: Pick<LocalAccountOptions, 'eventBuses'> = {},
): Promise<DeployedAccount> {
  const deployed = await startDeployedAccount(assemblyDir, options);
  onTestFinished(deployed.close);
  return deployed;
}

/** Emits the events of these findings, whether or not the hub has them. */
export function emitAll({ account }: DeployedAccount, findings: readonly Finding[]): void {
  const { accountId, region } = account;
  for (const finding of findings)
    account.emit(importedEvent(finding, { id: randomUUID(), account: accountId, region, nowMs: Date.now() }));
}
