import { FAULTS, type FaultKind } from '../faults/catalogue.ts';
import { INVARIANTS } from '../invariants/invariants.ts';
import { quantile, type Tally } from './tally.ts';

const YEAR_MS = 365.25 * 24 * 3_600_000;
const DETERMINISM = 'The same seed takes the same course, to the bit.';

const number = (value: number): string => Math.round(value).toLocaleString('en');

/** The figures of a campaign, as text. */
export function reportTally(tally: Tally): string {
  const faults = Object.values(tally.faults).reduce((sum, times) => sum + times, 0);
  const kinds = Object.values(tally.faults).filter((times) => times > 0).length;
  const checks = Object.values(tally.checks).reduce((sum, times) => sum + times, 0);
  const years = tally.virtualMs / YEAR_MS;
  return [
    `${number(tally.schedules)} schedules, ${tally.failures.length === 0 ? 'no breach' : `${tally.failures.length} BREACHED`}`,
    `${years < 1 ? `${number(years * 365.25)} virtual days` : `${years.toFixed(1)} virtual years`}, ` +
      `${number(tally.events)} events, ${number(tally.invocations)} invocations, ${number(tally.calls)} calls, ` +
      `${number(tally.updates)} updates`,
    `${number(faults)} faults of ${kinds} kinds, ${number(checks)} checks; traces ${tally.traces.toString(16).padStart(12, '0')}`,
    '',
    'Checks',
    ...INVARIANTS.map(({ id, says }) => line(tally.checks[id] ?? 0, `${id.padEnd(3)} ${says}`)),
    line(tally.checks.I14 ?? 0, `I14 ${DETERMINISM}`),
    '',
    'Faults',
    ...Object.entries(tally.faults).map(([kind, times]) =>
      line(times, `${kind}: ${FAULTS[kind as FaultKind]}`),
    ),
    '',
    'Accepted: a value of a person was written over, as the design says it may be',
    ...Object.entries(tally.accepted)
      .sort(([, a], [, b]) => b - a)
      .map(([name, times]) => line(times, name)),
    '',
    'Fields that a person set',
    ...keptOfPersons(tally),
    '',
    'Age of the state that an update was decided on, in seconds',
    ages('all updates', tally.windows),
    ages('updates over a change that a person made meanwhile', tally.races),
  ].join('\n');
}

/** "None was overwritten" says something only beside how many there were. */
function keptOfPersons({ persons }: Tally): readonly string[] {
  const { set = 0, accepted = 0, overwritten = 0 } = persons;
  return [
    line(set, 'set by analysts and other tools'),
    line(accepted, 'of them written over later, as accepted above'),
    line(set - accepted - overwritten, `kept, of ${number(set - accepted)} that were to be kept`),
  ];
}

function line(count: number, text: string): string {
  return `${number(count).padStart(12)}  ${text}`;
}

function ages(name: string, histogram: Tally['windows']): string {
  const shares = [0.5, 0.9, 0.99, 1].map((share) => `p${share * 100} ${quantile(histogram, share)}`);
  const count = Object.values(histogram).reduce((sum, times) => sum + times, 0);
  return line(count, `${name}: ${shares.join(', ')}`);
}
