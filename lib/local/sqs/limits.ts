/** Quotas of a standard queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const SQS_LIMITS = {
  messageBytes: 1_048_576,
  batchBytes: 1_048_576,
  batchEntries: 10,
  messagesPerReceive: 10,
  attributesPerMessage: 10,
  attributeNameCharacters: 256,
  inFlightMessages: 120_000,
  longPollSeconds: 20,
  visibilitySeconds: 43_200,
  delaySeconds: 900,
  secondsBetweenPurges: 60,
  movedMessagesPerSecond: 500,
  activeMoveTasks: 100,
} as const;
