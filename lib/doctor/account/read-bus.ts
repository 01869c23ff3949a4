import { asked } from '../../account/call-failed.ts';
import { typesTaken } from '../bus/types-taken.ts';
import { allPages } from './all-pages.ts';
import { type Answer, answerOf } from './answer.ts';
import type { Connection } from './connect.ts';

/** A rule on the default bus that takes events of Security Hub. */
export interface Listener {
  readonly name: string;
  readonly isEnabled: boolean;
  /** Detail types of the events it can take. */
  readonly types: readonly string[];
  readonly pattern: unknown;
  /** The service that keeps it; null where a person does. */
  readonly managedBy: string | null;
  /** ARNs; or the call that failed. */
  readonly targets: Answer<readonly string[]>;
}

/** Events of AWS services come to this one alone. */
const BUS = 'default';
/** 1–100: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const RESULTS_PER_CALL = 100;

export function readBus(connection: Connection): Promise<Answer<readonly Listener[]>> {
  const { client, sdk } = connection.events;
  return answerOf(async () => {
    const { items } = await allPages(async (NextToken) => {
      const command = new sdk.ListRulesCommand({
        ...{ EventBusName: BUS, Limit: RESULTS_PER_CALL },
        ...(NextToken !== undefined && { NextToken }),
      });
      const reply = await asked('events:ListRules', 'the default event bus', () => client.send(command));
      return { items: reply.Rules ?? [], nextToken: reply.NextToken };
    });
    const listeners: Listener[] = [];
    for (const { Name = '', State, EventPattern, ManagedBy } of items) {
      const pattern = EventPattern === undefined ? null : parsed(EventPattern);
      const types = pattern === null ? [] : typesTaken(pattern);
      if (types.length === 0) continue;
      listeners.push({
        ...{ name: Name, isEnabled: State !== 'DISABLED', types, pattern, managedBy: ManagedBy ?? null },
        targets: await readTargets(connection, Name),
      });
    }
    return listeners;
  });
}

function readTargets({ events: { client, sdk } }: Connection, Rule: string) {
  return answerOf(async () => {
    const command = new sdk.ListTargetsByRuleCommand({ Rule, EventBusName: BUS, Limit: RESULTS_PER_CALL });
    const { Targets = [] } = await asked('events:ListTargetsByRule', `the rule ${Rule}`, () =>
      client.send(command),
    );
    return Targets.flatMap(({ Arn }) => Arn ?? []);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
