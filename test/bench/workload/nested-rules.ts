import type { Condition } from '../../../lib/rules/rule.ts';
import { type Clause, leaf, narrowedByAccounts, shareOfEnvironment, tagCondition } from './clause.ts';
import type { Random } from './random.ts';
import { type FindingSubject, SUBJECTS } from './subjects.ts';
import { type Product, SEVERITIES, TAGGED_SHARE, TEAMS } from './world.ts';

const PRODUCTS: readonly Product[] = [
  'Security Hub',
  'Inspector',
  'GuardDuty',
  'IAM Access Analyzer',
  'Prowler',
];
const GRAVE = ['HIGH', 'CRITICAL'];
const MILD_SHARE = SEVERITIES.filter(({ value }) => !GRAVE.includes(value.label)).reduce(
  (sum, { weight }) => sum + weight,
  0,
);

/** "This product's findings on such a resource or of such teams, unless production or grave": any and not inside all. */
export function nestedClause(random: Random, share: number): Clause {
  const product = random.pick(PRODUCTS);
  const subjects = SUBJECTS.filter((subject) => subject.product === product);
  const { type } = random.pick(subjects);
  const teams = random.sample(TEAMS, 1 + random.int(4));
  const environment = random.pick(['prod', 'staging']);
  const conditions: Condition[] = [
    leaf('ProductName', 'equal', product),
    {
      any: [
        leaf('Resources[*].Type', random.chance(0.5) ? 'contains' : 'someFact:equal', type),
        tagCondition(random, 'team', teams),
      ],
    },
    {
      not: {
        any: [
          tagCondition(random, 'env', [environment]),
          random.chance(0.5)
            ? leaf('Severity.Label', 'in', GRAVE)
            : leaf('Severity.Normalized', 'greaterThan', 40),
        ],
      },
    },
  ];
  const held = heldShare(subjects, type, teams.length / TEAMS.length, shareOfEnvironment(environment));
  return narrowedByAccounts(random, { conditions, share: held }, share);
}

/** Team and environment are tags of one resource: it has both or none. */
function heldShare(
  subjects: readonly FindingSubject[],
  type: string,
  teamShare: number,
  environmentShare: number,
): number {
  const ofType = subjects.reduce((sum, subject) => sum + (subject.type === type ? subject.weight : 0), 0);
  const all = subjects.reduce((sum, { weight }) => sum + weight, 0);
  const tagged = (ofType + (all - ofType) * teamShare) * (1 - environmentShare);
  return (TAGGED_SHARE * tagged + (1 - TAGGED_SHARE) * ofType) * MILD_SHARE;
}
