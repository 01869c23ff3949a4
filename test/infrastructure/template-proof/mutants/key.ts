import { dropped, lacking, type Mutant, setting, statement, type Target } from '../mutant.ts';

const KEY: Target = ['AWS::KMS::Key', /./];
const LOG: Target = ['AWS::Logs::LogGroup', /TriageLog/];
const QUEUE: Target = ['AWS::SQS::Queue', /DeadLetterQueue/];
const FUNCTION_POLICY: Target = ['AWS::IAM::ManagedPolicy', /FunctionPolicy/];
const REDRIVE_POLICY: Target = ['AWS::IAM::ManagedPolicy', /RedrivePolicy/];

/** Of a stack that makes a key of its own. */
export const KEY_MUTANTS: readonly Mutant[] = [
  setting('the key never turns', KEY, 'Properties/EnableKeyRotation', false),
  setting('the key goes before what it encrypts', KEY, 'DeletionPolicy', 'Delete'),
  statement('EventBridge cannot use the key', KEY, 'EventBridgeSendsToQueues', dropped),
  statement('EventBridge uses the key for any account', KEY, 'EventBridgeSendsToQueues', (one) => {
    delete one.Condition;
  }),
  statement('EventBridge may do anything with the key', KEY, 'EventBridgeSendsToQueues', (one) => {
    one.Action = 'kms:*';
  }),
  statement('every service uses the key', KEY, 'EventBridgeSendsToQueues', (one) => {
    one.Principal = '*';
    delete one.Condition;
  }),
  statement('the log cannot be written under the key', KEY, 'LogIsEncrypted', dropped),
  statement('logs of any account are under the key', KEY, 'LogIsEncrypted', (one) => {
    delete one.Condition;
  }),
  statement('CloudWatch Logs may delete the key', KEY, 'LogIsEncrypted', (one) => {
    one.Action = 'kms:*';
  }),
  statement('nobody of the account may change the key', KEY, ':root', dropped),
  statement('strangers may use the key', KEY, ':root', (one) => {
    one.Principal = { AWS: '*' };
  }),
  lacking('the log is not under the key', LOG, 'Properties/KmsKeyId'),
  lacking('dead letters are not under the key', QUEUE, 'Properties/KmsMasterKeyId'),
  statement('the function uses the key for anything', FUNCTION_POLICY, 'UseEncryptionKey', (one) => {
    delete one.Condition;
  }),
  statement('the function uses every key', FUNCTION_POLICY, 'UseEncryptionKey', (one) => {
    one.Resource = '*';
  }),
  statement('the function cannot read what is encrypted', FUNCTION_POLICY, 'UseEncryptionKey', dropped),
  statement('the redrive role uses the key for anything', REDRIVE_POLICY, 'UseEncryptionKey', (one) => {
    delete one.Condition;
  }),
];
