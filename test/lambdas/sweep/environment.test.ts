import { describe, expect, it } from 'vitest';
import { readSweepEnvironment } from '../../../lambdas/sweep/environment.ts';

const VARIABLES = {
  TRIAGE_MODE: 'enforce',
  INGEST_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/ingest',
  ACCOUNT_ID: '111122223333',
  AWS_REGION: 'eu-west-1',
  SUPPRESSIONS_PER_HOUR: '250',
};

describe('the environment of the sweep', () => {
  it('says what is swept, where to, and how fast', () => {
    expect(readSweepEnvironment(VARIABLES)).toEqual({
      mode: 'enforce',
      ingestQueueUrl: VARIABLES.INGEST_QUEUE_URL,
      accountId: '111122223333',
      region: 'eu-west-1',
      suppressionsPerHour: 250,
    });
  });

  it.each(Object.keys(VARIABLES))('is refused without %s, by name', (name) => {
    expect(() => readSweepEnvironment({ ...VARIABLES, [name]: undefined })).toThrow(
      `Environment variable ${name} is not set`,
    );
  });
});
