import { Command } from 'commander';
import { narratorFor } from '../global-options.ts';
import { UsageError } from '../usage-error.ts';
import { MACHINE_NOTES, type MachineOptions, machineOptions, withMachine } from './machine-options.ts';

/** `triage sweep stop`. */
export function stopCommand(): Command {
  const command = new Command('stop').description('end the sweep that runs; what it has sent stays sent');
  for (const option of machineOptions()) command.addOption(option);
  return command.addHelpText('after', MACHINE_NOTES).action(stop);
}

async function stop(options: MachineOptions, command: Command): Promise<void> {
  const { say } = narratorFor(command);
  await withMachine(options, async (machine) => {
    const running = await machine.running();
    if (running === null) throw new UsageError('No sweep is running.');
    await machine.stop(running.arn);
    say('Stopped. triage sweep resume goes on where it was.');
  });
}
