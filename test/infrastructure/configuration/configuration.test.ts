import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../../lib/infrastructure/configuration/configuration.ts';
import { CONFIGURATION_KEYS } from '../../../lib/infrastructure/configuration/configuration-keys.ts';
import {
  completeConfiguration,
  readConfiguration,
} from '../../../lib/infrastructure/configuration/read-configuration.ts';

describe('reading the context', () => {
  it('takes the defaults where nothing is set, and observes', () => {
    const configuration = read({});

    expect(configuration).toEqual(DEFAULT_CONFIGURATION);
    expect(configuration.mode).toBe('observe');
  });

  it('reads text from the command line and JSON types from cdk.json alike', () => {
    const fromText = read({ 'triage:batchSize': '500', 'triage:tracing': 'true', 'triage:mode': 'enforce' });
    const fromJson = read({ 'triage:batchSize': 500, 'triage:tracing': true, 'triage:mode': 'enforce' });

    expect(fromText).toEqual(fromJson);
    expect(fromText).toMatchObject({ batchSize: 500, tracing: true, mode: 'enforce' });
  });

  it('reads several ARNs from text with commas and from a list', () => {
    const redrivePrincipals = [
      'arn:aws:iam::111122223333:role/on-call',
      'arn:aws:iam::111122223333:user/ann',
    ];

    expect(read({ 'triage:redrivePrincipals': redrivePrincipals.join(', ') })).toMatchObject({
      redrivePrincipals,
    });
    expect(read({ 'triage:redrivePrincipals': redrivePrincipals })).toMatchObject({ redrivePrincipals });
  });

  it('leaves the context of others alone', () => {
    const configuration = read({ 'other:mode': 'x', '@aws-cdk/core:something': true });

    expect(configuration).toEqual(DEFAULT_CONFIGURATION);
  });

  it('refuses a mistyped key and suggests the nearest', () => {
    const reading = () => read({ 'triage:mdoe': 'enforce' });

    expect(reading).toThrow('triage:mdoe is no setting. Did you mean triage:mode? Settings: mode, rulesDir,');
  });

  it.each(['__proto__', 'constructor', 'toString'])('refuses the key %s', (name) => {
    const reading = () => completeConfiguration(JSON.parse(`{"${name}": "x"}`));

    expect(reading).toThrow(`${name} is no setting.`);
  });

  it.each([
    ['mode', 'on', 'observe or enforce'],
    ['batchSize', '0', 'a whole number from 1 to 10000'],
    ['batchSize', '10001', 'a whole number from 1 to 10000'],
    ['batchSize', '1e3', 'a whole number from 1 to 10000'],
    ['batchingWindowSeconds', 301, 'a whole number from 0 to 300'],
    ['maxConcurrency', 1, 'a whole number from 2 to 1000'],
    ['suppressionsPerHour', 0, 'a whole number from 1 to 1000000, or none'],
    ['suppressionsPerHour', 'None', 'a whole number from 1 to 1000000, or none'],
    ['callsPerSecond', 2.5, 'a whole number from 1 to 10'],
    ['logRetentionDays', 2, 'one of 1, 3, 5, 7, 14, 30,'],
    ['alarmTopicArn', 'oncall', 'the ARN of an SNS topic'],
    ['encryptionKey', 'alias/events', '"create" or the ARN of a KMS key'],
    ['encryptionKey', 'arn:aws:kms:eu-west-1:111122223333:alias/events', '"create" or the ARN of a KMS key'],
    ['sweepSchedule', 'rate(1 hours)', 'off, or a schedule of EventBridge such as rate(1 day)'],
    ['sweepSchedule', 'rate(5 hour)', 'off, or a schedule of EventBridge such as rate(1 day)'],
    ['sweepSchedule', 'rate(0 days)', 'off, or a schedule of EventBridge such as rate(1 day)'],
    ['sweepSchedule', 'cron(0 3 * * ?)', 'off, or a schedule of EventBridge such as rate(1 day)'],
    ['silenceAlarmHours', 169, 'a whole number from 1 to 168, or none'],
    ['runbookUrl', 'README.md', 'an https address without anchor'],
    ['redrivePrincipals', 'on-call', 'ARNs of IAM roles or users, with commas between'],
    ['redrivePrincipals', [], 'ARNs of IAM roles or users, with commas between'],
    [
      'redrivePrincipals',
      'arn:aws:iam::111122223333:root',
      'ARNs of IAM roles or users, with commas between',
    ],
    ['tracing', 'yes', 'true or false'],
    ['removalPolicy', 'delete', 'retain or destroy'],
    ['rulesDir', '', 'the path of a folder'],
  ])('refuses %s = %j and says what is allowed', (name, value, allowed) => {
    const reading = () => read({ [`triage:${name}`]: value });

    expect(reading).toThrow(`triage:${name} is ${JSON.stringify(value)}; allowed: ${allowed}`);
  });

  it('reports all mistakes at once', () => {
    const reading = () => read({ 'triage:mode': 'on', 'triage:tracing': 'yes', 'triage:foo': 1 });

    expect(reading).toThrow(/triage:mode is "on".*\n.*triage:tracing is "yes".*\n.*triage:foo is no setting/);
  });
});

describe('settings that contradict each other', () => {
  it.each([
    [{ batchSize: 11, batchingWindowSeconds: 0 }, 'batchSize 11 needs batchingWindowSeconds of at least 1'],
    [{ callsPerSecond: 3, maxConcurrency: 4 }, 'callsPerSecond 3 × maxConcurrency 4 exceeds the quota of 10'],
    [{ callBurst: 16 }, "callBurst 16 × maxConcurrency 2 exceeds the quota's burst of 30"],
    [{ suppressionsPerHour: 1 }, 'suppressionsPerHour 1 is below maxConcurrency 2'],
    [
      { reservedConcurrency: 2, maxConcurrency: 3, callsPerSecond: 1 },
      'reservedConcurrency 2 is below maxConcurrency 3',
    ],
  ])('%j are refused', (settings, message) => {
    const completing = () => completeConfiguration(settings);

    expect(completing).toThrow(message);
  });

  it.each([
    { batchSize: 10, batchingWindowSeconds: 0 },
    { callsPerSecond: 5, maxConcurrency: 2 },
    { callBurst: 15 },
    { reservedConcurrency: 2 },
    { suppressionsPerHour: 2 },
    { suppressionsPerHour: 'none' },
    { sweepSchedule: 'rate(1 hour)' },
    { sweepSchedule: 'rate(10 days)' },
    { sweepSchedule: 'cron(0 3 * * ? *)' },
  ])('%j are accepted', (settings) => {
    const configuration = completeConfiguration(settings);

    expect(configuration).toMatchObject(settings);
  });
});

describe('the table of settings', () => {
  it('accepts every default', () => {
    for (const [name, value] of Object.entries(DEFAULT_CONFIGURATION)) {
      const key = CONFIGURATION_KEYS[name as keyof typeof CONFIGURATION_KEYS];

      expect(key.read(value)).toBe(value);
    }
  });
});

function read(context: Record<string, unknown>) {
  return readConfiguration(new App({ context }).node);
}
