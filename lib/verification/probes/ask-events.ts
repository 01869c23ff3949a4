import type { Clock } from '../../../lambdas/triage/clock.ts';
import type { Connection } from '../account/connect.ts';
import type { EventTap } from '../account/event-tap.ts';
import { type Bench, STAMP } from '../bench.ts';
import { answered, type Outcome, type Probe, unanswered } from '../probe.ts';

export interface EventTools {
  readonly connection: Pick<Connection, 'events' | 'eventsSdk'>;
  readonly clock: Clock;
  /** How long an event that must come may take. */
  readonly patienceMs: number;
  /** How long to wait for one that may not come. */
  readonly lingerMs: number;
}

/** The questions that EventBridge answers, by their ids. */
export function eventProbes(bench: Bench, tap: EventTap, tools: EventTools): Readonly<Record<string, Probe>> {
  return {
    noOpEvent: () => askNoOp(bench, tap, tools),
    anythingBut: () => askAnythingBut(tools.connection),
    patternLength: () => askLength(tap),
  };
}

/** Between two looks into the queue, beside what SQS itself waits. */
const PAUSE_MS = 1_000;

/**
 * A change, the same value again, a change. The first must send one event, and the last shows that events still come;
 * a second event with the first value is of the update that changed nothing.
 */
async function askNoOp(bench: Bench, tap: EventTap, tools: EventTools): Promise<Outcome> {
  const { clock, patienceMs, lingerMs } = tools;
  /** The stamps that came, by the event's id: a second delivery is no second event. */
  const stamps = new Map<string, unknown>();
  const listen = async (untilMs: number, isEnough: () => boolean) => {
    do {
      for (const { id, finding } of await tap.take()) stamps.set(id, finding[STAMP]);
      if (isEnough()) return;
      await clock.sleep(PAUSE_MS);
    } while (clock.nowMs() < untilMs);
  };
  const countOf = (stamp: number) => [...stamps.values()].filter((one) => one === stamp).length;
  const linger = () => listen(clock.nowMs() + lingerMs, () => false);
  const changed = async (): Promise<string | null> => {
    const change = await bench.change({});
    if (change.kind !== 'seen') return `An update that should pass was ${change.kind}.`;
    await listen(clock.nowMs() + patienceMs, () => countOf(bench.stamp()) > 0);
    return countOf(bench.stamp()) > 0 ? null : 'A change sent no event in time.';
  };

  const first = await changed();
  if (first !== null) return unanswered(first);
  const stamp = bench.stamp();
  await linger();
  if (countOf(stamp) !== 1) return unanswered(`One change sent ${countOf(stamp)} events.`);
  const again = await bench.update({ [STAMP]: stamp });
  if (again.kind !== 'processed') return unanswered(`The same value sent again was ${again.kind}.`);
  await linger();
  const second = await changed();
  if (second !== null) return unanswered(second);
  return answered(countOf(stamp) === 1 ? 'silent' : 'sent');
}

async function askAnythingBut({ events, eventsSdk }: EventTools['connection']): Promise<Outcome> {
  const tried = async (values: readonly string[]) => {
    const command = new eventsSdk.TestEventPatternCommand({
      EventPattern: JSON.stringify({ detail: { list: [{ 'anything-but': ['excepted'] }] } }),
      Event: JSON.stringify({ ...EVENT, detail: { list: values } }),
    });
    return (await events.send(command)).Result === true;
  };
  try {
    const [other, excepted] = [await tried(['other']), await tried(['excepted'])];
    if (!other || excepted) return unanswered('Lists of one value were not told apart.');
    return answered((await tried(['excepted', 'other'])) ? 'oneValue' : 'everyValue');
  } catch (error) {
    return unanswered(failureText('events:TestEventPattern', error));
  }
}

/** What TestEventPattern asks of an event: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
const EVENT = {
  ...{ id: '0', 'detail-type': 'test', source: 'triage', account: '111122223333' },
  ...{ time: '2026-01-01T00:00:00Z', region: 'eu-west-1', resources: [] },
};

/** Below the limit of 2,048 characters as it is, and with white space above it, yet below the 4,096 of the API. */
const SOURCES = Array.from({ length: 60 }, (_, n) => `triage-verify-${n}`);

async function askLength(tap: EventTap): Promise<Outcome> {
  const pattern = { source: SOURCES };
  const compact = JSON.stringify(pattern);
  const spread = JSON.stringify(pattern, null, 10);
  try {
    await tap.tryPattern(compact);
  } catch (error) {
    return unanswered(failureText('events:PutRule', error));
  }
  try {
    await tap.tryPattern(spread);
    return answered('compact', `${spread.length} characters with white space were taken`);
  } catch (error) {
    const { name } = error as Error;
    return name === 'InvalidEventPatternException'
      ? answered('asSent', `${spread.length} characters with white space were refused`)
      : unanswered(failureText('events:PutRule', error));
  }
}

function failureText(action: string, error: unknown): string {
  return `${action} failed with ${(error as Error).name}.`;
}
