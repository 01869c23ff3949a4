import { expect, it } from 'vitest';
import { sampleOfFinding } from '../../../lib/cli/new/sample-of-finding.ts';

const ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';
const withText = (text: string) => ({ Id: 'f/1', ProductArn: ARN, AwsAccountId: '987650001234', text });

it.each([
  [
    'its own account',
    'arn:aws:iam::987650001234:user/x987650001234',
    'arn:aws:iam::111122223333:user/x111122223333',
  ],
  [
    'other accounts, each by another',
    '987650001235 987650001236 987650001235',
    '444455556666 555566667777 444455556666',
  ],
  ['accounts of documentation', '777788889999', '777788889999'],
  ['addresses', '199.241.229.197 10.0.0.1 2a00:1450::1 1.2.3', '198.51.100.1 10.0.0.1 2001:db8::1 1.2.3'],
  ['mail addresses', 'ann@corp.io a@example.com', 'person-1@example.com a@example.com'],
  ['access keys', 'AKIA0123456789ABCDEF', 'AKIAIOSFODNN0EXAMPLE'],
  ['versions and times', '2026-05-04T08:00:00.000Z v1.2.3.4.5', '2026-05-04T08:00:00.000Z v1.2.3.4.5'],
])('invents %s', (_, text, invented) => {
  const sample = sampleOfFinding(withText(text));

  expect(sample.text).toBe(invented);
});

it('reaches names and lists, and leaves what is no text', () => {
  const found = { ...withText('x'), list: [{ '987650001234': 1, n: 987650001234 }, null, true] };

  const sample = sampleOfFinding(found);

  expect(sample.list).toEqual([{ '111122223333': 1, n: 987650001234 }, null, true]);
  expect(sample).toMatchObject({ Id: 'f/1', ProductArn: ARN, AwsAccountId: '111122223333' });
});

it('needs no account', () => {
  expect(sampleOfFinding({ Id: 'f/1', ProductArn: ARN })).toEqual({ Id: 'f/1', ProductArn: ARN });
});
