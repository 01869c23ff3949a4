import { Command } from 'commander';
import { jsonDocuments } from '../../import/json-documents.ts';
import { BOTH_HOW_TO, findConfigs } from '../../import/native/find-configs.ts';
import { readNativeRules } from '../../import/native/read-rules.ts';
import { readOcsfRules } from '../../import/ocsf/read-rules.ts';
import { escapeText } from '../../rules/escape-text.ts';
import { UsageError } from '../usage-error.ts';
import { addImportOptions, type ImportOptions } from './import-options.ts';
import { readNamed, runImport } from './run-import.ts';

const NOTES = `
${BOTH_HOW_TO}

Those of the new Security Hub ask for fields of OCSF: what ASFF has too is mapped,
what it lacks is refused by name. Native rules run from the lowest order up and the last one wins; here the highest
priority wins, so a later rule gets a higher priority. Rules that suppress end in 90
days unless you say otherwise, and leave CRITICAL findings visible.

Examples:
  triage import automation-rules rules.json --dry-run       what would come of it
  triage import automation-rules rules.json --owner @acme/secops -o markdown=import.md
  aws securityhub batch-get-automation-rules … | triage import automation-rules -`;

/** `triage import automation-rules`: native rules of Security Hub. */
export function importAutomationRulesCommand(): Command {
  const command = new Command('automation-rules')
    .description('make rules and tests of native automation rules')
    .argument('<files...>', 'what the AWS CLI printed, or - for stdin')
    .option('--disabled', 'import disabled rules too; they observe whatever --mode says');
  return addImportOptions(command).addHelpText('after', NOTES).action(importAutomationRules);
}

async function importAutomationRules(
  files: readonly string[],
  options: ImportOptions,
  command: Command,
): Promise<void> {
  await runImport((nowMs) => readFiles(files, nowMs), options, command);
}

function readFiles(files: readonly string[], nowMs: number) {
  const documents = files.flatMap((file) => {
    const found = jsonDocuments(readNamed(file));
    if (found === null) throw new UsageError(`${escapeText(file)} is no JSON. ${BOTH_HOW_TO}`);
    return found;
  });
  const found = findConfigs(documents);
  if ('fault' in found) throw new UsageError(`${files.map(escapeText).join(', ')}: ${found.fault}`);
  return found.service === 'new'
    ? readOcsfRules(found.configs, nowMs)
    : readNativeRules(found.configs, nowMs);
}
