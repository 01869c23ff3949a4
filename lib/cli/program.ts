import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { InputError } from '../local/run/input.ts';
import { SynthesisError, SynthesisInterrupted } from '../local/run/synthesize.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { explainCommand } from './explain.ts';
import { factsCommand } from './facts.ts';
import { exitOnInterrupt } from './interrupt.ts';
import { lintCommand } from './lint.ts';
import { localCommand } from './local.ts';
import { newCommand } from './new.ts';
import { ProblemsFound } from './problems-found.ts';
import { startCommand } from './start.ts';
import { testCommand } from './test.ts';
import { UsageError } from './usage-error.ts';

const EXIT_CODES_IN_WORDS =
  'Exit: 0 ok · 1 problems found · 2 wrong usage or nothing to do · 3 internal error · 130 interrupted';

/** Runs the command line and returns its exit code; messages for people have been printed by then. */
export async function runCli(argv: readonly string[]): Promise<number> {
  exitOnInterrupt();
  try {
    await createProgram().parseAsync([...argv], { from: 'user' });
    return EXIT_CODES.ok;
  } catch (error) {
    return exitCodeOf(error);
  }
}

function createProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  const program = new Command('triage')
    .description('Decide what happens to Security Hub findings. Rules live in rules/, one JSON file each.')
    .version(version)
    .helpCommand(false)
    .addHelpText('after', `\n${EXIT_CODES_IN_WORDS}`);
  program.commandsGroup('Try it locally').addCommand(startCommand()).addCommand(localCommand());
  program.commandsGroup('Write rules').addCommand(newCommand()).addCommand(factsCommand());
  program.commandsGroup('Understand decisions').addCommand(explainCommand());
  program.commandsGroup('Write rules').addCommand(lintCommand()).addCommand(testCommand());
  for (const command of [program, ...program.commands]) {
    const name = command === program ? 'triage' : `triage ${command.name()}`;
    command.exitOverride().showHelpAfterError(`(${name} --help)`);
  }
  return program;
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
  if (error instanceof UsageError || error instanceof InputError) return say(error.message, EXIT_CODES.usage);
  if (error instanceof SynthesisError || error instanceof ProblemsFound)
    return say(error.message, EXIT_CODES.problems);
  if (error instanceof SynthesisInterrupted) return EXIT_CODES.interrupted;
  console.error(error);
  return EXIT_CODES.internal;
}

function say(message: string, code: number): number {
  console.error(message);
  return code;
}
