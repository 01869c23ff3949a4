import { type Clause, leaf, shareOfEnvironment } from './clause.ts';
import type { Random } from './random.ts';
import { ARN_TAILS, type ResourceType, subjectShare } from './subjects.ts';
import { APPLICATIONS, ENVIRONMENTS, TEAMS } from './world.ts';

const NAMED_TYPES = (Object.keys(ARN_TAILS) as ResourceType[])
  .filter((type) => ARN_TAILS[type].includes('{name}'))
  .map((type) => ({ type, share: subjectShare((subject) => subject.type === type) }));

/** A part of the names `<team>-<application>-<environment>-<nn>`: what a naming scheme lets a rule speak of. */
interface NamePart {
  readonly teams: readonly string[];
  readonly applications?: readonly string[];
  readonly environment?: string;
  readonly digit?: number;
  readonly share: number;
}

/** "Resources of this kind whose name begins so": prefix, expression or glob on the resource's id. */
export function resourceClause(random: Random, share: number): Clause {
  const large = NAMED_TYPES.filter((type) => type.share / 3 > share);
  const { type, share: typeShare } = random.pick(large.length > 0 ? large : NAMED_TYPES);
  const part = namesFor(random, share / typeShare);
  return { conditions: [idCondition(random, type, part)], share: typeShare * part.share };
}

function namesFor(random: Random, share: number): NamePart {
  const ofOneTeam = 1 / TEAMS.length;
  const teams = random.sample(TEAMS, Math.min(25, Math.max(1, Math.round(share / ofOneTeam))));
  if (share > ofOneTeam * 0.7) return { teams, share: teams.length * ofOneTeam };
  const ofOneApplication = ofOneTeam / APPLICATIONS.length;
  const count = Math.max(1, Math.round(share / ofOneApplication));
  const applications = random.sample(APPLICATIONS, count);
  if (share > ofOneApplication * 0.7) return { teams, applications, share: count * ofOneApplication };
  const environment = random.pick(ENVIRONMENTS).value;
  const ofEnvironment = ofOneApplication * shareOfEnvironment(environment);
  const named = { teams, applications, environment, share: ofEnvironment };
  if (share > ofEnvironment * 0.3) return named;
  return { ...named, digit: random.int(10), share: ofEnvironment / 10 };
}

function idCondition(random: Random, type: ResourceType, part: NamePart) {
  const ids = 'Resources[*].Id';
  const [before = ''] = `arn:aws:${ARN_TAILS[type]}`.split('{name}');
  const { teams, applications = [], environment = '', digit = '' } = part;
  const single = teams.length === 1 && applications.length <= 1;
  const rest = `${environment === '' ? '' : `${environment}-`}${digit}`;
  const prefix = `${teams[0]}-${applications[0] === undefined ? '' : `${applications[0]}-`}${rest}`;
  if (single && !before.includes('{')) {
    if (random.chance(0.6)) return leaf(ids, 'someFact:startsWith', `${before}${prefix}`);
  } else if (single && random.chance(0.5)) {
    const anywhere = before.replace('{region}', '*').replace('{account}', '*');
    return leaf(ids, 'someFact:glob', `${anywhere}${prefix}*`);
  }
  const start = before.replace('{region}', '[a-z0-9-]+').replace('{account}', '[0-9]{12}');
  const end = applications.length === 0 ? '' : `${oneOf(applications)}-${rest}`;
  return leaf(ids, 'someFact:matches', `${start}${oneOf(teams)}-${end}.*`);
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? `${words[0]}` : `(${words.toSorted().join('|')})`;
}
