import { type Command, Help } from 'commander';
import { paint } from './colour.ts';
import { colourFor } from './global-options.ts';

const { strong } = paint(true);

/** How help is set: headings without colons, a command with its arguments alone, colour where there may be some. */
export function showHelpAsUsual(program: Command): void {
  for (const command of [program, ...program.commands]) {
    command.configureHelp({
      ...(command === program && { formatHelp: formatWithoutOptions }),
      showGlobalOptions: true,
      styleTitle: strong,
      subcommandTerm,
    });
    // Commander takes the colour out again where there is to be none.
    command.configureOutput({
      getOutHasColors: () => colourFor(command),
      getErrHasColors: () => colourFor(command, 'stderr'),
    });
    command.usage(usageOf(command, command === program));
  }
}

/** Commands come first, and what is global is told below them in one line; mistyped options still find theirs. */
const formatWithoutOptions: Help['formatHelp'] = (command, helper) =>
  new Help().formatHelp(command, Object.assign(Object.create(helper), { visibleOptions: () => [] }));

const subcommandTerm: Help['subcommandTerm'] = (command) =>
  [command.name(), argumentsOf(command)].filter((text) => text !== '').join(' ');

function usageOf(command: Command, isProgram: boolean): string {
  const words = isProgram ? '<command>' : argumentsOf(command);
  return words === '' ? '[options]' : `${words} [options]`;
}

function argumentsOf({ registeredArguments }: Command): string {
  return registeredArguments
    .map((argument) => ({ argument, name: `${argument.name()}${argument.variadic ? '…' : ''}` }))
    .map(({ argument, name }) => (argument.required ? `<${name}>` : `[${name}]`))
    .join(' ');
}
