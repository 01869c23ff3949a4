import { InvalidArgumentError, Option } from 'commander';

/** What `start` and `local` have in common. */
export interface LocalOptions {
  readonly findings?: readonly string[];
  readonly rules: string;
  readonly mode: 'observe' | 'enforce';
}

export const findingsOption = () =>
  new Option(
    '--findings <files...>',
    'findings to bring in: NDJSON, JSON or EventBridge events (default: the samples)',
  );

export const rulesOption = () => new Option('--rules <dir>', 'folder of the rules').default('rules');

export const modeOption = () =>
  new Option('--mode <mode>', 'observe writes nothing, enforce sends updates')
    .choices(['observe', 'enforce'])
    .default('enforce');

export const portOption = (name: string, service: string) =>
  new Option(`--${name} <port>`, `port of the ${service} endpoint (default: any free one)`).argParser(
    (text) => {
      const port = Number(text);
      if (!Number.isInteger(port) || port < 1 || port > 65_535)
        throw new InvalidArgumentError('Not a port from 1 to 65535.');
      return port;
    },
  );
