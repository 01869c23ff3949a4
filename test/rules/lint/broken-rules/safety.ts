import { GUARDDUTY, leaf, NOT_CRITICAL, rule } from '../lint-folder.ts';
import { type BrokenRule, broken, hiding, on, one } from './broken-rule.ts';

/** Rules that would do harm, or nothing. */
export const DANGEROUS_RULES: readonly BrokenRule[] = [
  broken(
    'hiding all of a product',
    'TR201',
    hiding([GUARDDUTY, NOT_CRITICAL]),
    '"SUPPRESSED"',
    /narrow at least 2/,
  ),
  broken(
    'hiding for ever',
    'TR202',
    hiding([GUARDDUTY, NOT_CRITICAL], { expires: undefined }),
    '"SUPPRESSED"',
    /Add "expires"/,
  ),
  broken(
    'hiding for years',
    'TR202',
    hiding([GUARDDUTY, NOT_CRITICAL], { expires: '2030-01-01' }),
    '"2030-01-01"',
    /2027-11-21 or an earlier day/,
  ),
  broken(
    'an end that has passed',
    'TR203',
    hiding([GUARDDUTY, NOT_CRITICAL], { expires: '2026-01-01' }),
    '"2026-01-01"',
    /delete it/,
  ),
  broken(
    'an end that is near',
    'TR204',
    hiding([GUARDDUTY, NOT_CRITICAL], { expires: '2026-12-01' }),
    '"2026-12-01"',
    /Agree on a new day/,
  ),
  broken('hiding what is critical', 'TR205', hiding([GUARDDUTY]), '"SUPPRESSED"', /Severity\.Label/),
  broken(
    'two rules of one priority that disagree',
    'TR206',
    {
      ...on(GUARDDUTY),
      'area/other.json': rule('other', [GUARDDUTY], {
        event: { type: 'update', params: { Workflow: { Status: 'RESOLVED' } } },
      }),
    },
    '10',
    /two different priorities/,
  ),
  broken(
    'writing what stands there',
    'TR207',
    on(leaf('Workflow.Status', 'equal', 'NOTIFIED')),
    '"NOTIFIED"',
    /Leave it out/,
  ),
  broken(
    'reading what a rule writes',
    'TR208',
    {
      ...on(leaf('UserDefinedFields.team', 'equal', 'red')),
      'area/team.json': rule('team', [GUARDDUTY], {
        event: { type: 'update', params: { UserDefinedFields: { team: 'red' } } },
      }),
    },
    '"UserDefinedFields.team"',
    /shared condition/,
  ),
  broken(
    'a call for each finding',
    'TR209',
    one(
      rule('example', [GUARDDUTY], { event: { type: 'update', params: { Note: { Text: 'See {{Id}}' } } } }),
    ),
    '"See {{Id}}"',
    /what many share/,
  ),
];
