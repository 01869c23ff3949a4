import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../lambdas/triage/environment.ts';

const COMPLETE = {
  TRIAGE_MODE: 'enforce',
  SUPPRESSIONS_PER_HOUR: 'none',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead',
  INGEST_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/ingest',
};

describe('readEnvironment', () => {
  it('takes three calls a second, a burst of ten and a read a second where nothing else is said', () => {
    expect(readEnvironment(COMPLETE)).toEqual({
      mode: 'enforce',
      deadLetterQueueUrl: COMPLETE.DEAD_LETTER_QUEUE_URL,
      ingestQueueUrl: COMPLETE.INGEST_QUEUE_URL,
      callsPerSecond: 3,
      callBurst: 10,
      readsPerSecond: 1,
      suppressionsPerHour: null,
      decisionBusArn: null,
    });
  });

  it('takes the rate that the stack sets', () => {
    const environment = readEnvironment({
      ...COMPLETE,
      CALLS_PER_SECOND: '0.5',
      CALL_BURST: '1',
      READS_PER_SECOND: '0.2',
    });

    expect(environment).toMatchObject({ callsPerSecond: 0.5, callBurst: 1, readsPerSecond: 0.2 });
  });

  it('takes the budget of suppressions that the stack sets', () => {
    const environment = readEnvironment({ ...COMPLETE, SUPPRESSIONS_PER_HOUR: '500' });

    expect(environment.suppressionsPerHour).toBe(500);
  });

  it.each([
    [
      'arn:aws:events:eu-west-1:111122223333:event-bus/x',
      'arn:aws:events:eu-west-1:111122223333:event-bus/x',
    ],
    ['', null],
  ])('tells decisions on the bus that the stack sets: "%s"', (DECISION_BUS_ARN, expected) => {
    expect(readEnvironment({ ...COMPLETE, DECISION_BUS_ARN }).decisionBusArn).toBe(expected);
  });

  it.each([
    ['TRIAGE_MODE', undefined, 'is not set'],
    ['TRIAGE_MODE', 'Enforce', 'is "Enforce"'],
    ['DEAD_LETTER_QUEUE_URL', undefined, 'is not set'],
    ['INGEST_QUEUE_URL', 'ingest', 'is "ingest"'],
    ['CALLS_PER_SECOND', '0', 'is "0"'],
    ['CALLS_PER_SECOND', 'fast', 'is "fast"'],
    ['CALL_BURST', '0.5', 'is "0.5"'],
    ['READS_PER_SECOND', '0', 'is "0"'],
    ['SUPPRESSIONS_PER_HOUR', undefined, 'is not set'],
    ['SUPPRESSIONS_PER_HOUR', '', 'is ""'],
    ['SUPPRESSIONS_PER_HOUR', '0', 'is "0"'],
    ['SUPPRESSIONS_PER_HOUR', '1.5', 'is "1.5"'],
  ])('names %s when it is %j, and who sets it', (name, value, fault) => {
    const start = () => readEnvironment({ ...COMPLETE, [name]: value });

    expect(start).toThrow(`Environment variable ${name} ${fault}`);
    expect(start).toThrow('The stack sets it');
  });
});
