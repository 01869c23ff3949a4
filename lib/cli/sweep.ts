import { Command } from 'commander';
import { resumeCommand } from './sweep/resume.ts';
import { startCommand } from './sweep/start.ts';
import { statusCommand } from './sweep/status.ts';
import { stopCommand } from './sweep/stop.ts';

const NOTES = `
A sweep reads existing findings and sends those on which the deployed rules would
act through triage, as the events they would have come by. It runs in the account,
one at a time and once a day by itself; these commands start, watch and stop it.`;

/** `triage sweep`: findings that no event speaks of, through the rules. */
export function sweepCommand(): Command {
  return new Command('sweep')
    .description('send existing findings on which rules would act through triage; runs in the account')
    .helpCommand(false)
    .addCommand(startCommand().summary('all active findings, or those a filter names (--dry-run)'))
    .addCommand(statusCommand().summary('how far the last one is'))
    .addCommand(stopCommand().summary('end the one that runs'))
    .addCommand(resumeCommand().summary('go on where one was stopped or failed'))
    .addHelpText('after', NOTES);
}
