import { InvalidArgumentError, Option } from 'commander';
import { SEVERITY_LABELS, WORKFLOW_STATUSES } from '../findings/finding.ts';
import { FILTER_LIMITS } from '../findings/finding-filters.ts';

const RECORD_STATES = ['ACTIVE', 'ARCHIVED'] as const;
const DAY_MS = 86_400_000;

/** The filters that are options; each takes several values, joined by commas or by repeating it. */
export function filterOptions(): readonly Option[] {
  return [
    list('--severity <labels>', 'of these severities, e.g. CRITICAL,HIGH', oneOf(SEVERITY_LABELS)),
    list('--product <names>', 'of these products, e.g. GuardDuty,Inspector', (text) => text),
    list('--account <ids>', 'of these accounts', matching(/^\d{12}$/, 'An account id has 12 digits.')),
    list(
      '--region <names>',
      'of these Regions, e.g. eu-west-1 (aggregated findings too)',
      matching(/^[a-z]{2,3}(?:-[a-z]+)+-\d+$/, 'Not the name of a Region, such as eu-west-1.'),
    ),
    new Option(
      '--updated-since <date|days>',
      'updated since a day or instant, or in so many days, e.g. 2026-11-01 or 14',
    ).argParser(readSince),
    list('--workflow <statuses>', 'of these workflow statuses, e.g. NEW,NOTIFIED', oneOf(WORKFLOW_STATUSES)),
    list('--record-state <states>', 'ACTIVE or ARCHIVED (default: both)', oneOf(RECORD_STATES)),
  ];
}

/** Attribute names of the options above, as commander has them. */
export const FILTER_OPTION_NAMES = [
  'severity',
  'product',
  'account',
  'region',
  'updatedSince',
  'workflow',
  'recordState',
];

/** `--updated-since`: an instant in milliseconds since 1970, or days before whatever is now. */
export type Since = { readonly atMs: number } | { readonly days: number };

/** The instant that is meant. */
export function sinceMs(since: Since, nowMs: number): number {
  return 'atMs' in since ? since.atMs : nowMs - since.days * DAY_MS;
}

function readSince(text: string): Since {
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return { days: Number(text) };
  const atMs = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(atMs))
    throw new InvalidArgumentError(
      'Write a day (2026-11-01), an instant (2026-11-01T00:00:00Z) or a number of days.',
    );
  return { atMs };
}

function list(flags: string, description: string, read: (text: string) => string): Option {
  return new Option(flags, description).argParser<readonly string[] | undefined>((text, earlier = []) => {
    const values = text.split(',').map((value) => read(value.trim()));
    if (values.includes('')) throw new InvalidArgumentError('Write values with commas between them.');
    const all = [...new Set([...earlier, ...values])];
    if (all.length > FILTER_LIMITS.values)
      throw new InvalidArgumentError(`Security Hub takes at most ${FILTER_LIMITS.values} values.`);
    return all;
  });
}

function oneOf(allowed: readonly string[]): (text: string) => string {
  return (text) => {
    const known = allowed.find((one) => one === text.toUpperCase());
    if (known !== undefined) return known;
    throw new InvalidArgumentError(`Allowed are ${allowed.join(', ')}.`);
  };
}

function matching(pattern: RegExp, otherwise: string): (text: string) => string {
  return (text) => {
    if (pattern.test(text)) return text;
    throw new InvalidArgumentError(otherwise);
  };
}
