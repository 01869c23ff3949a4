import {
  DeleteRuleCommand,
  DescribeEventBusCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import { synthesizeTinyApp, type TinyApp } from './tiny-app.ts';

let app: TinyApp;
let account: LocalAccount;

beforeAll(async () => {
  app = synthesizeTinyApp({
    handler: 'export const handler = async () => {};',
    extend(stack) {
      const reader = new Role(stack, 'Reader', { assumedBy: new AccountRootPrincipal() });
      reader.addToPolicy(new PolicyStatement({ actions: ['events:ListRules'], resources: ['*'] }));
    },
  });
  account = await startLocalAccount({ assemblyDir: app.assemblyDir, eventBuses: ['theirs'] });
  account.rulesOfBus.add({
    name: 'pager',
    arn: 'arn:aws:events:eu-west-1:111122223333:rule/pager',
    enabled: false,
    description: 'Calls people.',
    pattern: { source: ['aws.securityhub'] },
    managedBy: 'pager.amazonaws.com',
    targets: [{ id: 'one', arn: 'arn:aws:sns:eu-west-1:111122223333:pager' }],
  });
});

afterAll(async () => {
  await account?.close();
  app?.remove();
});

function eventsAs(arn: string): EventBridgeClient {
  const { endpoints, region, principals } = account;
  const credentials = { ...principals.credentialsOf(arn) };
  return new EventBridgeClient({ endpoint: endpoints.events, region, credentials, maxAttempts: 1 });
}

describe('a bus', () => {
  const theirs = 'arn:aws:events:eu-west-1:111122223333:event-bus/theirs';
  const described = (Name: string | undefined, arn = account.principals.operatorArn) =>
    eventsAs(arn).send(new DescribeEventBusCommand({ Name }));

  it.each([['theirs'], [theirs]])('is found as %s', async (name) => {
    expect(await described(name)).toMatchObject({ Name: 'theirs', Arn: theirs });
  });

  it('is the default one where none is named', async () => {
    expect(await described(undefined)).toMatchObject({
      ...{ Name: 'default', Arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/default' },
    });
  });

  it('is not found where it is not there, or elsewhere', async () => {
    for (const name of ['none', theirs.replace('eu-west-1', 'eu-west-2')])
      await expect(described(name)).rejects.toThrow(
        expect.objectContaining({
          ...{ name: 'ResourceNotFoundException', message: `Event bus ${name} does not exist.` },
        }),
      );
  });

  it('is nothing that everybody may ask after', async () => {
    const reader = account.resources.roles.find(({ logicalId }) => logicalId.startsWith('Reader'))?.arn ?? '';

    await expect(described('theirs', reader)).rejects.toThrow(
      `is not authorized to perform: events:DescribeEventBus on resource: ${theirs}`,
    );
  });
});

describe('the default bus', () => {
  it("lists the app's rules and those of others, page by page, with their targets", async () => {
    const client = eventsAs(account.principals.operatorArn);

    const first = await client.send(new ListRulesCommand({ Limit: 1 }));
    const second = await client.send(new ListRulesCommand({ Limit: 1, NextToken: first.NextToken }));
    const [ours, pager] = [...(first.Rules ?? []), ...(second.Rules ?? [])];
    const targets = await client.send(new ListTargetsByRuleCommand({ Rule: ours?.Name }));

    expect(second.NextToken).toBeUndefined();
    expect(JSON.parse(ours?.EventPattern ?? '')).toMatchObject({ source: ['aws.securityhub'] });
    expect(pager).toMatchObject({
      ...{ Name: 'pager', State: 'DISABLED', ManagedBy: 'pager.amazonaws.com', EventBusName: 'default' },
      EventPattern: '{"source":["aws.securityhub"]}',
    });
    expect(targets.Targets).toMatchObject([{ Arn: account.resources.eventRules[0]?.targets[0]?.arn }]);
  });

  it('refuses who may not, a rule that is not there, and what it does not do', async () => {
    const reader = account.resources.roles.find(({ logicalId }) => logicalId.startsWith('Reader'))?.arn ?? '';
    const [client, limited] = [eventsAs(account.principals.operatorArn), eventsAs(reader)];

    await expect(limited.send(new ListRulesCommand({}))).resolves.toBeDefined();
    await expect(limited.send(new ListTargetsByRuleCommand({ Rule: 'pager' }))).rejects.toThrow(
      /is not authorized to perform: events:ListTargetsByRule on resource: arn:aws:events:.*:rule\/pager/,
    );
    await expect(client.send(new ListTargetsByRuleCommand({ Rule: 'none' }))).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
    await expect(client.send(new EnableRuleCommand({ Name: 'pager' }))).rejects.toThrow(/no EnableRule here/);
  });

  it('delivers to a queue what a rule takes that was put there, until it is gone', async () => {
    const client = eventsAs(account.principals.operatorArn);
    const [ingest] = account.resources.queues.filter(({ logicalId }) => logicalId.startsWith('Ingest'));
    const EventPattern = JSON.stringify({ source: ['a.test'] });

    await client.send(new PutRuleCommand({ Name: 'mine', EventPattern }));
    account.emit({ source: 'a.test', n: 1 });
    await client.send(new PutTargetsCommand({ Rule: 'mine', Targets: [{ Id: '1', Arn: ingest?.arn }] }));
    account.emit({ source: 'a.test', n: 2 });
    await expect(client.send(new DeleteRuleCommand({ Name: 'mine' }))).rejects.toThrow(/has targets/);
    await client.send(new RemoveTargetsCommand({ Rule: 'mine', Ids: ['1'] }));
    await client.send(new DeleteRuleCommand({ Name: 'mine' }));
    account.emit({ source: 'a.test', n: 3 });

    // The queue's policy names the app's own rule: the target refuses, and that is told.
    expect(account.undelivered().map(({ event }) => event)).toEqual([{ source: 'a.test', n: 2 }]);
    expect(account.undelivered()).toMatchObject([{ errorCode: 'NO_PERMISSIONS' }]);
    expect((await client.send(new ListRulesCommand({}))).Rules?.map(({ Name }) => Name)).not.toContain(
      'mine',
    );
  });

  it('tries patterns, and refuses what is none', async () => {
    const client = eventsAs(account.principals.operatorArn);
    const tried = (pattern: object, event: object) =>
      client.send(
        new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event) }),
      );

    expect((await tried({ source: ['a'] }, { source: 'a' })).Result).toBe(true);
    expect((await tried({ source: ['a'] }, { source: 'b' })).Result).toBe(false);
    await expect(tried({ source: 'a' }, {})).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidEventPatternException' }),
    );
    await expect(client.send(new PutRuleCommand({ Name: 'bad', EventPattern: '{' }))).rejects.toThrow(
      /not JSON/,
    );
  });
});
