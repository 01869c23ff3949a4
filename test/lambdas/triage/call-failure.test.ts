import { describe, expect, it } from 'vitest';
import { classifyFailure, statusOf } from '../../../lambdas/triage/call-failure.ts';

function failure(name: string, status?: number): Error {
  const error = Object.assign(new Error('said the service'), { $metadata: { httpStatusCode: status } });
  error.name = name;
  return error;
}

describe('classifyFailure', () => {
  it.each([
    ['LimitExceededException', 429, 'throttled'],
    ['TooManyRequestsException', 429, 'throttled'],
    ['ThrottlingException', 400, 'throttled'],
    ['SomethingElse', 429, 'throttled'],
    ['AccessDeniedException', 403, 'denied'],
    ['InvalidAccessException', 401, 'denied'],
    ['ExpiredTokenException', 400, 'denied'],
    ['InvalidInputException', 400, 'refused'],
    ['ValidationException', 400, 'refused'],
    ['SerializationException', 400, 'refused'],
    ['InvalidParameterValue', 400, 'refused'],
    ['RequestEntityTooLarge', 413, 'refused'],
    ['UnknownError', 413, 'refused'],
    ['UnrecognizedClientException', 400, 'denied'],
    ['NotAuthorized', 400, 'denied'],
    ['IncompleteSignature', 400, 'denied'],
    ['MissingAuthenticationToken', 400, 'denied'],
    ['OptInRequired', 400, 'denied'],
    ['OptInRequired', 403, 'denied'],
    ['ResourceNotFoundException', 404, 'denied'],
    ['UnknownOperationException', 404, 'denied'],
    ['UnknownError', 400, 'denied'],
    ['MethodNotAllowed', 405, 'denied'],
    ['QueueDoesNotExist', 400, 'denied'],
    ['ResourceConflictException', 409, 'unavailable'],
    ['RequestTimeTooSkewed', 403, 'unavailable'],
    ['InvalidSignatureException', 403, 'unavailable'],
    ['InternalException', 500, 'unavailable'],
    ['ServiceUnavailable', 503, 'unavailable'],
    ['RequestTimeout', 408, 'unavailable'],
    ['TimeoutError', undefined, 'unavailable'],
    ['AbortError', undefined, 'unavailable'],
    ['SyntaxError', 200, 'unavailable'],
    ['ValidationException', 500, 'unavailable'],
    ['ValidationException', undefined, 'unavailable'],
    ['ValidationException', 401, 'denied'],
    ['ValidationException', 403, 'denied'],
    ['AccessDeniedException', undefined, 'denied'],
    ['NoAccessDenied', undefined, 'unavailable'],
    ['NoInvalidInput', 400, 'denied'],
    ['UnknownError', 499, 'denied'],
  ])('takes %s with status %s for %s', (name, status, kind) => {
    expect(classifyFailure(failure(name, status))).toEqual({
      kind,
      cause: { code: name, message: 'said the service' },
    });
  });

  it('takes what is no error at all for an outage', () => {
    expect(classifyFailure('gone')).toEqual({
      kind: 'unavailable',
      cause: { code: 'UnknownError', message: 'gone' },
    });
  });
});

describe('statusOf', () => {
  it.each([
    [failure('any', 503), 503],
    [failure('any', undefined), undefined],
    [new Error('no reply'), undefined],
    [{ $metadata: undefined }, undefined],
    ['gone', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('of %j is %j', (error, status) => {
    expect(statusOf(error)).toBe(status);
  });
});
