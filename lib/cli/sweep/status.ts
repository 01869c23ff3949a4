import { Command, Option } from 'commander';
import { describeSweep } from '../../sweep/describe-sweep.ts';
import type { SweepExecution } from '../../sweep/sweep-machine.ts';
import { failInJson } from '../json-failure.ts';
import { ProblemsFound } from '../problems-found.ts';
import { UsageError } from '../usage-error.ts';
import { MACHINE_NOTES, type MachineOptions, machineOptions, withMachine } from './machine-options.ts';

interface StatusOptions extends MachineOptions {
  readonly format?: 'pretty' | 'json';
}

const NOTES = `${MACHINE_NOTES}

Exit: 0 where the last sweep runs or is done, 1 where it failed or was stopped.`;

/** `triage sweep status`. */
export function statusCommand(): Command {
  const command = new Command('status').description('tell how far the last sweep is');
  for (const option of machineOptions()) command.addOption(option);
  return command
    .addOption(
      new Option('-f, --format <name>', 'what to print (default: pretty)').choices(['pretty', 'json']),
    )
    .addHelpText('after', NOTES)
    .action(status);
}

async function status(options: StatusOptions): Promise<void> {
  const { format = 'pretty' } = options;
  const execution = await failInJson(format, () => withMachine(options, ({ latest }) => latest()));
  if (execution === null)
    throw new UsageError('No sweep ran in the last 90 days. triage sweep start starts one.');
  console.log(format === 'json' ? inJson(execution) : describeSweep(execution, Date.now()).join('\n'));
  if (execution.status !== 'RUNNING' && execution.status !== 'SUCCEEDED') throw new ProblemsFound('');
}

function inJson({ arn, status, startedMs, stoppedMs, progress, error }: SweepExecution): string {
  return JSON.stringify(
    {
      version: 1,
      ...{ execution: arn, status, startedAt: new Date(startedMs).toISOString() },
      stoppedAt: stoppedMs === null ? null : new Date(stoppedMs).toISOString(),
      ...{ progress, error },
    },
    null,
    2,
  );
}
