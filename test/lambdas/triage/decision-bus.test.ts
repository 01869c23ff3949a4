import { Logger } from '@aws-lambda-powertools/logger';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUS_CLIENT, connectDecisionBus } from '../../../lambdas/triage/decision-bus.ts';
import { endingOf } from './endings.ts';
import { identifier, NOW_MS, RULESET, virtualClock } from './fixtures.ts';
import { type Answer, type ReceivedCall, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

const BUS = 'arn:aws:events:eu-west-1:111122223333:event-bus/decisions';
const UPDATE = { Workflow: { Status: 'NOTIFIED' } } as const;
let aws: ScriptedAws;

beforeAll(async () => {
  aws = await startScriptedAws();
});
afterAll(async () => {
  await aws.close();
});
beforeEach(() => {
  aws.calls.length = 0;
});

interface Entry {
  readonly Detail: string;
}

const taken = (call: ReceivedCall): Answer => entries(call.body.Entries.map(() => ({ EventId: 'e' })));

function entries(Entries: readonly object[]): Answer {
  return { json: { FailedEntryCount: Entries.filter((one) => 'ErrorCode' in one).length, Entries } };
}

/** The findings that a call told of, by their numbers. */
function toldIn({ body }: ReceivedCall): string[] {
  return body.Entries.map(({ Detail }: Entry) => JSON.parse(Detail).finding.Id.replace('finding-', ''));
}

/** Puts the updates of so many findings by the real client, with so much time; tells what was lost and logged. */
async function put(count: number, timeMs = 5_000, settings: object = {}) {
  const clock = virtualClock();
  const log = new Logger({ logLevel: 'SILENT' });
  const warn = vi.spyOn(log, 'warn');
  const error = vi.spyOn(log, 'error');
  const client = new EventBridgeClient({
    ...{ ...BUS_CLIENT, ...settings, endpoint: aws.endpoint, region: 'eu-west-1' },
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
  const bus = connectDecisionBus({ busArn: BUS, ruleset: RULESET, clock, log }, client);
  const updated = Array.from({ length: count }, (_, n) =>
    endingOf(n, { outcome: { update: UPDATE, rules: ['notify-guardduty'] } }),
  );

  const lost = await bus.put(updated, NOW_MS + timeMs);
  return { lost, warnings: warn.mock.calls, errors: error.mock.calls, passedMs: clock.nowMs() - NOW_MS };
}

describe('the decision bus', () => {
  it('takes one event a finding, ten a call, on the bus it is told', async () => {
    aws.script(taken);

    const { lost, warnings } = await put(23);

    expect(lost).toBe(0);
    expect(warnings).toEqual([]);
    expect(aws.calls.map(({ operation }) => operation)).toEqual(Array(3).fill('AWSEvents.PutEvents'));
    expect(aws.calls.map(({ body }) => body.Entries.length).sort()).toEqual([10, 10, 3]);
    expect(aws.calls.flatMap(toldIn).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      [...Array(23).keys()].map(String),
    );
    const [entry] = aws.calls[0]?.body.Entries ?? [];
    expect(entry).toMatchObject({
      EventBusName: BUS,
      Source: 'securityhub-triage',
      DetailType: 'Finding Triaged',
      Time: (NOW_MS + 1_000) / 1000,
    });
    expect(JSON.parse(entry.Detail)).toMatchObject({
      ruleset: RULESET.version,
      rules: ['notify-guardduty'],
      before: { Workflow: { Status: 'NEW' } },
      after: UPDATE,
      event: { 'detail-type': 'Security Hub Findings - Imported' },
      confirmedAt: new Date(NOW_MS + 1_000).toISOString(),
    });
  });

  it('puts again what EventBridge says it has not taken, and that alone', async () => {
    aws.script((call, position) =>
      position === 0
        ? entries([
            { EventId: 'e' },
            { ErrorCode: 'ThrottlingException', ErrorMessage: 'x' },
            { ErrorCode: 'InternalFailure', ErrorMessage: 'x' },
          ])
        : taken(call),
    );

    const { lost } = await put(3);

    expect(lost).toBe(0);
    expect(aws.calls.map(toldIn)).toEqual([
      ['0', '1', '2'],
      ['1', '2'],
    ]);
  });

  it.each([
    ['InvalidArgument', 2],
    ['MalformedDetail', 2],
    ['SomethingNew', 2],
  ])('gives up an entry that is refused (%s), and names its finding without a word of it', async (code) => {
    aws.script(() => entries([{ EventId: 'e' }, { ErrorCode: code, ErrorMessage: 'quotes the event' }]));

    const { lost, warnings } = await put(2);

    expect(lost).toBe(1);
    expect(aws.calls).toHaveLength(1);
    expect(warnings).toEqual([['decision events lost', { codes: [code], findings: [identifier(1)] }]]);
  });

  it('counts an entry that the reply does not speak of as lost', async () => {
    aws.script(() => entries([{ EventId: 'e' }]));

    const { lost, warnings } = await put(2);

    expect(lost).toBe(1);
    expect(warnings[0]?.[1]).toMatchObject({ codes: ['NotAccounted'], findings: [identifier(1)] });
  });

  it.each([
    ['ThrottlingException', 400],
    ['InternalException', 500],
    ['ServiceUnavailable', 503],
  ])('tries a call thrice that is answered with %s, and no more', async (error, status) => {
    aws.script(() => ({ error, status }));

    const { lost, passedMs } = await put(2);

    expect(lost).toBe(2);
    expect(aws.calls).toHaveLength(3);
    expect(passedMs).toBeLessThan(1_000);
  });

  it.each([
    ['as a whole', () => ({ error: 'AccessDeniedException', status: 400 })],
    ['for its source', () => entries(Array(10).fill({ ErrorCode: 'NotAuthorizedForSourceException' }))],
  ] as const)('makes no further call once it is denied %s', async (_how, answer) => {
    aws.script(answer);

    const { lost, errors } = await put(120);

    expect(lost).toBe(120);
    // Those under way at once.
    expect(aws.calls.length).toBeLessThanOrEqual(5);
    expect(errors[0]).toEqual(['access denied', { operation: 'PutEvents', codes: [expect.any(String)] }]);
  });

  it.each(['reset', 'hang'] as const)(
    'never repeats a call that nobody answered (%s), for it may have been carried out, and soon makes no more',
    async (answer) => {
      aws.script(() => answer);
      const requestHandler = { ...BUS_CLIENT.requestHandler, requestTimeout: 50 };

      const { lost } = await put(120, 5_000, { requestHandler });

      expect(lost).toBe(120);
      expect(aws.calls.length).toBeLessThanOrEqual(5);
      const told = aws.calls.flatMap(toldIn);
      expect(new Set(told).size).toBe(told.length);
    },
  );

  it('cuts off a call when its time is over, and starts none too late', async () => {
    aws.script(() => 'hang');
    const started = performance.now();

    expect((await put(1, 300)).lost).toBe(1);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(aws.calls).toHaveLength(1);

    const { lost, warnings } = await put(1, 50);

    expect(lost).toBe(1);
    expect(aws.calls).toHaveLength(1);
    expect(warnings[0]?.[1]).toMatchObject({ codes: ['DeadlineNear'] });
  });
});
