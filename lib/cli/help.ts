import { type Command, Help } from 'commander';
import { paint } from './colour.ts';
import { colourFor } from './global-options.ts';

const { strong } = paint(true);

/** How help is set: headings without colons, a command with its arguments alone, colour where there may be some. */
export function showHelpAsUsual(program: Command): void {
  for (const { command } of commandsOf(program)) {
    const hasCommands = command.commands.length > 0;
    command.configureHelp({
      ...(hasCommands && { formatHelp: formatWithoutOptions }),
      showGlobalOptions: true,
      styleTitle: strong,
      subcommandTerm,
    });
    // Commander takes the colour out again where there is to be none.
    command.configureOutput({
      getOutHasColors: () => colourFor(command),
      getErrHasColors: () => colourFor(command, 'stderr'),
    });
    command.usage(usageOf(command, hasCommands));
  }
}

/** A program's commands with those below them, and what each is called with. */
export function commandsOf(
  command: Command,
  path = command.name(),
): readonly { readonly command: Command; readonly path: string }[] {
  const below = command.commands.flatMap((inner) => commandsOf(inner, `${path} ${inner.name()}`));
  return [{ command, path }, ...below];
}

/** Commands come first, and what is global is told below them in one line; mistyped options still find theirs. */
const formatWithoutOptions: Help['formatHelp'] = (command, helper) => {
  const none = { visibleOptions: () => [], visibleGlobalOptions: () => [] };
  return new Help().formatHelp(command, Object.assign(Object.create(helper), none));
};

const subcommandTerm: Help['subcommandTerm'] = (command) =>
  [command.name(), argumentsOf(command)].filter((text) => text !== '').join(' ');

function usageOf(command: Command, hasCommands: boolean): string {
  const words = hasCommands ? '<command>' : argumentsOf(command);
  return words === '' ? '[options]' : `${words} [options]`;
}

function argumentsOf({ registeredArguments }: Command): string {
  return registeredArguments
    .map((argument) => ({ argument, name: `${argument.name()}${argument.variadic ? '…' : ''}` }))
    .map(({ argument, name }) => (argument.required ? `<${name}>` : `[${name}]`))
    .join(' ');
}
