import { randomUUID } from 'node:crypto';
import type { LocalAlarm } from '../assembly/local-resources.ts';
import { type AlarmState, evaluateAlarm } from './evaluate-alarm.ts';
import { createMetricStore, MINUTE_MS, type Series } from './metric-store.ts';

/** One change of an alarm's state. */
export interface AlarmChange {
  readonly alarmName: string;
  readonly state: AlarmState;
  readonly previous: AlarmState;
  /** By the account's clock. */
  readonly atMs: number;
}

/** CloudWatch, as far as alarms need it. */
export interface CloudWatch {
  /** A value as of now. */
  readonly record: (series: Series, value: number) => void;
  /** By alarm name. */
  readonly states: () => ReadonlyMap<string, AlarmState>;
  readonly changes: () => readonly AlarmChange[];
  readonly series: () => readonly Series[];
  readonly close: () => void;
}

export interface CloudWatchOptions {
  readonly alarms: readonly LocalAlarm[];
  readonly accountId: string;
  readonly region: string;
  /** The account's clock. */
  readonly now: () => number;
  /** Called for each minute of the account, before alarms are judged on it: gives what services report by the minute. */
  readonly sample: (record: CloudWatch['record']) => void;
  /** Takes the event of a changed state. */
  readonly emit: (event: unknown) => void;
}

/** Real time between looks at the clock: at a time scale of 0.001 six looks a minute. */
const LOOK_AGAIN_MS = 10;

/** Starts judging the alarms, minute by minute of the account's time. */
export function createCloudWatch(options: CloudWatchOptions): CloudWatch {
  const { alarms, now } = options;
  const store = createMetricStore();
  const states = new Map<string, AlarmState>(alarms.map(({ name }) => [name, 'INSUFFICIENT_DATA']));
  const changes: AlarmChange[] = [];
  let minuteEndMs = Math.floor(now() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;

  function passTime(): void {
    for (; minuteEndMs <= now(); minuteEndMs += MINUTE_MS) {
      const withinMinuteMs = minuteEndMs - 1;
      options.sample((series, value) => store.record(series, value, withinMinuteMs));
      for (const alarm of alarms) judge(alarm, minuteEndMs);
    }
  }

  function judge(alarm: LocalAlarm, atMs: number): void {
    const { state, values } = evaluateAlarm(alarm, store, atMs);
    const previous = states.get(alarm.name) ?? 'INSUFFICIENT_DATA';
    if (state === previous) return;
    states.set(alarm.name, state);
    const change = { alarmName: alarm.name, state, previous, atMs };
    changes.push(change);
    options.emit(stateChangeEvent(alarm, change, values, options));
  }

  const timer = setInterval(passTime, LOOK_AGAIN_MS);
  return {
    record: (series, value) => store.record(series, value, now()),
    states: () => states,
    changes: () => changes,
    series: store.series,
    close: () => clearInterval(timer),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
function stateChangeEvent(
  alarm: LocalAlarm,
  { state, previous, atMs }: AlarmChange,
  values: readonly (number | undefined)[],
  { accountId, region }: CloudWatchOptions,
): unknown {
  const time = new Date(atMs).toISOString();
  const seen = values.map((value) => value ?? 'none').join(', ');
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: accountId,
    time: time.replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      configuration: { description: alarm.description },
      state: {
        value: state,
        reason: `Datapoints [${seen}], threshold ${alarm.threshold} (${alarm.comparison})`,
        timestamp: time,
      },
      previousState: { value: previous },
    },
  };
}
