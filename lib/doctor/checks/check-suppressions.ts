import { grouped } from '../../simulation/reporters/grouped.ts';
import type { Answer } from '../account/answer.ts';
import { type Observation, observation } from '../observation.ts';
import type { SuppressedCount } from '../suppressed/count-suppressed.ts';
import type { Suppressor } from '../suppressed/suppressor.ts';
import { unseen } from './unseen.ts';

const TOPIC = 'suppressions';

/** Suppressed findings by who suppressed them. */
export function checkSuppressions(answer: Answer<SuppressedCount>): Observation {
  if (answer.kind === 'unanswered') return unseen(TOPIC, 'Suppressed findings', answer.failed);
  const { findings, isPart, by } = answer.value;
  if (findings === 0) return observation(TOPIC, 'fine', 'none', 'No active finding is suppressed.');
  const all = isPart
    ? `Of the ${grouped(findings)} suppressed findings that were looked at (the first; --all counts them all)`
    : `Of ${grouped(findings)} active suppressed ${findings === 1 ? 'finding' : 'findings'}`;
  const ours = by.find(({ kind }) => kind === 'ours')?.findings ?? 0;
  const data = { findings, isPart, by };
  if (ours === findings)
    return observation(TOPIC, 'fine', 'ours', `${all}, rules here suppressed every one.`, { data });
  const kinds = new Set(by.map(({ kind }) => kind));
  const advice = ADVICE.filter(([kind]) => kinds.has(kind)).map(([, text]) => text);
  return observation(
    TOPIC,
    'note',
    'others',
    `${all}, ${ours === 0 ? 'rules here suppressed none' : `rules here suppressed ${grouped(ours)}`}; what others set stays as it is.`,
    { advice: advice.length === 0 ? null : advice.join(' '), details: rowsOf(by), data },
  );
}

/** What to do about findings by who suppressed them. */
const ADVICE: readonly (readonly [Suppressor['kind'], string])[] = [
  [
    'instance',
    'Let one instance enforce, or name the other in "succeeds" of rules/triage.config.json to take over from it.',
  ],
  [
    'nativeRule',
    'Bring suppressing native rules over with triage import automation-rules, so that they expire.',
  ],
  [
    'unknown',
    'Ask Security Hub who changed one: aws securityhub get-finding-history --finding-identifier Id=…,ProductArn=….',
  ],
];

const MOST_ROWS = 12;

function rowsOf(by: SuppressedCount['by']): readonly string[] {
  const width = Math.max(...by.map(({ findings }) => grouped(findings).length));
  const rows = by.slice(0, MOST_ROWS).map((one) => `${grouped(one.findings).padStart(width)}  ${whoOf(one)}`);
  const rest = by.slice(MOST_ROWS);
  const left = rest.reduce((sum, { findings }) => sum + findings, 0);
  return rest.length === 0
    ? rows
    : [...rows, `${grouped(left).padStart(width)}  ${rest.length} others: see -f json`];
}

function whoOf({ kind, name }: Suppressor): string {
  switch (kind) {
    case 'ours':
      return `rules of this instance (${name}), by our mark`;
    case 'instance':
      return `another instance (${name}), by its mark`;
    case 'nativeRule':
      return `the native rule "${name}", by its note`;
    case 'likelyNativeRule':
      return `no note; the native rule "${name}" would suppress them`;
    case 'person':
      return `${name}, under the note (a person, or a role)`;
    case 'tool':
      return `${name}, under the note`;
    case 'unknown':
      return 'unknown: neither a mark nor a note says it';
    default:
      return kind satisfies never;
  }
}
