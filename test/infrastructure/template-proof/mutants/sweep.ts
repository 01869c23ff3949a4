import { dropped, lacking, type Mutant, setting, statement, type Target } from '../mutant.ts';

const FUNCTION: Target = ['AWS::Lambda::Function', /Sweep/];
const LOG: Target = ['AWS::Logs::LogGroup', /Sweep/];
const POLICY: Target = ['AWS::IAM::ManagedPolicy', /SweepPolicy/];
const MACHINE_POLICY: Target = ['AWS::IAM::ManagedPolicy', /SweepMachinePolicy/];
const ROLE: Target = ['AWS::IAM::Role', /SweepRole/];
const MACHINE_ROLE: Target = ['AWS::IAM::Role', /SweepMachineRole/];
const SCHEDULE: Target = ['AWS::Events::Rule', /SweepSchedule/];
const SCHEDULE_POLICY: Target = ['AWS::IAM::ManagedPolicy', /SweepSchedulePolicy/];
const SCHEDULE_ROLE: Target = ['AWS::IAM::Role', /SweepScheduleRole/];

/** A sweep that could write, forge, never end, or start where nobody asked. */
export const SWEEP_MUTANTS: readonly Mutant[] = [
  statement('the sweep may write findings', POLICY, 'ReadFindings', (one) => {
    one.Action = ['securityhub:GetFindings', 'securityhub:BatchUpdateFindings'];
  }),
  statement('the sweep may do everything with findings', POLICY, 'ReadFindings', (one) => {
    one.Action = 'securityhub:*';
  }),
  statement('the sweep may read nothing', POLICY, 'ReadFindings', dropped),
  statement('the sweep may take events', POLICY, 'SendEvents', (one) => {
    one.Action = 'sqs:*';
  }),
  statement('the sweep may send nothing', POLICY, 'SendEvents', dropped),
  setting(
    'the sweep enforces what observes',
    FUNCTION,
    'Properties/Environment/Variables/TRIAGE_MODE',
    'enforce',
  ),
  setting(
    'the sweep may use the whole budget',
    FUNCTION,
    'Properties/Environment/Variables/SUPPRESSIONS_PER_HOUR',
    '500',
  ),
  setting(
    'the sweep has no budget',
    FUNCTION,
    'Properties/Environment/Variables/SUPPRESSIONS_PER_HOUR',
    'none',
  ),
  lacking('text may become code in the sweep', FUNCTION, 'Properties/Environment/Variables/NODE_OPTIONS'),
  setting('the sweep has no time for a stretch', FUNCTION, 'Properties/Timeout', 60),
  lacking('the log of the sweep never ends', LOG, 'Properties/RetentionInDays'),
  setting('the log of the sweep goes with the stack', LOG, 'DeletionPolicy', 'Delete'),
  statement('the machine of the sweep may run every function', MACHINE_POLICY, '"Sweep"', (one) => {
    one.Resource = '*';
  }),
  statement('the machine of the sweep may start sweeps', MACHINE_POLICY, 'SeeWhetherAnotherRuns', (one) => {
    one.Action = 'states:*';
  }),
  statement('anybody becomes the machine of the sweep', MACHINE_ROLE, 'states.amazonaws.com', (one) => {
    one.Principal = { AWS: '*' };
  }),
  setting('the sweep starts while observing', SCHEDULE, 'Properties/State', 'ENABLED'),
  setting('the sweep comes once a year', SCHEDULE, 'Properties/ScheduleExpression', 'rate(365 days)'),
  lacking('the schedule starts nothing', SCHEDULE, 'Properties/Targets/0'),
  statement('the schedule may start every machine', SCHEDULE_POLICY, 'Start', (one) => {
    one.Resource = '*';
  }),
  statement('anybody becomes the sweep', ROLE, 'lambda.amazonaws.com', (one) => {
    one.Principal = { AWS: '*' };
  }),
  ...[MACHINE_ROLE, SCHEDULE_ROLE].map((role, n) =>
    statement(`any ${['machine', 'rule'][n]} becomes that of the sweep`, role, 'aws:SourceArn', (one) => {
      one.Condition = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
    }),
  ),
  statement('anybody becomes the schedule', SCHEDULE_ROLE, 'events.amazonaws.com', (one) => {
    one.Principal = { AWS: '*' };
  }),
];
