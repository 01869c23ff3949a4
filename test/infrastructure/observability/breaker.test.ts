import { beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../lambdas/triage/environment.ts';
import type { LocalRole } from '../../../lib/local/assembly/local-resources.ts';
import { evaluatePolicies } from '../../../lib/local/iam/evaluate.ts';
import { writeRules } from '../fixture-rules.ts';
import {
  ACCOUNT,
  breakerMachine,
  only,
  REGION,
  type Synthesized,
  synthesize,
  triageFunction,
} from '../synthesized.ts';

let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ rulesDir: writeRules(), suppressionsPerHour: 101 });
});

describe('the breaker', () => {
  it('disables this event source in one step, and tries again where that fails', () => {
    const [task, ...others] = breakerMachine(stack.resources).tasks;

    expect(others).toEqual([]);
    expect(task).toMatchObject({
      action: 'lambda:updateEventSourceMapping',
      parameters: { Uuid: only(stack.resources.eventSourceMappings).uuid, Enabled: false },
      retries: [{ errors: ['States.ALL'], maxAttempts: 6 }],
    });
  });

  it('may change this event source and do nothing else', () => {
    const { statements } = machineRole();
    const { arn } = only(stack.resources.eventSourceMappings);
    const may = (action: string, resourceArn: string) =>
      evaluatePolicies(statements, { action, resourceArn, conditionKeys: {} });

    expect(statements).toEqual([
      { Sid: 'Pause', Effect: 'Allow', Action: 'lambda:UpdateEventSourceMapping', Resource: arn },
    ]);
    expect(may('lambda:UpdateEventSourceMapping', arn)).toBe('allowed');
    expect(
      may(
        'lambda:UpdateEventSourceMapping',
        arn.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
    ).toBe('denied');
    expect(may('lambda:DeleteEventSourceMapping', arn)).toBe('denied');
  });

  it('has roles that each serve the one resource of this account that they are for', () => {
    const machine = breakerMachine(stack.resources);
    const rule = only(stack.resources.eventRules.filter(({ logicalId }) => /BreakerTrips/.test(logicalId)));
    const starting = only(stack.resources.roles.filter(({ arn }) => arn === only(rule.targets).roleArn));
    const may = ({ trust, arn }: LocalRole, service: string, source: string, account = ACCOUNT) =>
      evaluatePolicies(trust, {
        action: 'sts:AssumeRole',
        resourceArn: arn,
        principal: { service },
        conditionKeys: { 'aws:SourceAccount': account, 'aws:SourceArn': source },
      });

    for (const [role, service, source] of [
      [machineRole(), 'states.amazonaws.com', machine.arn],
      [starting, 'events.amazonaws.com', rule.arn],
    ] as const) {
      expect(may(role, service, source)).toBe('allowed');
      expect(may(role, service, `${source}2`)).toBe('denied');
      expect(may(role, service, source, '444455556666')).toBe('denied');
      expect(may(role, 'lambda.amazonaws.com', source)).toBe('denied');
    }
  });

  it('is started by EventBridge when one of its two alarms goes off, and by nothing else', () => {
    const { arn } = breakerMachine(stack.resources);
    const rule = only(
      stack.resources.eventRules.filter(({ targets }) => targets.some((target) => target.arn === arn)),
    );
    const pausing = stack.resources.alarms.filter(({ name }) =>
      / (?:Breaker|Suppression budget)$/.test(name),
    );
    const role = stack.resources.roles.find((candidate) => candidate.arn === only(rule.targets).roleArn);

    expect(rule.pattern).toEqual({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      resources: pausing.map((alarm) => alarm.arn),
      detail: { state: { value: ['ALARM'] } },
    });
    expect(pausing).toHaveLength(2);
    expect(role?.statements).toEqual([
      { Sid: 'Trip', Effect: 'Allow', Action: 'states:StartExecution', Resource: arn },
    ]);
  });

  it('gives each of the concurrent environments an equal share, and never more in all than the budget', () => {
    const { suppressionsPerHour } = readEnvironment(triageFunction(stack.resources).environment);
    const budget = stack.resources.alarms.find(({ name }) => name.endsWith(' Suppression budget'));

    expect(suppressionsPerHour).toBe(50);
    expect(budget).toMatchObject({ threshold: 101, comparison: 'GreaterThanThreshold' });
  });

  it('is not there where no budget is wanted', () => {
    const none = synthesize({ rulesDir: writeRules(), suppressionsPerHour: 'none' });

    expect(none.resources.stateMachines.map(({ logicalId }) => logicalId)).toEqual([
      expect.stringContaining('Sweep'),
    ]);
    expect(none.resources.alarms.filter(({ name }) => /Breaker|budget/.test(name))).toEqual([]);
    expect(readEnvironment(triageFunction(none.resources).environment).suppressionsPerHour).toBeNull();
  });
});

function machineRole() {
  const { roleArn } = breakerMachine(stack.resources);
  expect(roleArn).toContain(`arn:aws:iam::${ACCOUNT}:role/`);
  expect(only(stack.resources.eventSourceMappings).arn).toContain(`:lambda:${REGION}:${ACCOUNT}:`);
  return only(stack.resources.roles.filter(({ arn }) => arn === roleArn));
}
