import { describe, expect, it } from 'vitest';
import type { Answer } from '../../lib/doctor/account/answer.ts';
import type { Aggregation } from '../../lib/doctor/account/read-aggregation.ts';
import type { Organization } from '../../lib/doctor/account/read-organization.ts';
import { checkAdministrator, checkAggregation } from '../../lib/doctor/checks/check-place.ts';

const answered = <T>(value: T): Answer<T> => ({ kind: 'answered', value });
const DENIED: Answer<never> = {
  kind: 'unanswered',
  failed: {
    ...{ action: 'securityhub:ListMembers', resource: 'the hub' },
    failure: {
      kind: 'denied',
      cause: { code: 'AccessDeniedException', message: 'User: x is not authorized to perform: y' },
    },
  },
};
const ALONE: Organization = {
  administrator: answered(null),
  members: answered({ count: 0, hasMore: false }),
  isDelegated: answered(false),
  delegatedTo: answered(null),
};
const MEMBERS = answered({ count: 12, hasMore: false });

describe('where the account stands', () => {
  it.each<[string, Partial<Organization>, string, string]>([
    ['alone', {}, 'note', 'alone'],
    ['the delegated administrator', { isDelegated: answered(true), members: MEMBERS }, 'fine', 'delegated'],
    [
      'that, though members are not told',
      { isDelegated: answered(true), members: DENIED },
      'fine',
      'delegated',
    ],
    ['an administrator by invitation', { members: MEMBERS }, 'fine', 'administrator'],
    ['a member', { administrator: answered('444455556666') }, 'note', 'member'],
    [
      'a member that is the management account',
      { administrator: answered('444455556666'), delegatedTo: answered(['444455556666']) },
      'note',
      'member',
    ],
    ['the management account', { delegatedTo: answered(['444455556666']) }, 'wrong', 'management'],
    ['a management account that delegates to nobody', { delegatedTo: answered([]) }, 'note', 'alone'],
    ['unknown', { members: DENIED }, 'unseen', 'denied'],
  ])('is told: %s', (_, known, standing, code) => {
    expect(checkAdministrator({ ...ALONE, ...known })).toMatchObject([{ standing, code }]);
  });

  it('names the account to deploy in, and how many are seen', () => {
    const [member] = checkAdministrator({ ...ALONE, administrator: answered('444455556666') });
    const [many] = checkAdministrator({ ...ALONE, members: answered({ count: 1_000, hasMore: true }) });

    expect(member?.advice).toContain('Deploy in 444455556666');
    expect(many?.found).toContain('more than 1000 members');
  });
});

describe('where the Region stands', () => {
  const of = (mode: string, regions: readonly string[], homeRegion = 'eu-central-1'): Aggregation => ({
    ...{ homeRegion, mode, regions },
  });

  it.each<[string, Aggregation | null, string, string]>([
    ['nothing is aggregated', null, 'note', 'none'],
    ['at home', of('ALL_REGIONS', [], 'eu-west-1'), 'fine', 'home'],
    ['at home without links', of('NO_REGIONS', [], 'eu-west-1'), 'fine', 'home'],
    ['linked as all are', of('ALL_REGIONS', []), 'wrong', 'linked'],
    ['linked by name', of('SPECIFIED_REGIONS', ['eu-west-1']), 'wrong', 'linked'],
    ['not among those linked', of('SPECIFIED_REGIONS', ['us-east-1']), 'note', 'not-linked'],
    ['left out', of('ALL_REGIONS_EXCEPT_SPECIFIED', ['eu-west-1']), 'note', 'not-linked'],
    ['not left out', of('ALL_REGIONS_EXCEPT_SPECIFIED', ['us-east-1']), 'wrong', 'linked'],
    ['beside a home without links', of('NO_REGIONS', []), 'note', 'not-linked'],
  ])('is told: %s', (_, aggregation, standing, code) => {
    expect(checkAggregation(answered(aggregation), 'eu-west-1')).toMatchObject({ standing, code });
  });

  it('is unknown where it is not told', () => {
    expect(checkAggregation(DENIED, 'eu-west-1')).toMatchObject({
      standing: 'unseen',
      found: 'The aggregation of Regions could not be looked at: you lack securityhub:ListMembers.',
    });
  });
});
