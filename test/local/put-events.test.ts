import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAccount, startLocalAccount } from '../../lib/local/account.ts';
import type { Interruption } from '../../lib/local/interception.ts';
import { synthesizeTinyApp, type TinyApp } from './tiny-app.ts';

const ENTRY = { EventBusName: 'theirs', Source: 'shop', DetailType: 'Order Placed', Detail: '{"n":1}' };
let app: TinyApp;
let account: LocalAccount;
let interruption: Interruption | undefined;

beforeAll(async () => {
  app = synthesizeTinyApp({
    handler: 'export const handler = async () => {};',
    extend(stack) {
      const bus = new EventBus(stack, 'Orders', { eventBusName: 'orders' });
      const teller = new Role(stack, 'Teller', { assumedBy: new AccountRootPrincipal() });
      teller.addToPolicy(
        new PolicyStatement({
          actions: ['events:PutEvents'],
          resources: [bus.eventBusArn],
          conditions: { StringEquals: { 'events:source': 'shop', 'events:detail-type': 'Order Placed' } },
        }),
      );
    },
  });
  account = await startLocalAccount({
    assemblyDir: app.assemblyDir,
    eventBuses: ['theirs'],
    intercept: ({ service }) => (service === 'events' ? interruption : undefined),
  });
});
afterAll(async () => {
  await account?.close();
  app?.remove();
});
beforeEach(() => {
  interruption = undefined;
  account.eventDoor.faults.clear();
});

function put(entries: readonly PutEventsRequestEntry[], arn = account.principals.operatorArn) {
  const { endpoints, region, principals } = account;
  const client = new EventBridgeClient({
    ...{ endpoint: endpoints.events, region, maxAttempts: 1 },
    credentials: { ...principals.credentialsOf(arn) },
  });
  return client.send(new PutEventsCommand({ Entries: [...entries] }));
}

/** What the buses took since. */
async function takenBy(act: () => Promise<unknown>) {
  const before = account.eventDoor.taken().length;
  await act();
  return account.eventDoor.taken().slice(before);
}

describe('PutEvents of the local account', () => {
  it('gives a bus the whole event, as its rules would see it', async () => {
    const taken = await takenBy(async () => {
      const reply = await put([{ ...ENTRY, Time: new Date(1_000), Resources: ['r'] }]);
      expect(reply).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    });

    expect(taken).toEqual([
      {
        bus: 'theirs',
        event: {
          version: '0',
          id: expect.any(String),
          source: 'shop',
          'detail-type': 'Order Placed',
          account: account.accountId,
          region: account.region,
          time: '1970-01-01T00:00:01Z',
          resources: ['r'],
          detail: { n: 1 },
        },
      },
    ]);
  });

  it('knows the buses of the template too, by name and ARN, and hands the default one to its rules', async () => {
    const arn = `arn:aws:events:${account.region}:${account.accountId}:event-bus/orders`;
    const { EventBusName: _, ...byDefault } = ENTRY;
    const filtered = account.filtered().length;

    const taken = await takenBy(() =>
      put([{ ...ENTRY, EventBusName: arn }, { ...ENTRY, EventBusName: 'orders' }, byDefault]),
    );

    expect(taken.map(({ bus }) => bus)).toEqual(['orders', 'orders', 'default']);
    expect(account.filtered().slice(filtered)).toEqual([taken[2]?.event]);
  });

  it('answers for a bus that is not there as for any other, and the event is gone, as at AWS', async () => {
    const taken = await takenBy(async () => {
      const reply = await put([{ ...ENTRY, EventBusName: 'gone' }]);
      expect(reply).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    });

    expect(taken).toEqual([]);
  });

  it('fails an entry by itself, and takes its neighbours', async () => {
    const { Source: _, ...nameless } = ENTRY;

    const taken = await takenBy(async () => {
      const reply = await put([
        nameless,
        { ...ENTRY, DetailType: '' },
        { ...ENTRY, Detail: '[]' },
        { ...ENTRY, Detail: '{' },
        { ...ENTRY, Source: 'aws.securityhub' },
        { ...ENTRY, DetailType: 'x'.repeat(129) },
        ENTRY,
      ]);
      expect(reply.FailedEntryCount).toBe(6);
      expect(reply.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
        ...['InvalidArgument', 'InvalidArgument', 'MalformedDetail', 'MalformedDetail'],
        ...['NotAuthorizedForSourceException', 'InvalidArgument', undefined],
      ]);
    });

    expect(taken).toHaveLength(1);
  });

  it.each([
    ['no entry', []],
    ['eleven entries', Array(11).fill(ENTRY)],
    ['a megabyte', Array(10).fill({ ...ENTRY, Detail: JSON.stringify('x'.repeat(105_000)) })],
  ])('refuses %s', async (_what, list) => {
    await expect(put(list)).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('takes what is just below a megabyte', async () => {
    const Detail = JSON.stringify({ x: 'x'.repeat(104_000) });

    expect((await put(Array(10).fill({ ...ENTRY, Detail }))).FailedEntryCount).toBe(0);
  });

  it.each([
    ['another bus', { EventBusName: 'theirs' }],
    ['the default bus', { EventBusName: 'default' }],
    ['another source', { Source: 'bank' }],
    ['another detail type', { DetailType: 'Order Lost' }],
  ])('refuses the whole call where the caller may not put on %s', async (_what, members) => {
    const teller = account.resources.roles.find(({ logicalId }) => logicalId.startsWith('Teller'))?.arn;
    const allowed = { ...ENTRY, EventBusName: 'orders' };

    expect((await put([allowed], teller)).FailedEntryCount).toBe(0);
    const taken = await takenBy(() =>
      expect(put([allowed, { ...allowed, ...members }], teller)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining('is not authorized to perform: events:PutEvents on resource: arn:'),
      }),
    );

    expect(taken).toEqual([]);
  });

  it('fails as it is told to, and no longer', async () => {
    const { faults } = account.eventDoor;
    faults.failCalls('InternalException', 500, 1);
    await expect(put([ENTRY])).rejects.toMatchObject({ name: 'InternalException' });

    faults.failEntries('ThrottlingException', 1);
    const reply = await put([ENTRY, ENTRY]);

    expect(reply.FailedEntryCount).toBe(1);
    expect(reply.Entries?.[0]?.ErrorCode).toBe('ThrottlingException');
    expect((await put([ENTRY])).FailedEntryCount).toBe(0);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('cuts the connection %s the call is carried out', async (when, count) => {
    interruption = when;

    const taken = await takenBy(() => expect(put([ENTRY])).rejects.toThrow());

    expect(taken).toHaveLength(count);
  });

  it('refuses a stranger', async () => {
    const credentials = { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'secret' };
    const { endpoints, region } = account;
    const client = new EventBridgeClient({ endpoint: endpoints.events, region, maxAttempts: 1, credentials });

    await expect(client.send(new PutEventsCommand({ Entries: [ENTRY] }))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });
});
