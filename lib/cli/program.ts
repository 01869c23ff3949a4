import { Command, CommanderError } from 'commander';
import { AssemblyError } from '../local/assembly/assembly-error.ts';
import { InputError } from '../local/run/input.ts';
import { SynthesisError, SynthesisInterrupted } from '../local/run/synthesize.ts';
import { readManifest } from '../package/manifest.ts';
import { escapeText } from '../rules/escape-text.ts';
import { bearClosedPipes } from './broken-pipe.ts';
import { deadLettersCommand } from './dead-letters.ts';
import { doctorCommand } from './doctor.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { factsCommand } from './facts.ts';
import { addGlobalOptions, globalOptions, HELP_OPTION } from './global-options.ts';
import { commandsOf, showHelpAsUsual } from './help.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { exitOnInterrupt, Interrupted } from './interrupt.ts';
import { lintCommand } from './lint.ts';
import { localCommand } from './local.ts';
import { migrateCommand } from './migrate.ts';
import { newCommand } from './new.ts';
import { permissionsCommand } from './permissions.ts';
import { ProblemsFound } from './problems-found.ts';
import { reportCommand } from './report.ts';
import { simulateCommand } from './simulate.ts';
import { startCommand } from './start.ts';
import { sweepCommand } from './sweep.ts';
import { testCommand } from './test.ts';
import { UsageError } from './usage-error.ts';
import { verifyAccountCommand } from './verify-account.ts';

const FOR_EVERY_COMMAND = `
Global: --no-color  -q, --quiet  -v, --verbose  -h, --help  --version
All but init take --rules <dir>; triage <command> --help tells what else.
Exit: 0 ok · 1 problems found · 2 wrong usage or nothing to work on
      3 internal error · 130 interrupted`;

/** Runs the command line and returns its exit code; messages for people have been printed by then. */
export async function runCli(argv: readonly string[]): Promise<number> {
  exitOnInterrupt();
  bearClosedPipes();
  const program = createProgram();
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return EXIT_CODES.ok;
  } catch (error) {
    return exitCodeOf(error, globalOptions(program).verbose);
  }
}

/** The whole command line: every command with its options and help, nothing run. */
export function createProgram(): Command {
  const program = new Command('triage')
    .description('Decide what happens to Security Hub findings. Rules live in rules/, one JSON file each.')
    .helpCommand(false)
    .addHelpText('after', FOR_EVERY_COMMAND);
  addGlobalOptions(program, readManifest().version);
  program
    .commandsGroup('Write rules')
    .addCommand(initCommand().summary('set up a repository of rules'))
    .addCommand(newCommand().summary('create a rule and its test, or an exception (--from)'))
    .addCommand(importCommand().summary('make rules of those of other systems (--dry-run)'))
    .addCommand(lintCommand().summary('check rules: syntax, schema, meaning, safety (--fix)'))
    .addCommand(testCommand().summary('run the tests beside the rules (--coverage, --mutate)'))
    .addCommand(migrateCommand().summary('bring rules to the format of this version (--apply)'))
    .addCommand(factsCommand().summary('list the facts and operators a rule can use'))
    .commandsGroup('Understand decisions')
    .addCommand(explainCommand().summary("every rule's verdict on one finding, and the update"))
    .addCommand(simulateCommand().summary('decide many findings; nothing is sent (--base)'))
    .commandsGroup('Review and report')
    .addCommand(permissionsCommand().summary('what the deployed function may write, and for which rule'))
    .addCommand(reportCommand().summary('every suppression: owner, ticket, end, findings hidden'))
    .commandsGroup('Work with an account')
    .addCommand(doctorCommand().summary('the right account? what else writes here (read-only)'))
    .addCommand(verifyAccountCommand().summary('ask it what AWS documents nowhere (--apply)'))
    .addCommand(exportCommand().summary('download findings as NDJSON, redacted (read-only)'))
    .addCommand(sweepCommand().summary('triage findings that no event speaks of (--dry-run)'))
    .addCommand(deadLettersCommand().summary('list, explain and redrive dead letters (--apply)'))
    .commandsGroup('Try it locally')
    .addCommand(startCommand().summary('deploy to a local account and triage findings there'))
    .addCommand(localCommand().summary('keep such an account up for the AWS CLI and the SDK'));
  showHelpAsUsual(program);
  for (const { command, path } of commandsOf(program))
    command
      .exitOverride()
      .helpOption(...HELP_OPTION)
      .showHelpAfterError(`(${path} --help)`);
  return program;
}

function exitCodeOf(error: unknown, verbose: boolean): number {
  // Commander has printed its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
  if (error instanceof UsageError || error instanceof InputError) return say(error.message, EXIT_CODES.usage);
  if (error instanceof SynthesisError || error instanceof ProblemsFound)
    return say(error.message, EXIT_CODES.problems);
  if (error instanceof AssemblyError)
    return say(`The local account cannot act out this app: ${error.message}`, EXIT_CODES.problems);
  if (error instanceof SynthesisInterrupted || error instanceof Interrupted) return EXIT_CODES.interrupted;
  if (verbose) console.error(error);
  return say(
    `triage failed: ${escapeText(String(error))}. This is a bug of ours: report it, with the stack that -v shows.`,
    EXIT_CODES.internal,
  );
}

function say(message: string, code: number): number {
  if (message !== '') console.error(message);
  return code;
}
