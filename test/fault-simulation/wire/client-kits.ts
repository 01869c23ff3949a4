import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { connectQueues, QUEUE_CLIENT } from '../../../lambdas/triage/queues.ts';
import { readFindings } from '../../../lambdas/triage/read-findings.ts';
import { connectSecurityHub, HUB_CLIENT } from '../../../lambdas/triage/security-hub.ts';
import { type Exchange, requestHandler } from './request-handler.ts';

/** What one execution environment takes long to make: SDK clients, logger and metrics. */
export interface ClientKit {
  readonly hub: SecurityHubClient;
  readonly sqs: SQSClient;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Where requests go, and lines of the log. */
  readonly direct: (ends: KitEnds) => void;
}

export interface KitEnds {
  readonly hub: Exchange;
  readonly sqs: Exchange;
  readonly line: (attributes: Attributes) => void;
}

type Attributes = Readonly<Record<string, unknown>>;

/** Kits at hand for a schedule; the clients of environments beyond these are made when they start. */
const WARM = 24;
const warm: ClientKit[] = [];

/**
 * Makes the kits that schedules share one after the other. A client's first call takes other turns of the event loop
 * than its later ones, so each has made its first before any schedule begins: what a schedule does must not depend on
 * those that ran before it.
 */
export async function warmKits(): Promise<void> {
  while (warm.length < WARM) {
    const kit = createKit();
    await makeFirstCalls(kit);
    warm.push(kit);
  }
}

/** Gives out kits, the same ones in the same order in every schedule, each as if it were new. */
export function createKitRack(): () => ClientKit {
  let taken = 0;
  return () => {
    const kit = warm[taken] ?? createKit();
    taken += 1;
    kit.metrics.clearMetrics();
    kit.hub.config.systemClockOffset = 0;
    kit.sqs.config.systemClockOffset = 0;
    // The budget for retries that a client keeps in memory.
    void kit.sqs.config.retryStrategy().then((strategy) => Object.assign(strategy, { capacity: 500 }));
    return kit;
  };
}

/**
 * Requests are not signed: no one here looks at it, and it would be most of the work. Endpoints are given, or each call
 * would look for them in the environment and in files.
 */
const ACCOUNT_CLIENT = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  signer: { sign: <T>(request: T): Promise<T> => Promise.resolve(request) },
};

function createKit(): ClientKit {
  let ends: KitEnds | null = null;
  const end = (): KitEnds => {
    if (ends === null) throw new Error('The clients are not connected to anything.');
    return ends;
  };
  const log = new ReadLogger({ serviceName: 'securityhub-triage', logLevel: 'DEBUG' });
  log.read = (attributes) => end().line(attributes);
  return {
    hub: new SecurityHubClient({
      ...{ ...ACCOUNT_CLIENT, ...HUB_CLIENT, endpoint: 'https://securityhub.eu-west-1.amazonaws.com' },
      requestHandler: requestHandler((...call) => end().hub(...call), HUB_CLIENT.requestHandler),
    }),
    sqs: new SQSClient({
      ...{ ...ACCOUNT_CLIENT, ...QUEUE_CLIENT, endpoint: 'https://sqs.eu-west-1.amazonaws.com' },
      requestHandler: requestHandler((...call) => end().sqs(...call), QUEUE_CLIENT.requestHandler),
    }),
    metrics: new Metrics({ namespace: 'securityhub-triage', serviceName: 'securityhub-triage' }),
    log,
    direct: (next) => {
      ends = next;
    },
  };
}

async function makeFirstCalls(kit: ClientKit): Promise<void> {
  const json = { 'content-type': 'application/json' };
  kit.direct({
    hub: async () => ({ status: 200, headers: json, body: '{"Findings":[]}' }),
    sqs: async () => ({ status: 200, headers: json, body: '{}' }),
    line: () => {},
  });
  const finding = { Id: 'finding', ProductArn: 'arn:aws:securityhub:::product/x' };
  const failures = { call: () => {}, entries: () => {}, takeDenied: () => 0 };
  const urls = {
    deadLetterQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/a',
    ingestQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/b',
  };
  const queues = connectQueues(urls, failures, kit.sqs);
  await connectSecurityHub(kit.hub).update({ update: { Confidence: 1 }, findings: [finding] }, 1_000);
  await readFindings(kit.hub, [finding], null, AbortSignal.timeout(1_000));
  await queues.sendDeadLetters([{ body: '{}', attributes: { causeCode: 'x', causeMessage: 'x' } }], 1_000);
  await queues.delay([{ receiptHandle: 'x', seconds: 1 }], 1_000);
}

/** The product's logger, whose lines are read in place of being printed. */
class ReadLogger extends Logger {
  read: (attributes: Attributes) => void = () => {};

  protected override printLog(_level: unknown, item: { getAttributes(): Attributes }): void {
    this.read(item.getAttributes());
  }
}
