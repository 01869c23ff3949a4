import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { InputError } from '../local/run/input.ts';
import { SynthesisError, SynthesisInterrupted } from '../local/run/synthesize.ts';
import { escapeText } from '../rules/escape-text.ts';
import { bearClosedPipes } from './broken-pipe.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { factsCommand } from './facts.ts';
import { addGlobalOptions, globalOptions, HELP_OPTION } from './global-options.ts';
import { showHelpAsUsual } from './help.ts';
import { exitOnInterrupt, Interrupted } from './interrupt.ts';
import { lintCommand } from './lint.ts';
import { localCommand } from './local.ts';
import { newCommand } from './new.ts';
import { ProblemsFound } from './problems-found.ts';
import { simulateCommand } from './simulate.ts';
import { startCommand } from './start.ts';
import { testCommand } from './test.ts';
import { UsageError } from './usage-error.ts';

const FOR_EVERY_COMMAND = `
Global: --no-color  -q, --quiet  -v, --verbose  -h, --help  --version
Every command takes --rules <dir>; triage <command> --help tells what else.
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

function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  const program = new Command('triage')
    .description('Decide what happens to Security Hub findings. Rules live in rules/, one JSON file each.')
    .helpCommand(false)
    .addHelpText('after', FOR_EVERY_COMMAND);
  addGlobalOptions(program, version);
  program
    .commandsGroup('Write rules')
    .addCommand(newCommand().summary('create a rule and its test, or an exception (--from)'))
    .addCommand(lintCommand().summary('check rules: syntax, schema, meaning, safety (--fix)'))
    .addCommand(testCommand().summary('run the tests beside the rules (--coverage, --mutate)'))
    .addCommand(factsCommand().summary('list the facts and operators a rule can use'))
    .commandsGroup('Understand decisions')
    .addCommand(explainCommand().summary("every rule's verdict on one finding, and the update"))
    .addCommand(simulateCommand().summary('decide many findings; nothing is sent (--base)'))
    .commandsGroup('Work with an account')
    .addCommand(exportCommand().summary('download findings as NDJSON, redacted (read-only)'))
    .commandsGroup('Try it locally')
    .addCommand(startCommand().summary('deploy to a local account and triage findings there'))
    .addCommand(localCommand().summary('keep such an account up for the AWS CLI and the SDK'));
  showHelpAsUsual(program);
  for (const command of [program, ...program.commands]) {
    const name = command === program ? 'triage' : `triage ${command.name()}`;
    command
      .exitOverride()
      .helpOption(...HELP_OPTION)
      .showHelpAfterError(`(${name} --help)`);
  }
  return program;
}

function exitCodeOf(error: unknown, verbose: boolean): number {
  // Commander has printed its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
  if (error instanceof UsageError || error instanceof InputError) return say(error.message, EXIT_CODES.usage);
  if (error instanceof SynthesisError || error instanceof ProblemsFound)
    return say(error.message, EXIT_CODES.problems);
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
