import { Command } from 'commander';
import { explainCommand } from './dead-letters/explain.ts';
import { listCommand } from './dead-letters/list.ts';
import { redriveCommand } from './dead-letters/redrive.ts';

const NOTES = `
Two queues are meant. In the dead-letter queue lie findings whose update was
refused, and events that SQS gave up on; in the queue of undelivered events lies
what EventBridge could not put into the ingest queue. Both forget after 14 days.`;

/** `triage dead-letters`: what was refused and why, and the way back; dry unless told otherwise. */
export function deadLettersCommand(): Command {
  return new Command('dead-letters')
    .description('list, explain and redrive dead letters and undelivered events; dry unless --apply')
    .helpCommand(false)
    .addCommand(listCommand().summary('how many, why, since when, and what to do'))
    .addCommand(explainCommand().summary('one letter in words, and what would become of it now'))
    .addCommand(redriveCommand().summary('send letters back to be decided anew (--apply, --rate)'))
    .addHelpText('after', NOTES);
}
