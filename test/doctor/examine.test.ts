import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { connect } from '../../lib/doctor/account/connect.ts';
import { doctorPolicy } from '../../lib/doctor/doctor-policy.ts';
import type { Examination } from '../../lib/doctor/examination.ts';
import { examine } from '../../lib/doctor/examine.ts';
import { connect as connectFindings } from '../../lib/export/finding-source.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { NEW_HUB_SETTINGS } from '../../lib/local/security-hub/hub-settings.ts';
import { finding } from '../local/security-hub/account.ts';
import { synthesizeTinyApp, type TinyApp } from '../local/tiny-app.ts';

const POLICY = doctorPolicy({
  ...{ partition: 'aws', accountId: '111122223333', region: 'eu-west-1', stack: 'Tiny' },
});
const ACTIONS = POLICY.Statement.flatMap(({ Action }) => Action);
const NATIVE = {
  ...{ RuleArn: 'arn:aws:securityhub:eu-west-1:111122223333:automation-rule/1', RuleName: 'theirs' },
  ...{ RuleStatus: 'ENABLED', RuleOrder: 1, IsTerminal: false, Criteria: {} },
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { Severity: { Label: 'LOW' } } }],
};

/** The outputs of the product; the queue is not the one that the app's event rule sends to. */
const OUTPUTS = {
  IngestQueueArn: 'arn:aws:sqs:eu-west-1:111122223333:another',
  DecisionBusArn: 'arn:aws:events:eu-west-1:111122223333:event-bus/decisions',
};

let app: TinyApp;
let account: LocalAccount;

beforeAll(async () => {
  app = synthesizeTinyApp({
    handler: 'export const handler = async () => {};',
    extend(stack) {
      for (const [name, value] of Object.entries(OUTPUTS)) new CfnOutput(stack, name, { value });
      addVisitor(stack, 'Doctor', POLICY);
      for (const [i, action] of ACTIONS.entries()) addVisitor(stack, `Lacking${i}Of`, without(action));
      const stranger = new Role(stack, 'Stranger', { assumedBy: new AccountRootPrincipal() });
      stranger.addToPolicy(new PolicyStatement({ actions: ['sqs:ListQueues'], resources: ['*'] }));
    },
  });
  account = await startLocalAccount({ assemblyDir: app.assemblyDir, eventBuses: ['decisions'] });
}, 120_000);

afterAll(async () => {
  await account?.close();
  app?.remove();
});

afterEach(() => {
  vi.unstubAllEnvs();
  account.hub.set(NEW_HUB_SETTINGS);
});

function addVisitor(stack: Stack, name: string, document: object): void {
  new Role(stack, name, {
    assumedBy: new AccountRootPrincipal(),
    inlinePolicies: { Doctor: PolicyDocument.fromJson(document) },
  });
}

function without(action: string): object {
  return {
    ...POLICY,
    Statement: POLICY.Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((one) => one !== action),
    })).filter(({ Action }) => Action.length > 0),
  };
}

/** Looks as an identity of the account, with the SDK's own settings. */
async function lookAs(role: string, mostPages = 10, at = account): Promise<Examination> {
  const { endpoints, principals, region, resources } = at;
  const arn = resources.roles.find(({ logicalId }) => logicalId.startsWith(role))?.arn ?? '';
  const { accessKeyId, secretAccessKey } = principals.credentialsOf(arn);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ENDPOINT_URL_SECURITYHUB', endpoints.securityHub);
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', endpoints.events);
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', endpoints.cloudFormation);
  const [connecting, findings] = await Promise.all([connect(), connectFindings()]);
  if (connecting.kind !== 'connected' || findings.kind !== 'connected') throw new Error('no account');
  try {
    return await examine({
      ...{
        connection: connecting.connection,
        source: findings.source,
        stack: 'Tiny',
        rules: null,
        mostPages,
      },
      ...{ nowMs: Date.now(), onPage: () => {} },
    });
  } finally {
    connecting.connection.close();
    findings.source.close();
  }
}

const codes = ({ observations }: Examination) =>
  Object.fromEntries(observations.map(({ topic, code }) => [topic, code]));
const lacking = ({ observations }: Examination) =>
  observations.filter(({ code }) => code === 'denied').map(({ data }) => (data as { action: string }).action);

/** Everything there is to ask about: an organization, two Regions, automation rules of both services. */
function setUpAll(): void {
  account.hub.set({
    ...{ newHub: true, isDelegated: false, management: { delegatedTo: null }, automationRules: [NATIVE] },
    aggregation: { homeRegion: 'eu-central-1', mode: 'SPECIFIED_REGIONS', regions: ['us-east-1'] },
    automationRulesV2: [{ RuleName: 'new', RuleStatus: 'ENABLED', Actions: [] }],
  });
}

describe('looking at an account', () => {
  it('is allowed all it asks by the policy in the documentation', async () => {
    setUpAll();

    const examination = await lookAs('Doctor');

    expect(lacking(examination)).toEqual([]);
    expect(examination.observations.filter(({ standing }) => standing === 'unseen')).toEqual([]);
    expect(examination).toMatchObject({ accountId: '111122223333', region: 'eu-west-1' });
    expect(codes(examination)).toEqual({
      'security-hub': 'both',
      administrator: 'alone',
      aggregation: 'not-linked',
      stack: 'deployed',
      'decision-bus': 'there',
      suppressions: 'none',
      'automation-rules': 'new-rules',
      bus: 'early',
    });
  });

  it.each(ACTIONS.map((action, i) => [action, `Lacking${i}Of`]))(
    'says that %s is lacking, and looks at the rest: the policy has nothing to spare',
    async (action, role) => {
      setUpAll();

      const examination = await lookAs(role);

      expect(lacking(examination)).toEqual([action]);
      // Which bus to ask after, the stack alone says.
      const topics = action === 'cloudformation:DescribeStacks' ? 7 : 8;
      expect(new Set(examination.observations.map(({ topic }) => topic)).size).toBe(topics);
    },
  );

  it('ends with nothing seen, and without an error, as somebody who may nothing', async () => {
    const examination = await lookAs('Stranger');

    expect(new Set(examination.observations.map(({ standing }) => standing))).toEqual(new Set(['unseen']));
    expect(lacking(examination)).toContain('securityhub:DescribeHub');
    expect(examination.accountId).toBeNull();
  });

  it('goes on where Security Hub fails, is throttled or hangs up', async () => {
    const { faults } = account.hub;
    faults.failCalls('InternalException', 500, { operation: 'ListAutomationRules', times: 9 });
    faults.failCalls('TooManyRequestsException', 429, { operation: 'ListFindingAggregators', times: 9 });
    faults.dropReply({ operation: 'GetAdministratorAccount', times: 9 });

    const { observations } = await lookAs('Doctor');
    faults.clear();
    const unseen = observations.filter(({ standing }) => standing === 'unseen');

    expect(unseen.map(({ topic, code }) => [topic, code])).toEqual([
      ['administrator', 'failed'],
      ['aggregation', 'failed'],
      ['automation-rules', 'failed'],
    ]);
    expect(unseen[2]?.found).toContain('securityhub:ListAutomationRules failed with InternalException');
    expect(unseen[1]?.advice).toContain('repeat it later');
  }, 60_000);

  it.each([
    ['only the new Security Hub', { cspm: false, newHub: true }, 'only-new'],
    ['none', { cspm: false }, 'not-enabled'],
  ])('finds %s enabled, and does not ask what only Security Hub CSPM knows', async (_, settings, code) => {
    account.hub.set(settings);

    const examination = await lookAs('Doctor');

    expect(codes(examination)).toMatchObject({ 'security-hub': code, stack: 'deployed', bus: 'early' });
    expect(examination.observations.map(({ topic }) => topic)).not.toContain('aggregation');
    expect(examination.observations[0]?.standing).toBe('wrong');
  });

  it.each([
    ['a delegated administrator', { isDelegated: true, members: ['444455556666'] }, 'delegated'],
    ['an administrator by invitation', { members: ['444455556666'] }, 'administrator'],
    ['a member', { administrator: '444455556666' }, 'member'],
    ['a management account', { management: { delegatedTo: '444455556666' } }, 'management'],
  ])('finds %s', async (_, settings, administrator) => {
    account.hub.set(settings);

    expect(codes(await lookAs('Doctor'))).toMatchObject({ administrator });
  });

  it('takes a refusal by the service, and not by IAM, for having no members', async () => {
    account.hub.set({ administrator: '444455556666' });
    account.hub.faults.failCalls('InvalidAccessException', 401, { operation: 'ListMembers' });

    expect(codes(await lookAs('Doctor'))).toMatchObject({ administrator: 'member' });
  });

  it('reads a thousand suppressed findings, or all of them', async () => {
    account.hub.seed(
      Array.from({ length: 420 }, (_, n) =>
        finding(`suppressed-${n}`, { Workflow: { Status: 'SUPPRESSED' }, RecordState: 'ACTIVE' }),
      ),
    );

    const part = await lookAs('Doctor', 2);
    const all = await lookAs('Doctor', Number.POSITIVE_INFINITY);
    const counted = (examination: Examination) =>
      examination.observations.find(({ topic }) => topic === 'suppressions')?.data;

    expect(counted(part)).toMatchObject({
      findings: 200,
      isPart: true,
      by: [{ kind: 'unknown', findings: 200 }],
    });
    expect(counted(all)).toMatchObject({ findings: 420, isPart: false });
  }, 60_000);

  it("takes a stack without the product's outputs for another one, and asks after no bus for decisions", async () => {
    const other = synthesizeTinyApp({
      handler: 'export const handler = async () => {};',
      extend: (stack) => addVisitor(stack, 'Doctor', POLICY),
    });
    onTestFinished(other.remove);
    const elsewhere = await startLocalAccount({ assemblyDir: other.assemblyDir });
    onTestFinished(elsewhere.close);

    const examination = await lookAs('Doctor', 1, elsewhere);

    expect(codes(examination)).toMatchObject({ stack: 'another' });
    expect(codes(examination)).not.toHaveProperty('decision-bus');
  });

  it('changes nothing', () => {
    const changing = account.hub.calls().filter(({ operation }) => /Update|Import/.test(operation));

    expect(account.hub.calls().length).toBeGreaterThan(100);
    expect(changing).toEqual([]);
  });
});
