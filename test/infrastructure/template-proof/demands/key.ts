import { expect } from 'vitest';
import { evaluatePolicies } from '../../../../lib/local/iam/evaluate.ts';
import { statementsOf } from '../../../../lib/local/iam/policy-document.ts';
import { ACCOUNT, only, REGION, type Synthesized } from '../../synthesized.ts';
import { byPolicies, functionRole, redriveRole } from '../access.ts';
import type { Demand } from '../demand.ts';

const keyOf = ({ template }: Synthesized) => only(Object.values(template.findResources('AWS::KMS::Key')));
const keyArn = (stack: Synthesized) => stack.ingest.attributes.KmsMasterKeyId ?? '';
const FROM_SQS = { 'kms:ViaService': `sqs.${REGION}.amazonaws.com` };

const verdict = (
  stack: Synthesized,
  action: string,
  principal: { readonly service: string } | { readonly arn: string },
  conditionKeys: Readonly<Record<string, string>> = {},
) =>
  evaluatePolicies(statementsOf(stack.resolve(keyOf(stack).Properties.KeyPolicy)), {
    ...{ action, principal, conditionKeys },
    resourceArn: keyArn(stack),
  });

/** Of a stack that makes a key of its own. */
export const KEY_DEMANDS: readonly Demand[] = [
  {
    sentence: 'the key encrypts the queues and the log, turns every year, and stays with what it encrypts',
    check: (stack) => {
      const { Properties, DeletionPolicy } = keyOf(stack);
      expect(Properties.EnableKeyRotation).toBe(true);
      expect(DeletionPolicy).toBe('Retain');
      for (const queue of [stack.ingest, stack.deadLetter, stack.undelivered])
        expect(queue.attributes.KmsMasterKeyId).toMatch(/^arn:aws:kms:.*:key\//);
      for (const { Properties: log } of Object.values(stack.template.findResources('AWS::Logs::LogGroup')))
        expect(stack.resolve(log.KmsKeyId)).toBe(keyArn(stack));
    },
  },
  {
    sentence: 'the key serves EventBridge and the log of this account, and the account itself; nobody else',
    check: (stack) => {
      const events = { service: 'events.amazonaws.com' };
      for (const action of ['kms:GenerateDataKey', 'kms:Decrypt']) {
        expect(verdict(stack, action, events, { 'aws:SourceAccount': ACCOUNT })).toBe('allowed');
        expect(verdict(stack, action, events, { 'aws:SourceAccount': '999999999999' })).toBe('denied');
        expect(verdict(stack, action, { service: 's3.amazonaws.com' })).toBe('denied');
      }
      expect(verdict(stack, 'kms:DescribeKey', events, { 'aws:SourceAccount': ACCOUNT })).toBe('denied');
      const logs = { service: `logs.${REGION}.amazonaws.com` };
      const of = (account: string) => ({
        'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${REGION}:${account}:log-group:any`,
      });
      for (const action of ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey']) {
        expect(verdict(stack, action, logs, of(ACCOUNT))).toBe('allowed');
        expect(verdict(stack, action, logs, of('999999999999'))).toBe('denied');
      }
      expect(verdict(stack, 'kms:ScheduleKeyDeletion', logs, of(ACCOUNT))).toBe('denied');
      const [own, stranger] = [ACCOUNT, '999999999999'].map((id) => ({ arn: `arn:aws:iam::${id}:role/x` }));
      expect(verdict(stack, 'kms:PutKeyPolicy', own ?? { arn: '' })).toBe('allowed');
      expect(verdict(stack, 'kms:Decrypt', stranger ?? { arn: '' })).toBe('denied');
    },
  },
  {
    sentence: 'function and redrive role use the key through SQS alone',
    check: (stack) => {
      for (const role of [functionRole(stack), redriveRole(stack)]) {
        for (const action of ['kms:Decrypt', 'kms:GenerateDataKey'])
          expect(byPolicies(role, action, keyArn(stack), FROM_SQS)).toBe('allowed');
        expect(byPolicies(role, 'kms:Decrypt', keyArn(stack))).toBe('denied');
        expect(byPolicies(role, 'kms:Decrypt', `${keyArn(stack)}0`, FROM_SQS)).toBe('denied');
        expect(byPolicies(role, 'kms:Encrypt', keyArn(stack), FROM_SQS)).toBe('denied');
      }
    },
  },
];
