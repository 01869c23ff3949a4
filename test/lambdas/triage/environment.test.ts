import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../lambdas/triage/environment.ts';

const COMPLETE = {
  TRIAGE_MODE: 'enforce',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead',
  INGEST_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/ingest',
};

describe('readEnvironment', () => {
  it('takes three calls a second and a burst of ten where nothing else is said', () => {
    expect(readEnvironment(COMPLETE)).toEqual({
      mode: 'enforce',
      deadLetterQueueUrl: COMPLETE.DEAD_LETTER_QUEUE_URL,
      ingestQueueUrl: COMPLETE.INGEST_QUEUE_URL,
      callsPerSecond: 3,
      callBurst: 10,
    });
  });

  it('takes the rate that the stack sets', () => {
    const environment = readEnvironment({ ...COMPLETE, CALLS_PER_SECOND: '0.5', CALL_BURST: '1' });

    expect(environment).toMatchObject({ callsPerSecond: 0.5, callBurst: 1 });
  });

  it.each([
    ['TRIAGE_MODE', undefined, 'is not set'],
    ['TRIAGE_MODE', 'Enforce', 'is "Enforce"'],
    ['DEAD_LETTER_QUEUE_URL', undefined, 'is not set'],
    ['INGEST_QUEUE_URL', 'ingest', 'is "ingest"'],
    ['CALLS_PER_SECOND', '0', 'is "0"'],
    ['CALLS_PER_SECOND', 'fast', 'is "fast"'],
    ['CALL_BURST', '0.5', 'is "0.5"'],
  ])('names %s when it is %j, and who sets it', (name, value, fault) => {
    const start = () => readEnvironment({ ...COMPLETE, [name]: value });

    expect(start).toThrow(`Environment variable ${name} ${fault}`);
    expect(start).toThrow('The stack sets it');
  });
});
