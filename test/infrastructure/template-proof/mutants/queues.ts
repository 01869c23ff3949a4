import { dropped, lacking, type Mutant, setting, statement, type Target } from '../mutant.ts';

const queue = (name: string): Target => ['AWS::SQS::Queue', new RegExp(`${name}Queue`)];
const policy = (name: string): Target => ['AWS::SQS::QueuePolicy', new RegExp(`${name}QueuePolicy`)];
const NAMES = ['Ingest', 'DeadLetter', 'Undelivered'] as const;
const LASTING = ['DeadLetter', 'Undelivered'] as const;

export const QUEUE_MUTANTS: readonly Mutant[] = [
  ...NAMES.flatMap((name) => [
    setting(`${name}: not encrypted`, queue(name), 'Properties/SqsManagedSseEnabled', false),
    statement(`${name}: plain HTTP is let in`, policy(name), 'SecureTransport', dropped),
    statement(`${name}: TLS is asked for by nobody's requests`, policy(name), 'SecureTransport', (one) => {
      one.Condition = { Bool: { 'aws:SecureTransport': 'true' } };
    }),
    statement(`${name}: TLS is asked of sending alone`, policy(name), 'SecureTransport', (one) => {
      one.Action = 'sqs:SendMessage';
    }),
    statement(`${name}: anybody with rights of their own may send`, policy(name), 'Only', dropped),
    statement(`${name}: one account's people alone are kept from sending`, policy(name), 'Only', (one) => {
      one.Principal = { AWS: 'arn:aws:iam::111122223333:role/somebody' };
    }),
    statement(`${name}: the denial allows`, policy(name), 'Only', (one) => {
      one.Effect = 'Allow';
    }),
    statement(`${name}: the denial is of another action`, policy(name), 'Only', (one) => {
      one.Action = 'sqs:ReceiveMessage';
    }),
  ]),
  ...LASTING.flatMap((name) => [
    setting(`${name}: kept four days`, queue(name), 'Properties/MessageRetentionPeriod', 345_600),
    setting(`${name}: goes with the stack`, queue(name), 'DeletionPolicy', 'Delete'),
    setting(`${name}: goes when replaced`, queue(name), 'UpdateReplacePolicy', 'Delete'),
    lacking(`${name}: any queue may end in it`, queue(name), 'Properties/RedriveAllowPolicy'),
    setting(`${name}: all queues may end in it`, queue(name), 'Properties/RedriveAllowPolicy', {
      redrivePermission: 'allowAll',
    }),
  ]),
  statement('Ingest: any event rule may send', policy('Ingest'), 'OnlyOurSenders', (one) => {
    one.Condition = { Null: { 'aws:SourceArn': 'true', 'aws:PrincipalArn': 'true' } };
  }),
  statement('Ingest: EventBridge sends for any rule', policy('Ingest'), 'sqs:GetQueueUrl', (one) => {
    delete one.Condition;
  }),
  statement('Ingest: EventBridge may not send', policy('Ingest'), 'sqs:GetQueueUrl', dropped),
  statement(
    'DeadLetter: SQS may not move messages',
    policy('DeadLetter'),
    'OnlyFunctionAndRedrive',
    (one) => {
      one.Condition = { ArnNotEquals: (one.Condition as Record<string, unknown>).ArnNotEquals };
    },
  ),
  setting('Ingest: messages are hidden for a minute', queue('Ingest'), 'Properties/VisibilityTimeout', 60),
  setting(
    'Ingest: messages are hidden for half a day',
    queue('Ingest'),
    'Properties/VisibilityTimeout',
    43_200,
  ),
  setting('Ingest: events wait an hour', queue('Ingest'), 'Properties/MessageRetentionPeriod', 3_600),
  lacking('Ingest: no dead-letter queue', queue('Ingest'), 'Properties/RedrivePolicy'),
  setting('Ingest: given up at once', queue('Ingest'), 'Properties/RedrivePolicy/maxReceiveCount', 1),
  setting('Ingest: never given up', queue('Ingest'), 'Properties/RedrivePolicy/maxReceiveCount', 1000),
];
