import { AssemblyError } from './assembly/assembly-error.ts';
import type { LocalEventRule, LocalEventTarget } from './assembly/local-resources.ts';
import { compilePattern } from './event-bridge/compile-pattern.ts';
import type { QueueService, SendResult } from './sqs/queue-service.ts';

/** The default bus: takes events, matches them against the rules and delivers to their queues. */
export interface EventBus {
  readonly put: (event: unknown) => void;
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

const EVENTS_SERVICE = 'events.amazonaws.com';

/**
 * EventBridge between the account's services and its queues. A target without permission or without a queue is not
 * tried again; the event goes to the target's dead-letter queue, told why in message attributes. Sends to a local
 * queue fail in no other way, so the retry policy never comes into play.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function createEventBus(rules: readonly LocalEventRule[], queues: QueueService): EventBus {
  const enabled = rules.filter((rule) => rule.enabled).map((rule) => ({ rule, matches: matcherOf(rule) }));
  const filtered: unknown[] = [];
  const undelivered: Undelivered[] = [];

  function deliver(rule: LocalEventRule, target: LocalEventTarget, event: unknown, body: string): void {
    const sent = send(rule, target.arn, body);
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
      const taking = enabled.filter(({ matches }) => matches(event));
      if (taking.length === 0) {
        filtered.push(event);
        return;
      }
      const body = JSON.stringify(event);
      for (const { rule } of taking) {
        for (const target of rule.targets) {
          deliver(rule, target, event, body);
        }
      }
    },
    filtered: () => filtered,
    undelivered: () => undelivered,
  };
}

const ERROR_CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDenied', 'NO_PERMISSIONS'],
  ['NonExistentQueue', 'NO_RESOURCE'],
]);

function matcherOf(rule: LocalEventRule): (event: unknown) => boolean {
  const compiled = compilePattern(rule.pattern);
  if (!compiled.ok) {
    throw new AssemblyError(
      `${rule.logicalId}: EventBridge would refuse the pattern at "${compiled.path}": ${compiled.reason}`,
    );
  }
  const unknownTarget = rule.targets.find((target) => target.arn.split(':')[2] !== 'sqs');
  if (unknownTarget !== undefined) {
    throw new AssemblyError(
      `${rule.logicalId}: the local account delivers to queues only, not ${unknownTarget.arn}.`,
    );
  }
  return compiled.matches;
}

function deadLetterAttributes(
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
  );
}
