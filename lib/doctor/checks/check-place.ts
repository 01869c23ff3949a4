import { counted } from '../../rules/counted.ts';
import type { Answer } from '../account/answer.ts';
import type { Aggregation } from '../account/read-aggregation.ts';
import type { Organization } from '../account/read-organization.ts';
import { type Observation, observation } from '../observation.ts';
import { unseen } from './unseen.ts';

/** Whether this account sees the findings of the others: its administrator does. */
export function checkAdministrator(organization: Organization): readonly Observation[] {
  const { administrator, members, isDelegated, delegatedTo } = organization;
  const others = answered(members);
  const sees =
    others === null
      ? 'its members'
      : `${others.hasMore ? 'more than ' : ''}${counted(others.count, 'member')}`;
  if (answered(isDelegated) === true)
    return [
      say(
        'fine',
        'delegated',
        `This is the organization's delegated administrator: it sees findings of ${sees}.`,
      ),
    ];
  if (others !== null && others.count > 0)
    return [say('fine', 'administrator', `This is the administrator of ${sees}, and sees their findings.`)];
  const above = answered(administrator);
  if (above !== null)
    return [
      say(
        'note',
        'member',
        `This is a member account; its administrator is ${above}, which sees the findings of all members.`,
        `Deploy in ${above} to triage them all. A stack here works for this account's findings, as long as the administrator's rules do not enforce on them too.`,
        { administrator: above },
      ),
    ];
  const elsewhere = answered(delegatedTo);
  if (elsewhere !== null && elsewhere.length > 0)
    return [
      say(
        'wrong',
        'management',
        `This is the organization's management account; Security Hub is delegated to ${elsewhere.join(', ')}, which sees the findings of all members.`,
        'Deploy there.',
        { delegatedTo: elsewhere },
      ),
    ];
  const asked = { administrator, members, isDelegated, delegatedTo };
  const failed = Object.values(asked).flatMap((answer) =>
    answer.kind === 'unanswered'
      ? [unseen('administrator', 'Where this account stands among others', answer.failed)]
      : [],
  );
  if (failed.length > 0) return failed;
  return [
    say(
      'note',
      'alone',
      'This account has neither an administrator nor members: it sees its own findings alone.',
      'That is right for a single account. In an organization, delegate Security Hub CSPM to one account and deploy there.',
    ),
  ];
}

function say(
  standing: Observation['standing'],
  code: string,
  found: string,
  advice: string | null = null,
  data: unknown = null,
): Observation {
  return observation('administrator', standing, code, found, { advice, data });
}

function answered<T>(answer: Answer<T | null>): T | null {
  return answer.kind === 'answered' ? answer.value : null;
}

/** Whether this Region sees the findings of the others: the home Region of an aggregation does. */
export function checkAggregation(answer: Answer<Aggregation | null>, region: string): Observation {
  if (answer.kind === 'unanswered') return unseen('aggregation', 'The aggregation of Regions', answer.failed);
  const aggregation = answer.value;
  if (aggregation === null)
    return observation(
      'aggregation',
      'note',
      'none',
      'Findings of other Regions do not come here: nothing aggregates them.',
      {
        advice:
          'That is right where you use one Region. Otherwise aggregate them and deploy in the home Region, or deploy a stack in each Region.',
      },
    );
  const { homeRegion, mode, regions } = aggregation;
  const data = aggregation;
  if (homeRegion === region)
    return observation(
      'aggregation',
      'fine',
      'home',
      `This is the home Region: ${linkedText(aggregation)}.`,
      {
        data,
      },
    );
  if (!isLinked(region, mode, regions))
    return observation(
      'aggregation',
      'note',
      'not-linked',
      `Findings are aggregated in ${homeRegion}, but those of this Region are not linked to it.`,
      {
        advice: `Link this Region to ${homeRegion} and deploy there, or deploy a stack of its own here.`,
        data,
      },
    );
  return observation(
    'aggregation',
    'wrong',
    'linked',
    `This is a linked Region: its findings come together with others in ${homeRegion}.`,
    { advice: `Deploy in ${homeRegion}, and not here: two stacks would write the same findings.`, data },
  );
}

function linkedText({ mode, regions }: Aggregation): string {
  switch (mode) {
    case 'ALL_REGIONS':
      return 'findings of all Regions come here';
    case 'ALL_REGIONS_EXCEPT_SPECIFIED':
      return `findings of all Regions but ${regions.join(', ')} come here`;
    case 'NO_REGIONS':
      return 'no other Region is linked to it';
    default:
      return `findings of ${regions.join(', ')} come here as well`;
  }
}

function isLinked(region: string, mode: string, regions: readonly string[]): boolean {
  switch (mode) {
    case 'ALL_REGIONS':
      return true;
    case 'ALL_REGIONS_EXCEPT_SPECIFIED':
      return !regions.includes(region);
    case 'NO_REGIONS':
      return false;
    default:
      return regions.includes(region);
  }
}
