import { beforeAll, describe, expect, it } from 'vitest';
import { type AccessRequest, evaluatePolicies } from '../../../lib/local/iam/evaluate.ts';
import { statementsOf } from '../../../lib/local/iam/policy-document.ts';
import { writeRules } from '../fixture-rules.ts';
import { ACCOUNT, only, REGION, type Synthesized, synthesize } from '../synthesized.ts';

const CENTRAL_KEY = 'arn:aws:kms:eu-west-1:444455556666:key/0f0f0f0f-1111-2222-3333-444455556666';
const FROM_SQS = { 'kms:ViaService': `sqs.${REGION}.amazonaws.com` };

describe('a key that the stack makes', () => {
  let stack: Synthesized;

  beforeAll(() => {
    stack = synthesize({ rulesDir: writeRules(), encryptionKey: 'create' });
  });

  it('encrypts all three queues, turns every year, and outlives the stack with the dead letters', () => {
    const keys = Object.values(stack.template.findResources('AWS::KMS::Key'));
    const used = stack.resources.queues.map(({ attributes }) => attributes.KmsMasterKeyId);

    expect(only(keys)).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
    expect(new Set(used).size).toBe(1);
    expect(used[0]).toMatch(/^arn:aws:kms:eu-west-1:111122223333:key\//);
  });

  it.each([
    ['EventBridge for this account', { 'aws:SourceAccount': ACCOUNT }, 'allowed'],
    ['EventBridge for another account', { 'aws:SourceAccount': '999999999999' }, 'denied'],
    ['EventBridge for nobody in particular', {}, 'denied'],
  ] as const)('is there for %s: %s is %s', (_who, conditionKeys, expected) => {
    const principal = { service: 'events.amazonaws.com' };

    for (const action of ['kms:GenerateDataKey', 'kms:Decrypt'])
      expect(keyVerdict({ action, principal, conditionKeys })).toBe(expected);
  });

  it.each([
    ['a log of this account', `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:any`, 'allowed'],
    ['a log of another account', `arn:aws:logs:${REGION}:999999999999:log-group:any`, 'denied'],
  ] as const)('is there for %s: %s is %s', (_whose, logArn, expected) => {
    const verdict = keyVerdict({
      action: 'kms:GenerateDataKey',
      principal: { service: `logs.${REGION}.amazonaws.com` },
      conditionKeys: { 'kms:EncryptionContext:aws:logs:arn': logArn },
    });

    expect(verdict).toBe(expected);
  });

  it('encrypts the logs', () => {
    const logs = Object.values(stack.template.findResources('AWS::Logs::LogGroup'));
    const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${stack.ingest.attributes.KmsMasterKeyId?.split('/')[1]}`;

    expect(logs.map(({ Properties }) => stack.resolve(Properties.KmsKeyId))).toEqual([key, key]);
  });

  it('is there for no other service', () => {
    const principal = { service: 's3.amazonaws.com' };

    const verdict = keyVerdict({
      action: 'kms:Decrypt',
      principal,
      conditionKeys: { 'aws:SourceAccount': ACCOUNT },
    });

    expect(verdict).toBe('denied');
  });

  it('serves the function and the redrive role through SQS alone', () => {
    const keyArn = stack.ingest.attributes.KmsMasterKeyId ?? '';

    const roles = usersOf(stack);
    expect(roles).toHaveLength(2);
    for (const { arn, statements } of roles) {
      const may = (action: string, conditionKeys: AccessRequest['conditionKeys'], resourceArn = keyArn) =>
        evaluatePolicies(statements, { action, resourceArn, principal: { arn }, conditionKeys });
      expect(may('kms:Decrypt', FROM_SQS)).toBe('allowed');
      expect(may('kms:GenerateDataKey', FROM_SQS)).toBe('allowed');
      expect(may('kms:Decrypt', {})).toBe('denied');
      expect(may('kms:Decrypt', FROM_SQS, CENTRAL_KEY)).toBe('denied');
      expect(may('kms:ScheduleKeyDeletion', FROM_SQS)).toBe('denied');
    }
  });

  function keyVerdict(request: Omit<AccessRequest, 'resourceArn'>): 'allowed' | 'denied' {
    const { KeyPolicy } = only(Object.values(stack.template.findResources('AWS::KMS::Key'))).Properties;
    return evaluatePolicies(statementsOf(stack.resolve(KeyPolicy)), {
      ...request,
      resourceArn: stack.ingest.attributes.KmsMasterKeyId ?? '',
    });
  }
});

describe('a key that is given', () => {
  it('encrypts the queues, and the roles may use it', () => {
    const stack = synthesize({ rulesDir: writeRules(), encryptionKey: CENTRAL_KEY });
    const may = usersOf(stack).map(({ arn, statements }) =>
      evaluatePolicies(statements, {
        action: 'kms:Decrypt',
        resourceArn: CENTRAL_KEY,
        principal: { arn },
        conditionKeys: FROM_SQS,
      }),
    );

    for (const { attributes } of stack.resources.queues) expect(attributes.KmsMasterKeyId).toBe(CENTRAL_KEY);
    expect(may).toEqual(['allowed', 'allowed']);
    expect(stack.template.findResources('AWS::KMS::Key')).toEqual({});
  });

  it.each(['alias/aws/sqs', 'yes', 'arn:aws:kms:eu-west-1:111122223333:alias/mine'])(
    'is refused as %s',
    (encryptionKey) => {
      expect(() => synthesize({ rulesDir: writeRules(), encryptionKey })).toThrow(
        /encryptionKey is ".*"; allowed: "create" or the ARN of a KMS key\./,
      );
    },
  );
});

/** The roles that put messages into the queues or take them out. */
function usersOf({ resources }: Synthesized) {
  return resources.roles.filter(({ logicalId }) => /FunctionRole|RedriveRole/.test(logicalId));
}
