import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeHubCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { CfnOutput } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAccount, startLocalAccount } from '../../../lib/local/account.ts';
import { synthesizeTinyApp, type TinyApp } from '../tiny-app.ts';

let app: TinyApp;
let account: LocalAccount;

beforeAll(async () => {
  app = synthesizeTinyApp({
    handler: 'export const handler = async () => {};',
    extend(stack, { deadLetters }) {
      const reader = new Role(stack, 'Reader', { assumedBy: new AccountRootPrincipal() });
      deadLetters.grantConsumeMessages(reader);
      const hub = new Role(stack, 'Hub', { assumedBy: new AccountRootPrincipal() });
      hub.addToPolicy(new PolicyStatement({ actions: ['securityhub:DescribeHub'], resources: ['*'] }));
      new Role(stack, 'Machine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      const guest = new Role(stack, 'Guest', { assumedBy: new AccountRootPrincipal() });
      guest.addToPolicy(new PolicyStatement({ actions: ['sqs:ListQueues'], resources: ['*'] }));
      new CfnOutput(stack, 'DeadLettersUrl', {
        value: deadLetters.queueUrl,
        description: 'a <queue> & more',
      });
      new CfnOutput(stack, 'Greeting', { value: '<hello> & "good" day' });
    },
  });
  account = await startLocalAccount({ assemblyDir: app.assemblyDir });
});

afterAll(async () => {
  await account?.close();
  app?.remove();
});

function roleArn(logicalIdPart: string): string {
  return account.resources.roles.find(({ logicalId }) => logicalId.startsWith(logicalIdPart))?.arn ?? '';
}

function cloudFormationAs(arn: string): CloudFormationClient {
  const { endpoints, region, principals } = account;
  const credentials = { ...principals.credentialsOf(arn) };
  return new CloudFormationClient({
    endpoint: endpoints.cloudFormation,
    region,
    credentials,
    maxAttempts: 1,
  });
}

function assuming(RoleArn: string, as: string): SQSClient {
  const { endpoints, region, principals } = account;
  return new SQSClient({
    endpoint: endpoints.sqs,
    region,
    credentials: fromTemporaryCredentials({
      masterCredentials: { ...principals.credentialsOf(as) },
      clientConfig: { region, endpoint: endpoints.sts },
      params: { RoleArn, RoleSessionName: 'test' },
    }),
  });
}

describe('DescribeStacks of the local account', () => {
  it('tells the outputs of a stack by its name, as text of any characters', async () => {
    const client = cloudFormationAs(account.principals.operatorArn);

    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: 'Tiny' }));

    const outputs = Object.fromEntries(
      (Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );
    const deadLetters = account.resources.queues.find(({ logicalId }) => logicalId.startsWith('DeadLetters'));
    expect(outputs).toEqual({ DeadLettersUrl: deadLetters?.url, Greeting: '<hello> & "good" day' });
    expect(Stacks[0]).toMatchObject({ StackName: 'Tiny', StackStatus: 'CREATE_COMPLETE' });
  });

  it('refuses an unknown stack, and a caller who may not ask', async () => {
    const unknown = cloudFormationAs(account.principals.operatorArn).send(
      new DescribeStacksCommand({ StackName: 'Nobody' }),
    );
    const denied = cloudFormationAs(roleArn('Guest')).send(new DescribeStacksCommand({ StackName: 'Tiny' }));

    await expect(unknown).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id Nobody does not exist',
    });
    await expect(denied).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('cloudformation:DescribeStacks'),
    });
  });
});

describe('AssumeRole of the local account', () => {
  it('gives the rights of the role to whom both sides let', async () => {
    const QueueUrl = account.resources.queues.find(({ logicalId }) =>
      logicalId.startsWith('DeadLetters'),
    )?.url;

    const reply = await assuming(roleArn('Reader'), account.principals.operatorArn).send(
      new ReceiveMessageCommand({ QueueUrl }),
    );

    expect(reply.Messages).toBeUndefined();
  });

  it('lets a session do only what its own policy allows as well', async () => {
    const { endpoints, region, principals } = account;
    const hubAs = (name: string, Policy: string) =>
      new SecurityHubClient({
        ...{ endpoint: endpoints.securityHub, region, maxAttempts: 1 },
        credentials: fromTemporaryCredentials({
          masterCredentials: { ...principals.credentialsOf(principals.operatorArn) },
          clientConfig: { region, endpoint: endpoints.sts },
          params: { RoleArn: roleArn('Hub'), RoleSessionName: name, Policy },
        }),
      });
    const allowing = (...Action: string[]) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

    const reading = hubAs('reading', allowing('securityhub:DescribeHub', 'securityhub:GetFindings'));
    const other = hubAs('other', allowing('securityhub:GetFindings'));

    await expect(reading.send(new DescribeHubCommand())).resolves.toBeDefined();
    await expect(other.send(new DescribeHubCommand())).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('assumed-role/'),
    });
    // The role itself may not: a session adds nothing.
    await expect(reading.send(new GetFindingsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(hubAs('bad', '{}').config.credentials()).rejects.toMatchObject({
      name: expect.stringMatching(/^MalformedPolicyDocument/),
    });
  });

  it.each([
    ['the role trusts a service alone', 'Machine', null],
    ['the caller has no right to it', 'Reader', 'Guest'],
    ['there is no such role', '', null],
  ])('is refused where %s', async (_, role, caller) => {
    const as = caller === null ? account.principals.operatorArn : roleArn(caller);
    const arn = role === '' ? 'arn:aws:iam::111122223333:role/nobody' : roleArn(role);

    const credentials = assuming(arn, as).config.credentials();

    await expect(credentials).rejects.toMatchObject({ name: expect.stringMatching(/AccessDenied/) });
  });
});
