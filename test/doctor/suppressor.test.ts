import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { suppressingNativeRules } from '../../lib/doctor/suppressed/suppressing-native-rules.ts';
import { suppressorOf } from '../../lib/doctor/suppressed/suppressor.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { finding } from '../local/security-hub/account.ts';

/** "No logs of log buckets" suppresses S3.9 on buckets whose name has `-logs`, and signs as secops. */
const { Rules: NATIVE } = JSON.parse(
  readFileSync(new URL('../../docs/automation-rules.json', import.meta.url), 'utf8'),
);
const NAME = 'No logs of log buckets';
const TEXT = 'Log buckets keep no logs of their own';
const nowMs = Date.parse('2026-11-27T00:00:00Z');

function suppressed(members: Readonly<Record<string, unknown>>): Finding {
  return finding('one', { Workflow: { Status: 'SUPPRESSED' }, ...members });
}
const marked = (key: string, Workflow: string) => ({
  UserDefinedFields: { [key]: JSON.stringify({ v: 1, Workflow }) },
});
const noted = (Text: string, UpdatedBy: string) => ({ Note: { Text, UpdatedBy } });
const LOG_BUCKET = {
  Compliance: { Status: 'FAILED', SecurityControlId: 'S3.9' },
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::shop-logs' }],
};

describe('who suppressed a finding', () => {
  const natives = suppressingNativeRules(NATIVE, nowMs);
  const config = { ...DEFAULT_CONFIG, succeeds: ['former'] };

  it.each([
    ['our mark', marked('triageSet', 'SUPPRESSED'), 'ours', 'triage'],
    ['the mark of one we succeed', marked('formerSet', 'SUPPRESSED'), 'ours', 'triage'],
    [
      'our mark beside a note',
      { ...marked('triageSet', 'SUPPRESSED'), ...noted('x', 'bot') },
      'ours',
      'triage',
    ],
    ['our mark that says otherwise', marked('triageSet', 'NOTIFIED'), 'unknown', ''],
    ["another instance's mark", marked('stagingSet', 'SUPPRESSED'), 'instance', 'staging'],
    ["another's mark that says otherwise", marked('stagingSet', 'NOTIFIED'), 'unknown', ''],
    ['a mark of a later version', { UserDefinedFields: { nextSet: '{"v":2}' } }, 'instance', 'next'],
    ['a field that is no mark', { UserDefinedFields: { toolSet: 'SUPPRESSED' } }, 'unknown', ''],
    ["a native rule's note", noted(TEXT, 'secops'), 'nativeRule', NAME],
    ["that note under another's name", noted(TEXT, 'alice@example.com'), 'person', 'alice@example.com'],
    ['an identity of IAM', noted('ok', 'arn:aws:iam::1:user/a'), 'tool', 'arn:aws:iam::1:user/a'],
    [
      'a role',
      noted('ok', 'arn:aws:sts::111122223333:assumed-role/Admin/alice'),
      'person',
      'arn:aws:sts::111122223333:assumed-role/Admin/alice',
    ],
    ['a word', noted('ok', 'prowler'), 'tool', 'prowler'],
    ['nothing, where a native rule would', LOG_BUCKET, 'likelyNativeRule', NAME],
    ['nothing at all', {}, 'unknown', ''],
    ['an empty note', { Note: { Text: 'x', UpdatedBy: '' } }, 'unknown', ''],
  ])('is told by %s', (_, members, kind, name) => {
    expect(suppressorOf(suppressed(members), config, natives)).toEqual({ kind, name });
  });

  it('takes a native rule that looks at the status to have seen it before it changed it', () => {
    const [, rule] = NATIVE;
    const onNew = suppressingNativeRules(
      [
        {
          ...rule,
          RuleStatus: 'DISABLED',
          Criteria: { ...rule.Criteria, WorkflowStatus: [{ Value: 'NEW', Comparison: 'EQUALS' }] },
        },
      ],
      nowMs,
    );

    expect(onNew.matching(suppressed(LOG_BUCKET))).toBe(NAME);
    expect(onNew.matching(suppressed({}))).toBeUndefined();
  });

  it('claims nothing of a rule whose criteria it cannot read', () => {
    const [, rule] = NATIVE;
    const unread = suppressingNativeRules(
      [{ ...rule, Criteria: { NoteUpdatedBy: [{ Value: 'bot', Comparison: 'EQUALS' }] } }],
      nowMs,
    );

    expect(unread.matching(suppressed(LOG_BUCKET))).toBeUndefined();
    expect(unread.signing(suppressed(noted(TEXT, 'secops')))).toBe(NAME);
  });
});
