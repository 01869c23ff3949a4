import type { LocalEventTarget, LocalResources } from './assembly/local-resources.ts';
import type { EventBus } from './event-bus.ts';

/** A rule of the default bus as EventBridge lists it. */
export interface RuleOfBus {
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly description?: string;
  /** Null for one that fires by the clock alone. */
  readonly pattern: Readonly<Record<string, unknown>> | null;
  readonly schedule?: string;
  /** The service that keeps it, e.g. `securityhub.amazonaws.com`. */
  readonly managedBy?: string;
  readonly targets: readonly TargetOfRule[];
}

export type TargetOfRule = Pick<LocalEventTarget, 'id' | 'arn' | 'roleArn' | 'deadLetterArn'>;

/** The rules of the default bus: those of the app, and those that others put there. */
export interface RulesOfBus {
  /** By name, as the service lists them. */
  readonly list: () => readonly RuleOfBus[];
  /** Puts somebody else's rule there. Its targets are outside of this account: nothing is delivered to them. */
  readonly add: (rule: RuleOfBus) => void;
  /** Puts a rule there, in the place of one of the same name, and delivers what it takes to its targets. */
  readonly put: (rule: RuleOfBus) => void;
  readonly remove: (name: string) => void;
}

export function createRulesOfBus(
  { eventRules, schedules }: LocalResources,
  bus: Pick<EventBus, 'setRule' | 'removeRule'>,
): RulesOfBus {
  const all: readonly RuleOfBus[] = [
    ...eventRules.map(({ name, arn, enabled, pattern, targets }) => ({
      name,
      arn,
      enabled,
      pattern,
      targets,
    })),
    ...schedules.map(({ name, arn, enabled, expression, targets }) => ({
      ...{ name, arn, enabled, pattern: null, schedule: expression, targets },
    })),
  ];
  const rules = new Map(all.map((rule) => [rule.name, rule]));
  return {
    list: () => [...rules.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    add: (rule) => rules.set(rule.name, rule),
    put: (rule) => {
      rules.set(rule.name, rule);
      const { name, arn, enabled, pattern, targets } = rule;
      if (pattern === null) return;
      const delivered = targets.map((target) => ({ ...target, maxRetryAttempts: 0, maxEventAgeSeconds: 60 }));
      bus.setRule({ logicalId: name, name, arn, enabled, pattern, targets: delivered });
    },
    remove: (name) => {
      rules.delete(name);
      bus.removeRule(name);
    },
  };
}
