import { describe, expect, it } from 'vitest';
import { accessesOf } from '../../../lib/local/security-hub/access.ts';

const hubArn = 'arn:aws:securityhub:us-west-1:123456789012:hub/default';
const path = (field: string): string => `securityhub:ASFFSyntaxPath/${field}`;

function keysOf(request: unknown): unknown {
  return accessesOf('BatchUpdateFindings', request, hubArn)[0]?.conditionKeys;
}

describe('the condition keys of BatchUpdateFindings', () => {
  it('name every member present, with its value', () => {
    const keys = keysOf({
      FindingIdentifiers: [],
      Workflow: { Status: 'NEW' },
      Severity: { Label: 'LOW', Normalized: 0, Product: 2.5 },
      VerificationState: 'UNKNOWN',
      Confidence: 0,
      Criticality: 7,
      Types: ['a', 'b'],
      RelatedFindings: [{ ProductArn: 'p', Id: 'i' }],
      Note: { Text: 't', UpdatedBy: 'u' },
      UserDefinedFields: { k: 'v', l: 'w' },
    });

    expect(keys).toEqual({
      [path('Workflow.Status')]: 'NEW',
      [path('Severity.Label')]: 'LOW',
      [path('Severity.Normalized')]: '0',
      [path('Severity.Product')]: '2.5',
      [path('VerificationState')]: 'UNKNOWN',
      [path('Confidence')]: '0',
      [path('Criticality')]: '7',
      [path('Types')]: ['a', 'b'],
      [path('RelatedFindings')]: ['p/i'],
      [path('Note.Text')]: 't',
      [path('Note.UpdatedBy')]: 'u',
      [path('UserDefinedFields.key')]: ['k', 'l'],
      [path('UserDefinedFields.value')]: ['v', 'w'],
    });
  });

  it('are none for members that are absent, null or malformed', () => {
    expect(keysOf({ Workflow: null, Severity: 'HIGH', Types: null, UserDefinedFields: [] })).toEqual({});
    expect(keysOf('no request')).toEqual({});
  });
});
