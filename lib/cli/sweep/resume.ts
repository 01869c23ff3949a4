import { Command } from 'commander';
import { counted } from '../../rules/counted.ts';
import { narratorFor } from '../global-options.ts';
import { ProblemsFound } from '../problems-found.ts';
import { UsageError } from '../usage-error.ts';
import { MACHINE_NOTES, type MachineOptions, machineOptions, withMachine } from './machine-options.ts';

const NOTES = `${MACHINE_NOTES}

Goes on at the last stretch that ended; what came after it is read again, and
deciding it again changes nothing.`;

/** `triage sweep resume`. */
export function resumeCommand(): Command {
  const command = new Command('resume').description('go on where the last sweep was stopped or failed');
  for (const option of machineOptions()) command.addOption(option);
  return command.addHelpText('after', NOTES).action(resume);
}

async function resume(options: MachineOptions, command: Command): Promise<void> {
  const { say } = narratorFor(command);
  await withMachine(options, async (machine) => {
    const last = await machine.latest();
    if (last === null)
      throw new UsageError('No sweep ran in the last 90 days. triage sweep start starts one.');
    if (last.status === 'RUNNING') throw new ProblemsFound('The last sweep is still running.');
    if (last.status === 'SUCCEEDED')
      throw new UsageError('The last sweep came to its end. triage sweep start starts another.');
    if (last.progress === null)
      throw new UsageError(
        'The last sweep ended before its first stretch did: triage sweep start begins anew, with the filters you want.',
      );
    await machine.start({ ...last.progress, waitSeconds: 0 });
    say(`Going on after ${counted(last.progress.read, 'finding')}. triage sweep status tells how far it is.`);
  });
}
