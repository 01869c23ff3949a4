import { type Command, InvalidArgumentError, Option } from 'commander';
import { IMPORT_FORMATS, type ImportFormat } from '../../import/reporters/texts.ts';
import { isCalendarDay } from '../../rules/calendar-day.ts';
import type { Rule } from '../../rules/rule.ts';
import { rulesOption } from '../local-options.ts';
import { nowOption } from '../now-option.ts';
import { type ReportChoice, reportOptions } from '../report-options.ts';

/** What every importer is asked. */
export interface ImportOptions extends ReportChoice<ImportFormat> {
  readonly rules: string;
  readonly area: string;
  readonly owner?: string;
  readonly mode: Rule['mode'];
  readonly expires?: string;
  readonly allowCritical: boolean;
  readonly disabled?: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly now?: number;
}

/** Gives a command the options that every importer has. */
export function addImportOptions(command: Command): Command {
  const options = [
    new Option('--area <name>', 'folder of the rules below the rules folder')
      .default('imported')
      .argParser(areaName),
    new Option('--owner <owner>', 'who answers for them, e.g. @acme/secops (default: who owns most rules)'),
    new Option('--mode <mode>', 'mode of the rules').choices(['observe', 'enforce']).default('observe'),
    new Option(
      '--expires <day>',
      'last day of rules that suppress, YYYY-MM-DD (default: in 90 days)',
    ).argParser(day),
    new Option('--allow-critical', 'confirm that they may suppress CRITICAL findings').default(
      false,
      'they do not',
    ),
    new Option('--force', 'overwrite files that exist').default(false, 'they stay'),
    new Option('--dry-run', 'write nothing; tell what would be written').default(false, 'write'),
    nowOption(),
    rulesOption(),
    ...reportOptions(IMPORT_FORMATS),
  ];
  for (const option of options) command.addOption(option);
  return command;
}

const OTHER_FOLDERS = ['samples', 'context', 'conditions', 'exceptions'];

function areaName(text: string): string {
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && !OTHER_FOLDERS.includes(text)) return text;
  throw new InvalidArgumentError('Not the name of a folder of rules: small letters, digits and "-".');
}

function day(text: string): string {
  if (isCalendarDay(text)) return text;
  throw new InvalidArgumentError('Not a day. Write YYYY-MM-DD.');
}
