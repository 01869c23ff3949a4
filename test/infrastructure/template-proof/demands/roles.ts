import { expect } from 'vitest';
import type { LocalRole } from '../../../../lib/local/assembly/local-resources.ts';
import { ACCOUNT, REGION, type Synthesized } from '../../synthesized.ts';
import { byPolicies, functionRole, HUB, redriveRole } from '../access.ts';
import type { Demand } from '../demand.ts';

const trustOf = (stack: Synthesized, { logicalId }: LocalRole) =>
  stack.resolve(stack.template.toJSON().Resources[logicalId].Properties.AssumeRolePolicyDocument.Statement);

/** Each role may do what its part needs, by statements that name actions and resources, and nothing beside. */
export const ROLE_DEMANDS: readonly Demand[] = [
  {
    sentence: 'observing, the function reads findings of its own hub, and does nothing else in Security Hub',
    check: (stack) => {
      const may = (action: string, arn = HUB) =>
        byPolicies(functionRole(stack), `securityhub:${action}`, arn);
      expect(may('GetFindings')).toBe('allowed');
      expect(may('GetFindings', HUB.replace(REGION, 'us-east-1'))).toBe('denied');
      for (const action of ['BatchUpdateFindings', 'BatchImportFindings', 'DisableSecurityHub'])
        expect(may(action)).toBe('denied');
    },
  },
  {
    sentence: 'the function takes events and sends dead letters, and not the other way round',
    check: (stack) => {
      const role = functionRole(stack);
      for (const action of [
        'ReceiveMessage',
        'DeleteMessage',
        'ChangeMessageVisibility',
        'GetQueueAttributes',
      ])
        expect(byPolicies(role, `sqs:${action}`, stack.ingest.arn)).toBe('allowed');
      expect(byPolicies(role, 'sqs:SendMessage', stack.deadLetter.arn)).toBe('allowed');
      for (const action of ['SendMessage', 'PurgeQueue', 'SetQueueAttributes'])
        expect(byPolicies(role, `sqs:${action}`, stack.ingest.arn)).toBe('denied');
      for (const action of ['ReceiveMessage', 'DeleteMessage'])
        expect(byPolicies(role, `sqs:${action}`, stack.deadLetter.arn)).toBe('denied');
      expect(byPolicies(role, 'sqs:SendMessage', stack.undelivered.arn)).toBe('denied');
    },
  },
  {
    sentence: 'the function writes its own log and no other, and gives no rights to anybody',
    check: (stack) => {
      const role = functionRole(stack);
      const log = (name: string) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}:log-stream:x`;
      const [own] = Object.keys(stack.template.findResources('AWS::Logs::LogGroup'));
      expect(byPolicies(role, 'logs:PutLogEvents', log(`SecurityHubTriage-${own}`))).toBe('allowed');
      expect(byPolicies(role, 'logs:PutLogEvents', log('another'))).toBe('denied');
      expect(byPolicies(role, 'logs:DeleteLogGroup', log(`SecurityHubTriage-${own}`))).toBe('denied');
      expect(byPolicies(role, 'iam:PassRole', role.arn)).toBe('denied');
      expect(byPolicies(role, 'lambda:UpdateEventSourceMapping', '*')).toBe('denied');
    },
  },
  {
    sentence: 'the redrive role moves dead letters back and touches nothing else',
    check: (stack) => {
      const role = redriveRole(stack);
      expect(byPolicies(role, 'sqs:StartMessageMoveTask', stack.deadLetter.arn)).toBe('allowed');
      expect(byPolicies(role, 'sqs:ReceiveMessage', stack.deadLetter.arn)).toBe('allowed');
      expect(byPolicies(role, 'sqs:DeleteMessage', stack.undelivered.arn)).toBe('allowed');
      expect(byPolicies(role, 'sqs:SendMessage', stack.ingest.arn)).toBe('allowed');
      for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:PurgeQueue'])
        expect(byPolicies(role, action, stack.ingest.arn)).toBe('denied');
      expect(byPolicies(role, 'securityhub:BatchUpdateFindings', HUB)).toBe('denied');
    },
  },
  {
    sentence: 'Lambda alone becomes the function, and who becomes the redrive role is for the account to say',
    check: (stack) => {
      const [only, ...others] = trustOf(stack, functionRole(stack)) as readonly { Principal: object }[];
      expect(others).toEqual([]);
      expect(only?.Principal).toEqual({ Service: 'lambda.amazonaws.com' });
      expect(trustOf(stack, redriveRole(stack))).toEqual([
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
      ]);
    },
  },
  {
    sentence: 'no statement of a role allows by a wildcard, but for what knows no resources',
    check: (stack) => {
      for (const { statements } of stack.resources.roles)
        for (const { Effect, Action, NotAction, Resource, NotResource, Sid } of statements) {
          if (Effect === 'Deny') continue;
          expect([NotAction, NotResource]).toEqual([undefined, undefined]);
          expect([Action].flat().filter((action) => action?.includes('*'))).toEqual([]);
          const open = [Resource].flat().filter((arn) => arn === '*' || /^arn:[^:]*\*/.test(arn ?? ''));
          if (Sid !== 'WriteTraces') expect(open).toEqual([]);
        }
    },
  },
  {
    sentence: "every role has one policy, its stack's own, and nothing beside: not of AWS's, not of its own",
    check: (stack) => {
      const roles = stack.template.findResources('AWS::IAM::Role');
      expect(Object.keys(roles)).toHaveLength(7);
      for (const { Properties } of Object.values(roles)) {
        expect(Object.keys(Properties.ManagedPolicyArns[0])).toEqual(['Ref']);
        expect(Properties.ManagedPolicyArns).toHaveLength(1);
        expect(Properties.Policies).toBeUndefined();
      }
      const policies = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy'];
      for (const type of policies) expect(stack.template.findResources(type)).toEqual({});
      for (const { Properties } of Object.values(stack.template.findResources('AWS::IAM::ManagedPolicy')))
        expect([Properties.Roles, Properties.Users, Properties.Groups]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
    },
  },
];
