import { randomUUID } from 'node:crypto';
import type { Finding } from '../../lib/findings/finding.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import type { ArrivingCall, Intercept } from '../../lib/local/interception.ts';
import type { LocalFunction } from '../../lib/local/lambda/local-function.ts';
import { importedEvent } from '../../lib/local/security-hub/imported-event.ts';
import type { SecurityHubOptions } from '../../lib/local/security-hub/security-hub.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import type { DeployedAssembly } from './deployed-assembly.ts';
import type { Title } from './firing-rules.ts';

/** A local account with the deployed bundle in it, and a hand on every call that arrives. */
export interface Range {
  readonly account: LocalAccount;
  readonly ruleset: Ruleset;
  readonly lambda: LocalFunction;
  readonly ingestQueue: string;
  readonly deadLetterQueue: string;
  /** Replaces what strikes arriving calls; undefined strikes none. */
  readonly strike: (intercept: Intercept | undefined) => void;
  /** Puts findings in and sends their events, so many milliseconds old. */
  readonly import: (findings: readonly Finding[], ageMs?: number) => void;
  /** Sends a text as EventBridge would have delivered it, whatever it holds. */
  readonly deliver: (body: string) => void;
  /** Starts so many processes ahead, so that a cold start on a busy machine is not what a test measures. */
  readonly warmUp: (processes: number) => Promise<void>;
  /** Parsed bodies of the function's dead-letter queue. */
  readonly deadLetters: () => readonly DeadLetterBody[];
}

export interface DeadLetterBody {
  readonly detail?: { readonly findings: readonly Finding[] };
  readonly triage?: { readonly cause: { readonly code: string }; readonly body?: string };
}

const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';

/** Starts the account; ten seconds of its waiting pass in a millisecond. */
export async function startRange(
  deployed: DeployedAssembly,
  securityHub: Pick<SecurityHubOptions, 'quotas' | 'maps'> = {},
): Promise<Range> {
  let intercept: Intercept | undefined;
  const account = await startLocalAccount({
    assemblyDir: deployed.assemblyDir,
    timeScale: 0.0001,
    securityHub,
    intercept: (call: ArrivingCall) => intercept?.(call),
  });
  const { queueArn: ingestArn, functionName } = onlyOne(account.resources.eventSourceMappings);
  const lambda = account.functions.get(functionName);
  if (lambda === undefined) throw new Error('The event source feeds no function.');
  const ingestQueue = onlyOne(account.resources.queues.filter(({ arn }) => arn === ingestArn));
  const deadLetterUrl = lambdaEnvironment(account).DEAD_LETTER_QUEUE_URL;
  const deadLetterQueue = onlyOne(account.resources.queues.filter(({ url }) => url === deadLetterUrl)).name;
  const ruleArn = account.resources.eventRules[0]?.arn ?? '';
  return {
    account,
    ruleset: deployed.ruleset,
    lambda,
    ingestQueue: ingestQueue.name,
    deadLetterQueue,
    strike: (next) => {
      intercept = next;
    },
    import(findings, ageMs = 0) {
      account.hub.seed(findings);
      for (const finding of findings) account.emit(eventOf(finding, ageMs));
    },
    deliver(body) {
      const service = { service: 'events.amazonaws.com', sourceArn: ruleArn };
      const sent = account.queues.sendAs(service, ingestQueue.name, body);
      if (!sent.ok) throw new Error(`SQS refused a body: ${sent.message}`);
    },
    async warmUp(processes) {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const results = await Promise.all(
          Array.from({ length: processes }, () => lambda.invoke('{"Records":[]}')),
        );
        if (results.every(({ ok }) => ok)) return;
      }
      throw new Error('The function does not start.');
    },
    deadLetters: () => account.queues.peek(deadLetterQueue).map(({ body }) => JSON.parse(body)),
  };
}

export function eventOf(finding: Finding, ageMs = 0) {
  const nowMs = Date.now() - ageMs;
  return importedEvent(finding, { id: randomUUID(), account: '111122223333', region: 'eu-west-1', nowMs });
}

/** A finding as a provider sends it; its title says which rule takes it. */
export function findingTitled(
  title: Title,
  id: string,
  changes: Readonly<Record<string, unknown>> = {},
): Finding {
  return {
    Id: id,
    ProductArn: PRODUCT_ARN,
    AwsAccountId: '111122223333',
    ProductName: 'GuardDuty',
    Title: `${title} ${id}`,
    CreatedAt: '2026-06-01T00:00:00Z',
    UpdatedAt: '2026-06-01T00:00:00Z',
    Severity: { Label: 'MEDIUM', Normalized: 40 },
    FindingProviderFields: { Severity: { Label: 'MEDIUM' } },
    Types: [],
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    Resources: [{ Type: 'AwsEc2Instance', Id: 'i-1' }],
    ...changes,
  };
}

function lambdaEnvironment(account: LocalAccount): Readonly<Record<string, string>> {
  const { functionName } = onlyOne(account.resources.eventSourceMappings);
  return onlyOne(account.resources.functions.filter(({ name }) => name === functionName)).environment;
}

function onlyOne<T>(items: readonly T[]): T {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) throw new Error(`One was expected, not ${items.length}.`);
  return item;
}
