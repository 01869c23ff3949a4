import { InvalidArgumentError, Option } from 'commander';
import { SEVERITY_LABELS } from '../findings/finding.ts';
import { counted } from '../rules/counted.ts';
import type { Comparison, ReportSeverity } from '../simulation/simulation-report.ts';

/** What a comparison may not come to. */
export interface SimulationGates {
  readonly forbidNewlySuppressed?: readonly ReportSeverity[];
  readonly maxNewlySuppressed?: number;
}

export const gateOptions = (): readonly [forbid: Option, most: Option] => [
  new Option(
    '--forbid-newly-suppressed <severities>',
    'fail if findings of these severities are hidden, e.g. CRITICAL,HIGH (with --base)',
  ).argParser(readSeverities),
  new Option(
    '--max-newly-suppressed <n>',
    'fail if more findings than this are hidden (with --base)',
  ).argParser((text) => {
    if (/^\d{1,9}$/.test(text)) return Number(text);
    throw new InvalidArgumentError('Not a whole number of findings.');
  }),
];

/** What tripped, a line each; nothing where all is as allowed. Severities are the provider's. */
export function trippedGates(
  { changes: { newlySuppressed } }: Pick<Comparison, 'changes'>,
  { forbidNewlySuppressed = [], maxNewlySuppressed }: SimulationGates,
): readonly string[] {
  const all = Object.values(newlySuppressed).reduce((sum, count) => sum + count, 0);
  const forbidden = forbidNewlySuppressed.filter((severity) => newlySuppressed[severity] > 0);
  return [
    ...forbidden.map(
      (severity) =>
        `${counted(newlySuppressed[severity], 'finding')} of severity ${severity} would be newly suppressed, and --forbid-newly-suppressed names ${severity}.`,
    ),
    ...(maxNewlySuppressed !== undefined && all > maxNewlySuppressed
      ? [
          `${counted(all, 'finding')} would be newly suppressed, more than --max-newly-suppressed ${maxNewlySuppressed}.`,
        ]
      : []),
  ];
}

function readSeverities(text: string): readonly ReportSeverity[] {
  return text.split(',').map((part) => {
    const label = SEVERITY_LABELS.find((known) => known === part.trim().toUpperCase());
    if (label !== undefined) return label;
    throw new InvalidArgumentError(
      `Severities are ${[...SEVERITY_LABELS].reverse().join(', ')}, with commas between.`,
    );
  });
}
