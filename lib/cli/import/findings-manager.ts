import { Command } from 'commander';
import { findEntries, readFindingsManagerRules } from '../../import/findings-manager/read-rules.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { UsageError } from '../usage-error.ts';
import { addImportOptions, type ImportOptions } from './import-options.ts';
import { readNamed, runImport } from './run-import.ts';

const NOTES = `
The file is what awsfindingsmanagerlib, or its Terraform module, reads: "Rules:" with
note, action and match_on. Expressions become RE2 for the whole id, with ".*" around
them, for the findings manager finds them anywhere in it.

Examples:
  triage import findings-manager rules.yaml --dry-run
  triage import findings-manager rules.yaml --owner @acme/secops --expires 2027-03-31`;

/** `triage import findings-manager`: suppressions of Schuberg Philis' findings manager. */
export function importFindingsManagerCommand(): Command {
  const command = new Command('findings-manager')
    .description('make rules and tests of the rules of a findings manager')
    .argument('<file>', 'its rules.yaml, or - for stdin');
  return addImportOptions(command).addHelpText('after', NOTES).action(importFindingsManager);
}

async function importFindingsManager(file: string, options: ImportOptions, command: Command): Promise<void> {
  await runImport((nowMs) => readFile(file, nowMs), options, command);
}

function readFile(file: string, nowMs: number) {
  const found = findEntries(readNamed(file));
  if ('fault' in found) throw new UsageError(`${escapeText(file)}: ${escapeText(found.fault)}`);
  return readFindingsManagerRules(found.entries, nowMs);
}
