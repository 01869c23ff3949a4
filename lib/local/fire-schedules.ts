import type { LocalSchedule } from './assembly/local-resources.ts';
import type { StateMachines } from './step-functions/state-machines.ts';

/** Fires every enabled schedule once, as its time has come; returns how many targets that started. */
export function fireWith(stateMachines: StateMachines, schedules: readonly LocalSchedule[]): () => number {
  return () => {
    const targets = schedules
      .filter(({ enabled }) => enabled)
      .flatMap((schedule) => schedule.targets.map((target) => ({ ...target, ruleArn: schedule.arn })));
    for (const { ruleArn, roleArn = '', arn, input } of targets) {
      const started = stateMachines.start({ ruleArn, roleArn }, arn, input);
      if (!started.ok) throw new Error(started.message);
    }
    return targets.length;
  };
}
