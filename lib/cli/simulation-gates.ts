import { InvalidArgumentError, Option } from 'commander';
import { SEVERITY_LABELS } from '../findings/finding.ts';
import { counted } from '../rules/counted.ts';
import { hiddenCount } from '../simulation/hiding.ts';
import {
  type Comparison,
  type GateResult,
  REPORT_SEVERITIES,
  type ReportSeverity,
} from '../simulation/simulation-report.ts';

/** What a comparison may not come to. */
export interface SimulationGates {
  readonly forbidNewlySuppressed?: readonly ReportSeverity[];
  readonly maxNewlySuppressed?: number;
}

export const gateOptions = (): readonly [forbid: Option, most: Option] => [
  new Option(
    '--forbid-newly-suppressed <severities>',
    'fail if findings of these severities are newly suppressed or resolved, e.g. CRITICAL,HIGH (with --base)',
  ).argParser(readSeverities),
  new Option(
    '--max-newly-suppressed <n>',
    'fail if more findings than this are newly suppressed or resolved (with --base)',
  ).argParser((text) => {
    if (/^\d{1,9}$/.test(text)) return Number(text);
    throw new InvalidArgumentError('Not a whole number of findings.');
  }),
];

/** What became of each gate that was asked for. Severities are the provider's; what is suppressed or resolved is hidden. */
export function gateResults(
  { changes }: Pick<Comparison, 'changes'>,
  { forbidNewlySuppressed = [], maxNewlySuppressed }: SimulationGates,
): readonly GateResult[] {
  const all = REPORT_SEVERITIES.reduce((sum, severity) => sum + hiddenCount(changes, severity), 0);
  return [
    ...forbidNewlySuppressed.map((severity): GateResult => {
      const found = hiddenCount(changes, severity);
      return { option: '--forbid-newly-suppressed', severity, limit: 0, found, tripped: found > 0 };
    }),
    ...(maxNewlySuppressed === undefined
      ? []
      : [
          {
            option: '--max-newly-suppressed',
            severity: null,
            limit: maxNewlySuppressed,
            found: all,
            tripped: all > maxNewlySuppressed,
          } as const,
        ]),
  ];
}

/** What tripped, a line each; nothing where all is as allowed. */
export function trippedGates(gates: readonly GateResult[]): readonly string[] {
  return gates
    .filter(({ tripped }) => tripped)
    .map(({ option, severity, limit, found }) =>
      severity === null
        ? `${counted(found, 'finding')} would be newly suppressed or resolved, more than ${option} ${limit}.`
        : `${counted(found, 'finding')} of severity ${severity} would be newly suppressed or resolved, and ${option} names ${severity}.`,
    );
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
