import type { Rule, UpdateTemplate } from '../../../lib/rules/rule.ts';
import type { Random } from './random.ts';

/** What a rule writes, and the members that its writing asks for. */
export interface RuleUpdate {
  readonly params: UpdateTemplate;
  readonly members: Partial<Rule>;
  /** A suppressing rule has to spare CRITICAL findings, or to confirm that it does not. */
  readonly sparesGrave: boolean;
}

const SHARED_NOTES = [
  'Accepted until the platform team replaces the base image.',
  'Compensated by the network policy of the landing zone.',
  'Known and planned; see the exception register.',
];

/** Suppressions, severities, verification, notes and keys, in the mix of a register of exceptions. */
export function ruleUpdate(random: Random, ticket: string): RuleUpdate {
  const note = { Text: random.chance(0.5) ? `${ticket}: accepted by the owner.` : random.pick(SHARED_NOTES) };
  const keys = random.chance(0.3)
    ? { UserDefinedFields: { exceptionTicket: random.chance(0.5) ? ticket : 'register' } }
    : {};
  const dice = random.next();
  if (dice < 0.45) return suppression(random, { Workflow: { Status: 'SUPPRESSED' }, Note: note, ...keys });
  const plain = (params: UpdateTemplate): RuleUpdate => ({ params, members: {}, sparesGrave: false });
  if (dice < 0.6) {
    const Label = random.pick(['LOW', 'MEDIUM', 'HIGH'] as const);
    return plain({ Severity: { Label }, ...(random.chance(0.5) ? { Note: note } : {}) });
  }
  if (dice < 0.75) return plain({ Note: note, ...keys });
  if (dice < 0.9) return plain({ UserDefinedFields: { routedTo: `team-${random.int(40)}` } });
  return plain({ VerificationState: 'BENIGN_POSITIVE', Confidence: random.int(100), Note: note });
}

function suppression(random: Random, params: UpdateTemplate): RuleUpdate {
  const sparesGrave = random.chance(0.6);
  const end = random.chance(0.3)
    ? ({ reasonCode: 'false-positive', expires: 'never', reviewBy: '2099-06-30' } as const)
    : ({ reasonCode: 'accepted-risk', expires: '2099-12-31' } as const);
  return { params, sparesGrave, members: { ...end, ...(sparesGrave ? {} : { allowCritical: true }) } };
}
