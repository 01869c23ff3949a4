import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../lib/doctor/account/answer.ts';
import { checkBus } from '../../lib/doctor/checks/check-bus.ts';
import { checkHub } from '../../lib/doctor/checks/check-hub.ts';
import { checkNativeRules } from '../../lib/doctor/checks/check-native-rules.ts';
import { checkAdministrator, checkAggregation } from '../../lib/doctor/checks/check-place.ts';
import { checkStack } from '../../lib/doctor/checks/check-stack.ts';
import { checkSuppressions } from '../../lib/doctor/checks/check-suppressions.ts';
import { doctorPolicy } from '../../lib/doctor/doctor-policy.ts';
import { DOCTOR_REPORTERS } from '../../lib/doctor/reporters/reporters.ts';
import { between } from './between.ts';
import { expectDocument } from './shown-document.ts';

const DOCUMENT = 'docs/first-day.md';
const answered = <T>(value: T): Answer<T> => ({ kind: 'answered', value });

/** What an account may answer on its first day. */
const EXAMINATION = {
  ...{ accountId: '111122223333', region: 'eu-west-1', nowMs: Date.parse('2026-11-27T12:00:00Z') },
  observations: [
    ...checkHub(
      answered({
        arn: 'arn:aws:securityhub:eu-west-1:111122223333:hub/default',
        controlFindings: 'SECURITY_CONTROL',
      }),
      answered(null),
    ),
    ...checkAdministrator({
      administrator: answered(null),
      members: answered({ count: 214, hasMore: false }),
      isDelegated: answered(true),
      delegatedTo: answered(null),
    }),
    checkAggregation(answered({ homeRegion: 'eu-central-1', mode: 'ALL_REGIONS', regions: [] }), 'eu-west-1'),
    checkStack(answered({ kind: 'noStack' }), 'SecurityHubTriage'),
    ...checkNativeRules(answered([{ RuleStatus: 'ENABLED' }, { RuleStatus: 'ENABLED' }]), {
      overlaps: [
        {
          native: { name: 'No logs of log buckets', order: 2 },
          field: 'Workflow',
          value: { Status: 'SUPPRESSED' },
          rules: [
            {
              ...{ name: 'suppress-log-bucket-logging', mode: 'observe' },
              ...{ overwrites: false, writesTheSame: true },
            },
          ],
        },
      ],
      unread: [],
    }),
    checkSuppressions(
      answered({
        findings: 1_000,
        isPart: true,
        by: [
          { kind: 'nativeRule', name: 'No logs of log buckets', findings: 612, example: 'a' },
          { kind: 'unknown', name: '', findings: 341, example: 'b' },
          {
            kind: 'person',
            name: 'arn:aws:sts::111122223333:assumed-role/Analyst/ana',
            findings: 47,
            example: 'c',
          },
        ],
      }),
    ),
    ...checkBus(
      answered([
        {
          name: 'page-on-critical',
          isEnabled: true,
          types: ['Security Hub Findings - Imported'],
          pattern: { source: ['aws.securityhub'] },
          managedBy: null,
          targets: answered(['arn:aws:sns:eu-west-1:111122223333:pager']),
        },
      ]),
      { ownQueueArn: null, prefix: 'triage' },
    ),
  ],
};

const POLICY = doctorPolicy({
  partition: 'aws',
  accountId: '111122223333',
  region: 'eu-west-1',
  stack: 'SecurityHubTriage',
});

describe('the page about the first day', () => {
  it('shows what doctor says, and the policy that it needs', () => {
    expectDocument(DOCUMENT, (text) => {
      const shown = between(text, 'doctor', `\`\`\`text\n${DOCTOR_REPORTERS.pretty(EXAMINATION)}\n\`\`\``);
      return between(shown, 'policy', `\`\`\`json\n${JSON.stringify(POLICY, null, 2)}\n\`\`\``);
    });
  });

  it('leads to files that exist', () => {
    expectDocument(DOCUMENT, (text) => {
      const targets = [...text.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target);

      expect(targets.length).toBeGreaterThan(3);
      for (const target of targets)
        expect
          .soft(existsSync(fileURLToPath(new URL(`../../docs/${target}`, import.meta.url))), target)
          .toBe(true);
      return text;
    });
  });
});
