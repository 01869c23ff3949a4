import { randomUUID } from 'node:crypto';
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
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
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

  describe('the targets of a rule', () => {
    const queueArn = (name: string) => `arn:aws:sqs:eu-west-1:111122223333:${name}`;
    const target = (Id: string, name = `queue-${Id}`) => ({ Id, Arn: queueArn(name) });

    /** A rule of its own with these targets, gone with the test. */
    async function ruleWith(...Targets: readonly ReturnType<typeof target>[]) {
      const client = eventsAs(account.principals.operatorArn);
      const Rule = `rule-${randomUUID()}`;
      const EventPattern = JSON.stringify({ source: [Rule] });
      const put = (...given: readonly object[]) =>
        client.send(new PutTargetsCommand({ Rule, Targets: given as never }));
      const remove = (...Ids: readonly string[]) =>
        client.send(new RemoveTargetsCommand({ Rule, Ids: [...Ids] }));
      const list = async () => (await client.send(new ListTargetsByRuleCommand({ Rule }))).Targets;
      await client.send(new PutRuleCommand({ Name: Rule, EventPattern }));
      onTestFinished(() => account.rulesOfBus.remove(Rule));
      const answer = await put(...Targets);
      return { Rule, put, remove, list, answer };
    }

    it('are added to those that are there, and replaced by their Id', async () => {
      const { put, list, answer } = await ruleWith(target('a'), target('b'));
      const again = await put(
        { ...target('a', 'other'), RoleArn: 'arn:aws:iam::111122223333:role/r' },
        target('c'),
      );

      expect([answer, again]).toMatchObject([
        { FailedEntryCount: 0 },
        { FailedEntryCount: 0, FailedEntries: [] },
      ]);
      expect(await list()).toEqual([
        { Id: 'a', Arn: queueArn('other'), RoleArn: 'arn:aws:iam::111122223333:role/r' },
        target('b'),
        target('c'),
      ]);
    });

    it('keep the dead-letter queue they are given', async () => {
      const { Rule } = await ruleWith({
        ...target('a'),
        DeadLetterConfig: { Arn: queueArn('dead') },
      } as never);

      const rule = account.rulesOfBus.list().find(({ name }) => name === Rule);
      expect(rule?.targets).toEqual([{ id: 'a', arn: queueArn('queue-a'), deadLetterArn: queueArn('dead') }]);
    });

    it('are removed by their Id, and an Id that none has is a failed entry', async () => {
      const { Rule, remove, list } = await ruleWith(target('a'), target('b'), target('c'));

      const answer = await remove('a', 'nobody', 'c');

      expect(answer).toMatchObject({
        FailedEntryCount: 1,
        FailedEntries: [
          {
            TargetId: 'nobody',
            ErrorCode: 'ResourceNotFoundException',
            ErrorMessage: `Rule ${Rule} does not have a target with the Id nobody.`,
          },
        ],
      });
      expect(await list()).toEqual([target('b')]);
      expect(await remove('b')).toMatchObject({ FailedEntryCount: 0 });
      expect(await list()).toEqual([]);
    });

    it('get what the rule takes, those that are left as well', async () => {
      const { Rule, put, remove } = await ruleWith(target('a'), target('b'));
      await remove('a');
      await put(target('c'));

      account.emit({ source: Rule });

      const refused = account
        .undelivered()
        .filter(({ event }) => (event as { source: string }).source === Rule);
      expect(refused.map(({ targetArn }) => targetArn)).toEqual([queueArn('queue-b'), queueArn('queue-c')]);
    });

    it.each<[string, readonly object[]]>([
      ['none', []],
      ['one without an Id', [{ Arn: queueArn('q') }]],
      ['one with an Id that is none', [{ Id: 'a/b', Arn: queueArn('q') }]],
      ['one with an Id of 65 characters', [{ Id: 'a'.repeat(65), Arn: queueArn('q') }]],
      ['one without an ARN', [target('x'), { Id: 'y' }]],
      ['101', Array.from({ length: 101 }, (_, n) => target(`${n}`))],
    ])('are put all or none: %s', async (_, given) => {
      const { put, list } = await ruleWith(target('a'));

      await expect(put(...given)).rejects.toThrow(expect.objectContaining({ name: 'ValidationException' }));
      expect(await list()).toEqual([target('a')]);
    });

    it.each([
      ['none', []],
      ['one that is no Id', ['a', 'a b']],
    ])('are not removed by %s', async (_, given) => {
      const { remove, list } = await ruleWith(target('a'));

      await expect(remove(...given)).rejects.toThrow(
        expect.objectContaining({ name: 'ValidationException' }),
      );
      expect(await list()).toEqual([target('a')]);
    });

    it("of the app's own rule stay when another is put beside them", async () => {
      const client = eventsAs(account.principals.operatorArn);
      const Rule = account.resources.eventRules[0]?.name;
      const list = async () => (await client.send(new ListTargetsByRuleCommand({ Rule }))).Targets;
      const before = (await list()) ?? [];

      await client.send(new PutTargetsCommand({ Rule, Targets: [target('beside')] }));
      const during = await list();
      await client.send(new RemoveTargetsCommand({ Rule, Ids: ['beside'] }));

      expect(before).toHaveLength(1);
      expect(during).toEqual([...before, target('beside')]);
      expect(await list()).toEqual(before);
    });
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
