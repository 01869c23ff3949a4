import { AssemblyError } from './assembly/assembly-error.ts';
import type { LocalEventRule, LocalEventTarget } from './assembly/local-resources.ts';
import { CHOSEN_EVENT_READINGS, compileAs, type EventReadings } from './event-readings.ts';
import type { QueueService, SendResult } from './sqs/queue-service.ts';
import type { StateMachines } from './step-functions/state-machines.ts';

/** The default bus: takes events, matches them against the rules and delivers to their queues and state machines. */
export interface EventBus {
  readonly put: (event: unknown) => void;
  /** Lets a rule take events from now on, in the place of one of the same name. */
  readonly setRule: (rule: LocalEventRule) => void;
  readonly removeRule: (name: string) => void;
  /** Events that no enabled rule took. */
  readonly filtered: () => readonly unknown[];
  readonly undelivered: () => readonly Undelivered[];
}

/** An event a rule took and its target refused. */
export interface Undelivered {
  readonly event: unknown;
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly errorCode: string;
  readonly errorMessage: string;
  /** False: the target has no dead-letter queue or that refused it too, and the event is gone. */
  readonly deadLettered: boolean;
}

/** Takes what EventBridge reports of a rule: nothing where nothing happens. */
export type EventRecorder = (
  ruleName: string,
  metric:
    | 'MatchedEvents'
    | 'Invocations'
    | 'FailedInvocations'
    | 'InvocationsSentToDlq'
    | 'InvocationsFailedToBeSentToDlq',
) => void;

const EVENTS_SERVICE = 'events.amazonaws.com';

/**
 * EventBridge between the account's services and the rules' targets. A target without permission or without a queue is not
 * tried again; the event goes to the target's dead-letter queue, told why in message attributes. Sends to a local
 * queue fail in no other way, so the retry policy never comes into play.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function createEventBus(
  rules: readonly LocalEventRule[],
  queues: QueueService,
  startExecution: StateMachines['start'],
  record: EventRecorder = () => {},
  readings: EventReadings = CHOSEN_EVENT_READINGS,
): EventBus {
  const served = new Map(rules.map((rule) => [rule.name, { rule, matches: matcherOf(rule, readings) }]));
  const filtered: unknown[] = [];
  const undelivered: Undelivered[] = [];

  function deliver(rule: LocalEventRule, target: LocalEventTarget, event: unknown, body: string): void {
    const sent =
      serviceOf(target) === 'states'
        ? startExecution({ ruleArn: rule.arn, roleArn: target.roleArn ?? '' }, target.arn, event)
        : send(rule, target.arn, body);
    // Those that fail count too, those of the dead-letter queue do not.
    record(rule.name, 'Invocations');
    if (sent.ok) {
      return;
    }
    const [errorCode, errorMessage] = [ERROR_CODES.get(sent.code) ?? 'SDK_CLIENT_ERROR', sent.message];
    const attributes = deadLetterAttributes({
      RULE_ARN: rule.arn,
      TARGET_ARN: target.arn,
      ERROR_CODE: errorCode,
      ERROR_MESSAGE: errorMessage,
    });
    const deadLettered =
      target.deadLetterArn !== undefined && send(rule, target.deadLetterArn, body, attributes).ok;
    record(rule.name, 'FailedInvocations');
    if (target.deadLetterArn !== undefined)
      record(rule.name, deadLettered ? 'InvocationsSentToDlq' : 'InvocationsFailedToBeSentToDlq');
    undelivered.push({
      event,
      ruleArn: rule.arn,
      targetArn: target.arn,
      errorCode,
      errorMessage,
      deadLettered,
    });
  }

  function send(
    rule: LocalEventRule,
    queueArn: string,
    body: string,
    attributes: ReturnType<typeof deadLetterAttributes> = {},
  ): SendResult {
    const principal = { service: EVENTS_SERVICE, sourceArn: rule.arn };
    return queues.sendAs(principal, queueArn.split(':').at(-1) ?? '', body, attributes);
  }

  return {
    put(event) {
      const taking = [...served.values()].filter(({ rule, matches }) => rule.enabled && matches(event));
      if (taking.length === 0) {
        filtered.push(event);
        return;
      }
      const body = JSON.stringify(event);
      for (const { rule } of taking) {
        record(rule.name, 'MatchedEvents');
        for (const target of rule.targets) {
          deliver(rule, target, event, body);
        }
      }
    },
    setRule: (rule) => served.set(rule.name, { rule, matches: matcherOf(rule, readings) }),
    removeRule: (name) => served.delete(name),
    filtered: () => filtered,
    undelivered: () => undelivered,
  };
}

const ERROR_CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDenied', 'NO_PERMISSIONS'],
  ['NonExistentQueue', 'NO_RESOURCE'],
  ...['NO_PERMISSIONS', 'NO_RESOURCE'].map((code) => [code, code] as const),
]);

function matcherOf(rule: LocalEventRule, readings: EventReadings): (event: unknown) => boolean {
  const compiled = compileAs(rule.pattern, readings);
  if (!compiled.ok) {
    throw new AssemblyError(
      `${rule.logicalId}: EventBridge would refuse the pattern at "${compiled.path}": ${compiled.reason}`,
    );
  }
  const unknownTarget = rule.targets.find((target) => !['sqs', 'states'].includes(serviceOf(target)));
  if (unknownTarget !== undefined) {
    throw new AssemblyError(
      `${rule.logicalId}: the local account delivers to queues and state machines only, not ${unknownTarget.arn}.`,
    );
  }
  return compiled.matches;
}

function serviceOf({ arn }: LocalEventTarget): string {
  return arn.split(':')[2] ?? '';
}

function deadLetterAttributes(
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
  );
}
