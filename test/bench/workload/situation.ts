import { createRandom, type Random, weightedPick } from './random.ts';
import { ARN_TAILS, type FindingSubject, SUBJECTS } from './subjects.ts';
import {
  ACCOUNTS,
  APPLICATIONS,
  COST_CENTRES,
  costCentre,
  ENVIRONMENTS,
  REGIONS,
  SEVERITIES,
  TAGGED_SHARE,
  TEAMS,
} from './world.ts';

/** What all members of one finding agree on. */
export interface Situation {
  readonly subject: FindingSubject;
  readonly account: string;
  readonly region: string;
  /** `<team>-<application>-<environment>-<nn>`. */
  readonly name: string;
  readonly resourceId: string;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly severity: { readonly label: string; readonly normalized: number };
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly uuid: string;
  readonly random: Random;
}

/** When the generated findings were last updated, about: decide them "now" = here. */
export const WORKLOAD_NOW = Date.parse('2026-11-18T09:00:00Z');
const DAY_MS = 86_400_000;

const pickSubject = weightedPick(SUBJECTS);
const pickAccount = weightedPick(ACCOUNTS);
const pickRegion = weightedPick(REGIONS);
const pickEnvironment = weightedPick(ENVIRONMENTS);
const pickSeverity = weightedPick(SEVERITIES);

/** Draws one situation; the same seed and index give the same one, whatever was drawn before. */
export function drawSituation(seed: number, index: number): Situation {
  const random = createRandom(seed * 1_000_003 + index);
  const subject = pickSubject(random);
  const account = pickAccount(random).value;
  const region = pickRegion(random).value;
  const [team, application] = [random.pick(TEAMS), random.pick(APPLICATIONS)];
  const env = pickEnvironment(random).value;
  const name = `${team}-${application}-${env}-${String(random.int(100)).padStart(2, '0')}`;
  const tags = {
    Name: name,
    team,
    app: application,
    env,
    costCenter: costCentre(random.int(COST_CENTRES)),
    owner: `${team}@example.com`,
    dataClass: random.pick(['public', 'internal', 'confidential']),
  };
  const tail = ARN_TAILS[subject.type]
    .replace('{region}', region)
    .replace('{account}', account)
    .replace('{name}', name)
    .replaceAll('{hex}', () => random.hex(16));
  const updated = WORKLOAD_NOW - random.int(10 * 60_000);
  return {
    subject,
    account,
    region,
    name,
    resourceId: `arn:aws:${tail}`,
    tags: random.chance(TAGGED_SHARE) ? tags : null,
    severity: pickSeverity(random).value,
    createdAt: new Date(updated - random.int(180 * DAY_MS)).toISOString(),
    updatedAt: new Date(updated).toISOString(),
    uuid: [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join('-'),
    random,
  };
}
