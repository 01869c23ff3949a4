import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { describe, expect, it, vi } from 'vitest';
import type { SecurityHubTriageProps } from '../../../lib/infrastructure/triage-construct.ts';
import { TriageStack } from '../../../lib/infrastructure/triage-stack.ts';
import { writeRules } from '../fixture-rules.ts';
import { RUNBOOK_URL } from '../runbook-url.ts';
import { temporaryDir } from '../temporary-dir.ts';

/** What the product itself warns of where it is missing. */
const SETTLED: SecurityHubTriageProps = { runbookUrl: RUNBOOK_URL };
const HARDENED: SecurityHubTriageProps = {
  encryptionKey: 'create',
  alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:oncall',
  reservedConcurrency: 4,
};

describe('cdk-nag', () => {
  it.each([
    ['as it comes', {}],
    ['with every setting that a pack asks for', HARDENED],
    ['with traces', { ...HARDENED, tracing: true }],
    ['with a decision bus', { ...HARDENED, mode: 'enforce', decisionBus: 'decisions' }],
  ] as const)('has nothing against the stack %s, by five packs', (_how, props) => {
    expect(violationsOf(props)).toEqual([]);
  });

  it('needs few acknowledgements, each with a sentence', () => {
    const acknowledged = acknowledgementsOf({ ...HARDENED, tracing: true });
    const rules = new Set(acknowledged.map(({ id }) => id.replace(/^.*?::.*?-(?=[A-Z])/, '')));

    expect([...rules].sort()).toEqual([
      'EventBusDLQ',
      'IAM5[Resource::*]',
      'LambdaConcurrency',
      'LambdaDLQ',
      'LambdaEventSourceMappingDestination',
      'LambdaInsideVPC',
      'LambdaTracing',
      'SF1',
      'SF2',
      'SQS3',
      'SQSRedrivePolicy',
      'StepFunctionStateMachineXray',
    ]);
    for (const { reason } of acknowledged) expect(reason).toMatch(/^[A-Z].{40,}\.$/);
  });

  it('speaks up where a queue is weakened', () => {
    const violations = violationsOf(HARDENED, ({ triage }) => {
      const queue = triage.queues.ingest.node.defaultChild;
      if (queue instanceof CfnQueue) queue.redrivePolicy = undefined;
    });

    expect(violations).toContain('AwsSolutions-SQS3');
  });

  it('speaks up where a queue is added that nobody acknowledged', () => {
    const violations = violationsOf(HARDENED, (stack) => new CfnQueue(stack, 'Open'));

    expect(violations).toContain('AwsSolutions-SQS4');
  });
});

function appOf(props: SecurityHubTriageProps): { readonly app: App; readonly stack: TriageStack } {
  const { context } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'));
  const app = new App({ outdir: temporaryDir(), context, analyticsReporting: false });
  return {
    app,
    stack: new TriageStack(app, 'SecurityHubTriage', { ...SETTLED, rulesDir: writeRules(), ...props }),
  };
}

/** The names of the rules that are violated, in all packs together: what an app with these packs on would be told. */
function violationsOf(
  props: SecurityHubTriageProps,
  weaken: (stack: TriageStack) => void = () => {},
): readonly string[] {
  const { app, stack } = appOf(props);
  weaken(stack);
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(),
    new NIST80053R5Checks(),
    new HIPAASecurityChecks(),
    new PCIDSS321Checks(),
    new ServerlessChecks(),
  );
  // It would print its report for a person to read.
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof Error) || !/validation/i.test(`${error.name} ${error.message}`)) throw error;
  } finally {
    printed.mockRestore();
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports.flatMap(({ violations }: { violations: readonly { ruleName: string }[] }) =>
    violations.map(({ ruleName }) => ruleName),
  );
}

function acknowledgementsOf(props: SecurityHubTriageProps): readonly { id: string; reason: string }[] {
  const { stack } = appOf(props);
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    .map(([id, reason]) => ({ id, reason }));
}
