import { expect } from 'vitest';
import { ACCOUNT, REGION, type Synthesized } from '../../synthesized.ts';
import { byPolicies, functionRole, HUB } from '../access.ts';
import type { Demand } from '../demand.ts';

const mayAsk = (stack: Synthesized, action: string, keys: Readonly<Record<string, string>> = {}, arn = HUB) =>
  byPolicies(functionRole(stack), `securityhub:${action}`, arn, keys);
const mayWrite = (stack: Synthesized, member: string, value: string) =>
  mayAsk(stack, 'BatchUpdateFindings', { [`securityhub:ASFFSyntaxPath/${member}`]: value });

/** Of a stack that enforces one rule, which writes `Workflow.Status` NOTIFIED. */
export const ENFORCING_DEMANDS: readonly Demand[] = [
  {
    sentence: 'the function updates and reads findings of its own hub, and does nothing else in Security Hub',
    check: (stack) => {
      expect(mayAsk(stack, 'BatchUpdateFindings')).toBe('allowed');
      expect(mayAsk(stack, 'GetFindings')).toBe('allowed');
      for (const action of [
        'BatchImportFindings',
        'DisableSecurityHub',
        'UpdateStandardsControl',
        'CreateActionTarget',
      ])
        expect(mayAsk(stack, action)).toBe('denied');
      for (const hub of [HUB.replace(REGION, 'us-east-1'), HUB.replace(ACCOUNT, '999999999999')])
        expect(mayAsk(stack, 'BatchUpdateFindings', {}, hub)).toBe('denied');
    },
  },
  {
    sentence: 'the function writes what the rule needs and what takes it back',
    check: (stack) => {
      for (const [member, value] of [
        ['Workflow.Status', 'NOTIFIED'],
        ['Workflow.Status', 'NEW'],
        ['VerificationState', 'UNKNOWN'],
        ['Note.Text', 'Withdrawn: no triage rule decides this note any more.'],
        ['UserDefinedFields.key', 'triageSet'],
      ] as const)
        expect(mayWrite(stack, member, value)).toBe('allowed');
    },
  },
  {
    sentence: 'the function writes no field and no value that the rule does not need',
    check: (stack) => {
      for (const status of ['RESOLVED', 'SUPPRESSED'])
        expect(mayWrite(stack, 'Workflow.Status', status)).toBe('denied');
      for (const state of ['TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE'])
        expect(mayWrite(stack, 'VerificationState', state)).toBe('denied');
      for (const member of DENIED) expect(mayWrite(stack, member, '1')).toBe('denied');
    },
  },
];

export const DENIED = [
  'Severity.Label',
  'Severity.Normalized',
  'Severity.Product',
  'Confidence',
  'Criticality',
  'Types',
  'RelatedFindings',
] as const;
