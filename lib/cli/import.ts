import { Command } from 'commander';
import { importAutomationRulesCommand } from './import/automation-rules.ts';
import { importFindingsManagerCommand } from './import/findings-manager.ts';

const NOTES = `
Rules, tests and a sample are written to the rules folder; nothing that exists is
overwritten without --force. What cannot be said exactly is told, rule by rule.`;

/** `triage import`: rules of other systems as rules of ours, with tests and a report of what differs. */
export function importCommand(): Command {
  return new Command('import')
    .description('make rules and tests of the rules of another system, and tell what differs')
    .helpCommand(false)
    .addCommand(importAutomationRulesCommand().summary('native automation rules, as the AWS CLI prints them'))
    .addCommand(importFindingsManagerCommand().summary('the rules.yaml of awsfindingsmanagerlib'))
    .addHelpText('after', NOTES);
}
