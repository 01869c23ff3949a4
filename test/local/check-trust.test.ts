import type { Stack } from 'aws-cdk-lib';
import { CfnRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLocalAccount } from '../../lib/local/account.ts';
import { synthesizeTinyApp, type TinyParts } from './tiny-app.ts';

/** Builds an account of the tiny app with this change, and closes it again. */
async function deploy(extend: (stack: Stack, parts: TinyParts) => void): Promise<void> {
  const app = synthesizeTinyApp({ handler: 'export const handler = async () => {};', extend });
  onTestFinished(app.remove);
  const account = await startLocalAccount({ assemblyDir: app.assemblyDir });
  await account.close();
}

type Trust = Readonly<Record<string, unknown>>;

const trusting = (service: string, more: Trust = {}): Trust => ({
  ...{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } },
  ...more,
});
const forAccount = (account: string): Trust => ({
  Condition: { StringEquals: { 'aws:SourceAccount': account } },
});
const forSource = (arn: unknown): Trust => ({ Condition: { ArnLike: { 'aws:SourceArn': arn } } });

function setTrust(role: unknown, statements: readonly Trust[]): void {
  const resource = (role as Role).node.defaultChild as CfnRole;
  expect(resource).toBeInstanceOf(CfnRole);
  resource.assumeRolePolicyDocument = { Version: '2012-10-17', Statement: statements };
}

const deployFunction = (...statements: readonly Trust[]) =>
  deploy((_stack, { lambda }) => setTrust(lambda.role, statements));

const deployMachine = (...statements: readonly Trust[]) =>
  deploy((stack) => {
    const role = new Role(stack, 'Becomes', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    setTrust(role, statements);
    new StateMachine(stack, 'Machine', {
      role,
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Nothing')),
    });
  });

const LAMBDA = 'lambda.amazonaws.com';
const STATES = 'states.amazonaws.com';
const FUNCTIONS = 'arn:aws:lambda:eu-west-1:111122223333:function';
const MACHINES = 'arn:aws:states:eu-west-1:111122223333:stateMachine';

describe('the role of a function', () => {
  it.each<[string, Trust[]]>([
    ['trusts Lambda', [trusting(LAMBDA)]],
    ['trusts it in this account', [trusting(LAMBDA, forAccount('111122223333'))]],
    ['trusts it for functions of this stack', [trusting(LAMBDA, forSource(`${FUNCTIONS}:Tiny-*`))]],
    ['trusts others too', [trusting(STATES), trusting(LAMBDA)]],
  ])('%s: it deploys', async (_, statements) => {
    await expect(deployFunction(...statements)).resolves.toBeUndefined();
  });

  it.each<[string, Trust[]]>([
    ['trusts another service', [trusting('edgelambda.amazonaws.com')]],
    ['trusts the account', [trusting(LAMBDA, { Principal: { AWS: 'arn:aws:iam::111122223333:root' } })]],
    ['lets Lambda do something else', [trusting(LAMBDA, { Action: 'sts:TagSession' })]],
    ['trusts it in another account', [trusting(LAMBDA, forAccount('444455556666'))]],
    ['trusts it for another function', [trusting(LAMBDA, forSource(`${FUNCTIONS}:another`))]],
    ['forbids what it allows', [trusting(LAMBDA), trusting(LAMBDA, { Effect: 'Deny' })]],
  ])('%s: it does not deploy', async (_, statements) => {
    await expect(deployFunction(...statements)).rejects.toThrow(
      expect.objectContaining({
        name: 'AssemblyError',
        message: expect.stringMatching(
          /^Triage\w+: The role defined for the function cannot be assumed by Lambda\. The trust policy of arn:aws:iam::111122223333:role\/\S+ does not let lambda\.amazonaws\.com act for arn:aws:lambda:\S+\.$/,
        ),
      }),
    );
  });
});

describe('the role of a state machine', () => {
  it.each<[string, Trust[]]>([
    ['trusts Step Functions', [trusting(STATES)]],
    ['trusts it in this Region', [trusting('states.eu-west-1.amazonaws.com')]],
    ['trusts it for machines of this account', [trusting(STATES, forSource(`${MACHINES}:*`))]],
  ])('%s: it deploys', async (_, statements) => {
    await expect(deployMachine(...statements)).resolves.toBeUndefined();
  });

  it.each<[string, Trust[]]>([
    ['trusts Lambda', [trusting(LAMBDA)]],
    ['trusts it in another Region', [trusting('states.us-east-1.amazonaws.com')]],
    ['trusts it for another machine', [trusting(STATES, forSource(`${MACHINES}:another`))]],
  ])('%s: it does not deploy', async (_, statements) => {
    await expect(deployMachine(...statements)).rejects.toThrow(
      /^Machine\w+: Neither the global service principal states\.amazonaws\.com, nor the regional one is authorized to assume the provided role\./,
    );
  });
});
