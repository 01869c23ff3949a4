import { rmSync } from 'node:fs';
import { Command } from 'commander';
import { type LocalAccount, type LocalAccountOptions, startLocalAccount } from '../local/account.ts';
import { documentedFindings } from '../local/documented-findings.ts';
import { bringIn } from '../local/run/bring-in.ts';
import { readInput } from '../local/run/input.ts';
import { synthesize } from '../local/run/synthesize.ts';
import { narratorFor } from './global-options.ts';
import { interrupted } from './interrupt.ts';
import {
  callDurationOption,
  findingsOption,
  type LocalOptions,
  modeOption,
  portOption,
  rulesOption,
} from './local-options.ts';
import { requireTriage } from './require-triage.ts';
import { sampleFiles } from './sample-findings.ts';
import { UsageError } from './usage-error.ts';

interface KeptOptions extends LocalOptions {
  readonly securityHubPort?: number;
  readonly sqsPort?: number;
  readonly callDuration?: number;
}

const LEAPS =
  'Its clock leaps ahead where it only waits: minutes pass in seconds, and it tells times by that clock.';

/** `triage local`: keeps the local account up for the AWS CLI and the SDK until it is interrupted. */
export function localCommand(): Command {
  return new Command('local')
    .description('keep a local account up and print how to reach it with the AWS CLI and the SDK')
    .addOption(findingsOption())
    .addOption(rulesOption())
    .addOption(modeOption())
    .addOption(portOption('security-hub-port', 'Security Hub'))
    .addOption(portOption('sqs-port', 'SQS'))
    .addOption(callDurationOption())
    .addHelpText('after', `\n${LEAPS}`)
    .action(keepUp);
}

async function keepUp(options: KeptOptions, command: Command): Promise<void> {
  const { say, time } = narratorFor(command);
  const { findings, rules, mode, securityHubPort, sqsPort, callDuration } = options;
  const items = readInput(findings ?? sampleFiles(rules));
  say('Synthesizing the stack with its rules and the function (cdk synth) …');
  const assemblyDir = await time('synthesis', () => synthesize({ rulesDir: rules, mode }));
  const account = await startOnFreePorts({
    assemblyDir,
    region: 'us-west-1',
    accountId: '123456789012',
    timeScale: 0.001,
    ports: {
      ...(securityHubPort !== undefined && { securityHub: securityHubPort }),
      ...(sqsPort !== undefined && { sqs: sqsPort }),
    },
  });
  try {
    requireTriage(account);
    account.hub.seed(documentedFindings());
    bringIn(account, items);
    await account.settle();
    if (callDuration !== undefined)
      account.hub.faults.delayCalls(callDuration, { times: Number.POSITIVE_INFINITY });
    console.log(directions(account));
    await interrupted();
  } finally {
    await account.close();
    rmSync(assemblyDir, { recursive: true, force: true });
  }
}

async function startOnFreePorts(options: LocalAccountOptions): Promise<LocalAccount> {
  try {
    return await startLocalAccount(options);
  } catch (error) {
    const { code, port } = error as { readonly code?: string; readonly port?: number };
    if (code !== 'EADDRINUSE') throw error;
    throw new UsageError(`Port ${port} is taken. Name another one, or none for any free one.`, {
      cause: error,
    });
  }
}

function directions({ endpoints, region, principals, resources, hub }: LocalAccount): string {
  const { accessKeyId, secretAccessKey } = principals.credentialsOf(principals.operatorArn);
  const [documented] = documentedFindings();
  return [
    `A local AWS account is up, with ${hub.findings().length} findings in Security Hub. Ctrl-C ends it.`,
    LEAPS,
    '',
    `  Security Hub  ${endpoints.securityHub}`,
    `  SQS           ${endpoints.sqs}`,
    ...resources.queues.map(({ url }) => `    queue       ${url}`),
    '',
    'In another terminal, these make the AWS CLI and every AWS SDK reach it:',
    '',
    '  unset AWS_PROFILE AWS_SESSION_TOKEN',
    `  export AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `  export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `  export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    `  export AWS_ENDPOINT_URL_SECURITYHUB=${endpoints.securityHub}`,
    `  export AWS_ENDPOINT_URL_SQS=${endpoints.sqs}`,
    `  export AWS_ENDPOINT_URL_LAMBDA=${endpoints.lambda}`,
    `  export AWS_ENDPOINT_URL_CLOUDFORMATION=${endpoints.cloudFormation}`,
    `  export AWS_ENDPOINT_URL_STS=${endpoints.sts}`,
    `  export AWS_ENDPOINT_URL_SFN=${endpoints.states}`,
    `  export AWS_ENDPOINT_URL_EVENTBRIDGE=${endpoints.events}`,
    '',
    'For instance (older versions of the AWS CLI need --endpoint-url, newer ones read the variables too):',
    '',
    `  aws securityhub batch-update-findings --endpoint-url ${endpoints.securityHub} \\`,
    `    --finding-identifiers Id="${documented?.Id}",ProductArn="${documented?.ProductArn}" \\`,
    '    --note Text="Known issue that is not a risk.",UpdatedBy="user1" \\',
    '    --severity Label="LOW" --workflow Status="RESOLVED"',
    `  aws securityhub get-findings --endpoint-url ${endpoints.securityHub} --max-items 1`,
    ...resources.eventSourceMappings.flatMap(({ uuid }) => [
      `  aws lambda update-event-source-mapping --endpoint-url ${endpoints.lambda} \\`,
      `    --uuid ${uuid} --no-enabled     # pauses; --enabled resumes`,
    ]),
    '',
    '  new SecurityHubClient({}) and new SQSClient({}) of the SDK for JavaScript need nothing further.',
  ].join('\n');
}
