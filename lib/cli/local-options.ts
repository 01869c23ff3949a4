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
    wholeNumber(1, 65_535, 'Not a port from 1 to 65535.'),
  );

/** Two calls for one finding overlap only if a call takes time, and only then is the finding in use. */
export const callDurationOption = () =>
  new Option(
    '--call-duration <ms>',
    'how long a BatchUpdateFindings call takes; its findings are in use meanwhile (default: 0)',
  ).argParser(wholeNumber(0, 60_000, 'Not a number of milliseconds from 0 to 60000.'));

function wholeNumber(least: number, most: number, otherwise: string): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(otherwise);
  };
}
