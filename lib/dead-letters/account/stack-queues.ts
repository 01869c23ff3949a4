/** Outputs of a deployed stack that say where letters lie and how they come back, by the ends of their names. */
export const STACK_QUEUES = {
  deadLetter: 'DeadLetterQueueUrl',
  undelivered: 'UndeliveredQueueUrl',
  ingest: 'IngestQueueUrl',
  redriveRole: 'RedriveRoleArn',
} as const;

/** Queues by their URLs, and the role by its ARN. */
export type StackQueues = Readonly<Record<keyof typeof STACK_QUEUES, string>>;
