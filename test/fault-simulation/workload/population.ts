import type { Finding, FindingIdentifier } from '../../../lib/findings/finding.ts';
import type { Random } from '../random.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
/** Stands in every free text of every finding: it must never come up in a log. */
export const CANARY = 'canary-4f1c';

const PRODUCTS = ['guardduty', 'securityhub', 'inspector'] as const;
const NAMES = { guardduty: 'GuardDuty', securityhub: 'Security Hub', inspector: 'Inspector' } as const;
const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];

/** The identity of the n-th finding. Every fourth has the Id of its neighbour, but of another product. */
export function identityOf(n: number): FindingIdentifier {
  const product = PRODUCTS[n % PRODUCTS.length];
  const shared = n % 4 === 3 ? n - 1 : n;
  return { Id: `finding-${shared}`, ProductArn: `arn:aws:securityhub:${REGION}::product/aws/${product}` };
}

/** What a provider says of its finding at one time. */
export interface ProviderState {
  readonly label: string;
  readonly types: readonly string[];
  readonly compliance: 'PASSED' | 'FAILED' | 'WARNING' | null;
  readonly recordState: 'ACTIVE' | 'ARCHIVED';
  readonly revision: number;
  readonly confidence: number | null;
}

export function firstState(n: number, random: Random): ProviderState {
  const isControl = n % PRODUCTS.length === 1;
  return {
    label: random.pick(['LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'CRITICAL']),
    types: random.pick([
      ['TTPs/Discovery'],
      ['TTPs/Discovery', 'Effects/Data Exposure'],
      ['Software and Configuration Checks/Policy'],
    ]),
    compliance: isControl ? random.pick(['FAILED', 'FAILED', 'WARNING', 'PASSED']) : null,
    recordState: 'ACTIVE',
    revision: 0,
    confidence: random.chance(0.3) ? random.int(1, 100) : null,
  };
}

/** A change that a provider makes to its finding. */
export function nextState(state: ProviderState, random: Random): ProviderState {
  const next = { ...state, revision: state.revision + 1 };
  const dice = random.next();
  if (dice < 0.25) return next;
  if (dice < 0.55) return { ...next, label: random.pick(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']) };
  if (dice < 0.7) return { ...next, recordState: state.recordState === 'ACTIVE' ? 'ARCHIVED' : 'ACTIVE' };
  if (dice < 0.85 && state.compliance !== null)
    return { ...next, compliance: state.compliance === 'PASSED' ? 'FAILED' : 'PASSED' };
  return { ...next, types: random.pick([['TTPs/Discovery'], ['TTPs/Execution', 'TTPs/Discovery']]) };
}

/** The finding as its provider imports it, complete as BatchImportFindings demands. */
export function importedFinding(n: number, state: ProviderState, nowMs: number): Finding {
  const identity = identityOf(n);
  const product = PRODUCTS[n % PRODUCTS.length] ?? 'guardduty';
  const account = ACCOUNTS[n % ACCOUNTS.length] ?? ACCOUNT;
  const at = new Date(nowMs).toISOString();
  return {
    ...identity,
    SchemaVersion: '2018-10-08',
    GeneratorId: `generator-${n % 5}`,
    ProductName: NAMES[product],
    CompanyName: 'AWS',
    AwsAccountId: account,
    CreatedAt: '2026-06-01T00:00:00.000Z',
    UpdatedAt: at,
    Title: `Revision ${state.revision} ${CANARY}`,
    Description: `Invented ${CANARY}`,
    Resources: [{ Type: 'AwsEc2Instance', Id: `arn:aws:ec2:${REGION}:${account}:instance/i-${n}-${CANARY}` }],
    RecordState: state.recordState,
    ...(state.compliance !== null && { Compliance: { Status: state.compliance } }),
    FindingProviderFields: {
      Severity: { Label: state.label, Original: state.label },
      Types: state.types,
      ...(state.confidence !== null && { Confidence: state.confidence }),
    },
  };
}
