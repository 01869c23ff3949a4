/** A call that SQS refuses, by the code that its older query protocol and batch results use. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly message: string;
}

interface WireError {
  /** The error's shape in the JSON protocol, what the SDKs call it. */
  readonly shape: string;
  /** The code in the `x-amzn-query-error` header, what the AWS CLI shows. */
  readonly queryCode: string;
  readonly status: number;
}

// Codes that the API reference lists have their shape in the service's own namespace, the rest in that of the front end.
const own = (shape: string, queryCode: string, status = 400): WireError => ({
  shape: `com.amazonaws.sqs#${shape}`,
  queryCode,
  status,
});
const legacy = (code: string, status = 400): WireError => own(code, `AWS.SimpleQueueService.${code}`, status);
const frontEnd = (shape: string, queryCode: string, status = 400): WireError => ({
  shape: `com.amazon.coral.service#${shape}`,
  queryCode,
  status,
});

const WIRE_ERRORS = {
  NonExistentQueue: own('QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'),
  QueueAlreadyExists: own('QueueNameExists', 'QueueAlreadyExists'),
  PurgeQueueInProgress: legacy('PurgeQueueInProgress', 403),
  EmptyBatchRequest: legacy('EmptyBatchRequest'),
  TooManyEntriesInBatchRequest: legacy('TooManyEntriesInBatchRequest'),
  BatchEntryIdsNotDistinct: legacy('BatchEntryIdsNotDistinct'),
  BatchRequestTooLong: legacy('BatchRequestTooLong'),
  InvalidBatchEntryId: legacy('InvalidBatchEntryId'),
  MessageNotInflight: legacy('MessageNotInflight'),
  UnsupportedOperation: legacy('UnsupportedOperation'),
  ReceiptHandleIsInvalid: own('ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid', 404),
  InvalidAttributeName: own('InvalidAttributeName', 'InvalidAttributeName'),
  InvalidAttributeValue: own('InvalidAttributeValue', 'InvalidAttributeValue'),
  InvalidMessageContents: own('InvalidMessageContents', 'InvalidMessageContents'),
  OverLimit: own('OverLimit', 'OverLimit', 403),
  ResourceNotFoundException: own('ResourceNotFoundException', 'ResourceNotFoundException', 404),
  InvalidParameterValue: frontEnd('InvalidParameterValueException', 'InvalidParameterValue'),
  MissingParameter: frontEnd('MissingRequiredParameterException', 'MissingParameter'),
  AccessDenied: frontEnd('AccessDeniedException', 'AccessDenied', 403),
  InvalidClientTokenId: frontEnd('UnrecognizedClientException', 'InvalidClientTokenId', 403),
  MissingAuthenticationToken: frontEnd(
    'MissingAuthenticationTokenException',
    'MissingAuthenticationToken',
    403,
  ),
  InvalidAction: frontEnd('UnknownOperationException', 'InvalidAction'),
  MalformedInput: frontEnd('SerializationException', 'MalformedInput'),
  InternalError: frontEnd('InternalFailure', 'InternalError', 500),
} as const satisfies Record<string, WireError>;

export type RefusalCode = keyof typeof WIRE_ERRORS;

/** How a refusal travels: status, shape and query code. */
export function wireErrorOf(code: RefusalCode): WireError {
  return WIRE_ERRORS[code];
}

/** Everything but a fault of the service itself is the sender's. */
export function isSenderFault(code: RefusalCode): boolean {
  return WIRE_ERRORS[code].status < 500;
}

export function refuse(refused: RefusalCode, message: string): Refusal {
  return { refused, message };
}

export function isRefusal(value: unknown): value is Refusal {
  // A map of user-chosen names may have a member `refused`, but never one that is a text.
  return (
    typeof value === 'object' && value !== null && 'refused' in value && typeof value.refused === 'string'
  );
}
