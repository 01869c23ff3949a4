import type { Option } from 'commander';
import { connectSweepMachine, type SweepMachine } from '../../sweep/sweep-machine.ts';
import { stackOption, stackOutputs, unconfigured } from '../stack-option.ts';
import { tellFailures } from '../tell-failure.ts';

export interface MachineOptions {
  readonly stack: string;
}

export const machineOptions = (): readonly Option[] => [stackOption()];

export const MACHINE_NOTES = `
The state machine is taken from the stack's outputs. You need
cloudformation:DescribeStacks on the stack, and on the machine and its executions
states:ListExecutions, DescribeExecution, GetExecutionHistory, StartExecution and
StopExecution. Account, Region and endpoints are those of the AWS SDK: AWS_PROFILE
or credentials, AWS_REGION, AWS_ENDPOINT_URL_….`;

/** Does the work with the machine of the stack. Throws UsageError, and ProblemsFound for calls that fail. */
export async function withMachine<T>(
  { stack }: MachineOptions,
  work: (machine: SweepMachine) => Promise<T>,
): Promise<T> {
  return tellFailures(async () => {
    const { machine: arn } = await stackOutputs(stack, { machine: 'SweepMachineArn' });
    const connection = await connectSweepMachine(arn);
    if (connection.kind === 'unconfigured') throw unconfigured(connection.why);
    try {
      return await work(connection.machine);
    } finally {
      connection.machine.close();
    }
  });
}
