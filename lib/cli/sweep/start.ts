import { Command, Option } from 'commander';
import type { SweepRequest } from '../../../lambdas/sweep/progress.ts';
import { readFilters } from '../../export/read-filters.ts';
import {
  FILTER_LIMITS,
  type FilterChoice,
  type Filters,
  filtersFor,
} from '../../findings/finding-filters.ts';
import { FILTER_OPTION_NAMES, filterOptions, type Since, sinceMs } from '../export-options.ts';
import { narratorFor } from '../global-options.ts';
import { ProblemsFound } from '../problems-found.ts';
import { UsageError } from '../usage-error.ts';
import { MACHINE_NOTES, type MachineOptions, machineOptions, withMachine } from './machine-options.ts';

interface StartOptions extends MachineOptions, Omit<FilterChoice, 'updatedSinceMs'> {
  readonly updatedSince?: Since;
  readonly filters?: string;
  readonly dryRun?: true;
}

const NOTES = `${MACHINE_NOTES}

Without a filter every active finding is looked at. What is sent is decided anew
by the deployed rules, so a sweep may be stopped, repeated and run beside events.
With mode observe it sends nothing and counts, as --dry-run does. Suppressions beyond
the sweep's share of triage:suppressionsPerHour are left to the next sweep.

Examples:
  triage sweep start --dry-run
  triage sweep start --product GuardDuty --severity HIGH,CRITICAL
  triage sweep start --filters filters.json               filters as the API has them`;

/** `triage sweep start`. */
export function startCommand(): Command {
  const command = new Command('start').description('start a sweep of existing findings');
  for (const option of [...filterOptions(), ...machineOptions()]) command.addOption(option);
  return command
    .addOption(
      new Option('--filters <file>', 'AwsSecurityFindingFilters in JSON, in place of the above').conflicts(
        FILTER_OPTION_NAMES,
      ),
    )
    .option('--dry-run', 'count what would be sent, and send nothing')
    .addHelpText('after', NOTES)
    .action(start);
}

async function start(options: StartOptions, command: Command): Promise<void> {
  const { say } = narratorFor(command);
  const request = requestOf(options, Date.now());
  await withMachine(options, async (machine) => {
    if ((await machine.running()) !== null)
      throw new ProblemsFound(
        'A sweep is running, and there is one at a time: triage sweep status tells how far it is, triage sweep stop ends it.',
      );
    await machine.start(request);
    say(
      `Started${options.dryRun ? ', as a dry run: nothing is sent' : ''}. triage sweep status tells how far it is.`,
    );
  });
}

function requestOf(
  { filters: path, updatedSince, dryRun, ...choice }: StartOptions,
  nowMs: number,
): SweepRequest {
  const since = updatedSince === undefined ? {} : { updatedSinceMs: sinceMs(updatedSince, nowMs) };
  const filters = path === undefined ? filtersFor({ ...choice, ...since }, nowMs) : fromFile(path);
  const taken = Object.keys(filters).filter((attribute) => attribute !== 'CreatedAt').length;
  if (taken >= FILTER_LIMITS.attributes)
    throw new UsageError(
      `These filters name ${taken} attributes; ${FILTER_LIMITS.attributes - 1} is the most, for a sweep adds CreatedAt.`,
    );
  return { ...(taken > 0 && { filters }), ...(dryRun && { dryRun }) };
}

function fromFile(path: string): Filters {
  const reading = readFilters(path);
  if (reading.kind === 'invalid') throw new UsageError(`--filters ${path}: ${reading.why}.`);
  return reading.filters;
}
