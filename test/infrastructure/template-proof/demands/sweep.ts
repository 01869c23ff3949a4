import { expect } from 'vitest';
import { readSweepEnvironment } from '../../../../lambdas/sweep/environment.ts';
import type { LocalRole } from '../../../../lib/local/assembly/local-resources.ts';
import { ACCOUNT, only, type Synthesized, triageFunction } from '../../synthesized.ts';
import { byPolicies, byRole, HUB, onQueue } from '../access.ts';
import type { Demand } from '../demand.ts';

/** The sweep reads and sends, one at a time; what is written is for the triage function alone to decide. */
export const SWEEP_DEMANDS: readonly Demand[] = [
  {
    sentence: 'the sweep may read findings and write none, and Lambda alone becomes it',
    check: (stack) => {
      const role = roleAt(stack, sweepFunction(stack).roleArn);
      expect(role.trust.map(({ Principal }) => Principal)).toEqual([{ Service: 'lambda.amazonaws.com' }]);
      expect(byPolicies(role, 'securityhub:GetFindings', HUB)).toBe('allowed');
      for (const action of ['BatchUpdateFindings', 'BatchImportFindings', 'UpdateFindings'])
        expect(byPolicies(role, `securityhub:${action}`, HUB)).toBe('denied');
    },
  },
  {
    sentence: 'the sweep may put events into the ingest queue, take none, and reaches no other queue',
    check: (stack) => {
      const caller = byRole(roleAt(stack, sweepFunction(stack).roleArn));
      expect(onQueue(stack, 'SendMessage', stack.ingest, caller)).toBe('allowed');
      for (const action of ['ReceiveMessage', 'DeleteMessage', 'PurgeQueue'])
        expect(onQueue(stack, action, stack.ingest, caller)).toBe('denied');
      for (const queue of [stack.deadLetter, stack.undelivered])
        expect(onQueue(stack, 'SendMessage', queue, caller)).toBe('denied');
    },
  },
  {
    sentence:
      'the sweep knows the ingest queue, the mode, and a share of the budget that leaves some to events',
    check: (stack) => {
      const environment = readSweepEnvironment({
        ...sweepFunction(stack).environment,
        AWS_REGION: 'eu-west-1',
      });
      expect(environment.ingestQueueUrl).toBe(stack.ingest.url);
      expect(environment.mode).toBe('observe');
      const share = Number(triageFunction(stack.resources).environment.SUPPRESSIONS_PER_HOUR);
      expect(environment.suppressionsPerHour).toBeGreaterThanOrEqual(1);
      expect(environment.suppressionsPerHour).toBeLessThanOrEqual(share / 2);
    },
  },
  {
    sentence: 'its machine may run the sweep and see its own executions, and nothing else',
    check: (stack) => {
      const machine = sweepMachine(stack);
      const role = roleAt(stack, machine.roleArn);
      expect(byPolicies(role, 'lambda:InvokeFunction', sweepFunction(stack).arn)).toBe('allowed');
      expect(byPolicies(role, 'states:ListExecutions', machine.arn)).toBe('allowed');
      expect(byPolicies(role, 'lambda:InvokeFunction', triageFunction(stack.resources).arn)).toBe('denied');
      expect(byPolicies(role, 'states:StartExecution', machine.arn)).toBe('denied');
      expect(role.trust).toEqual([trusting('states.amazonaws.com', machine.arn)]);
    },
  },
  {
    sentence: 'its machine looks first whether another runs, and tries a stretch that failed again',
    check: (stack) => {
      const { tasks, definition, arn } = sweepMachine(stack);
      const [listing, stretch] = tasks;
      expect(definition.StartAt).toBe(listing?.name);
      expect(listing).toMatchObject({
        action: 'sfn:listExecutions',
        parameters: { StateMachineArn: arn, StatusFilter: 'RUNNING', MaxResults: 100 },
      });
      expect(stretch).toMatchObject({
        action: 'lambda:invoke',
        parameters: { FunctionName: sweepFunction(stack).arn },
        retries: [{ errors: ['States.ALL'] }],
      });
      expect(stretch?.retries[0]?.maxAttempts).toBeGreaterThanOrEqual(10);
    },
  },
  {
    sentence: 'its schedule starts this machine alone, once a day, and not while observing',
    check: (stack) => {
      const schedule = only(stack.resources.schedules);
      expect(schedule).toMatchObject({ enabled: false, expression: 'rate(1 day)' });
      const { arn, roleArn, input } = only(schedule.targets);
      expect(arn).toBe(sweepMachine(stack).arn);
      expect(input).toEqual({});
      const role = roleAt(stack, roleArn);
      expect(byPolicies(role, 'states:StartExecution', arn)).toBe('allowed');
      expect(byPolicies(role, 'states:StartExecution', `${arn}0`)).toBe('denied');
      expect(role.trust).toEqual([trusting('events.amazonaws.com', schedule.arn)]);
    },
  },
  {
    sentence:
      'the sweep runs as the triage function does, for no longer than Lambda gives, with a log that ends',
    check: (stack) => {
      const { runtime, environment, timeoutMs, logicalId } = sweepFunction(stack);
      expect(runtime).toBe('nodejs24.x');
      expect(environment.NODE_OPTIONS?.split(' ')).toContain('--disallow-code-generation-from-strings');
      // A stretch works for a minute less than this.
      expect(timeoutMs).toBeGreaterThanOrEqual(120_000);
      expect(timeoutMs).toBeLessThanOrEqual(900_000);
      const { Architectures, LoggingConfig } =
        stack.template.findResources('AWS::Lambda::Function')[logicalId]?.Properties ?? {};
      expect(Architectures).toEqual(['arm64']);
      const log = stack.template.findResources('AWS::Logs::LogGroup')[LoggingConfig.LogGroup.Ref];
      expect(log?.Properties.RetentionInDays).toBe(90);
      expect([log?.DeletionPolicy, log?.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    },
  },
];

/** One service for one resource of this account. */
function trusting(service: string, sourceArn: string): object {
  return {
    ...{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: service } },
    Condition: {
      StringEquals: { 'aws:SourceAccount': ACCOUNT },
      ArnEquals: { 'aws:SourceArn': sourceArn },
    },
  };
}

function sweepFunction({ resources }: Synthesized) {
  return only(resources.functions.filter(({ logicalId }) => logicalId.includes('Sweep')));
}

function sweepMachine({ resources }: Synthesized) {
  return only(resources.stateMachines.filter(({ logicalId }) => logicalId.includes('Sweep')));
}

function roleAt({ resources }: Synthesized, roleArn: string | undefined): LocalRole {
  return only(resources.roles.filter(({ arn }) => arn === roleArn));
}
