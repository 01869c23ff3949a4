import type { LocalSchedule } from './assembly/local-resources.ts';
import type { EventRecorder } from './event-bus.ts';
import type { StateMachines } from './step-functions/state-machines.ts';

/**
 * Fires every enabled schedule once, as its time has come; returns how many targets that started. One that could not be
 * started is a failed invocation of its rule, and no more: schedules have no dead-letter queue unless they are given one.
 */
export function fireWith(
  stateMachines: StateMachines,
  schedules: readonly LocalSchedule[],
  record: EventRecorder,
): () => number {
  return () => {
    const targets = schedules
      .filter(({ enabled }) => enabled)
      .flatMap((schedule) => schedule.targets.map((target) => ({ target, schedule })));
    return targets.filter(({ target, schedule: { arn: ruleArn, name } }) => {
      const { roleArn = '', arn, input } = target;
      const { ok } = stateMachines.start({ ruleArn, roleArn }, arn, input);
      record(name, 'Invocations');
      if (!ok) record(name, 'FailedInvocations');
      return ok;
    }).length;
  };
}
