import { dropped, lacking, type Mutant, setting, statement, type Target } from '../mutant.ts';

const alarm = (name: string): Target => ['AWS::CloudWatch::Alarm', new RegExp(`Triage${name}Alarm`)];
const TRIPS: Target = ['AWS::Events::Rule', /BreakerTrips/];
const MACHINE: Target = ['AWS::StepFunctions::StateMachine', /Breaker/];
const MACHINE_POLICY: Target = ['AWS::IAM::ManagedPolicy', /BreakerPolicy/];
const MACHINE_ROLE: Target = ['AWS::IAM::Role', /BreakerRole/];
const TRIPS_ROLE: Target = ['AWS::IAM::Role', /BreakerTripsRole/];
const TRIPS_POLICY: Target = ['AWS::IAM::ManagedPolicy', /BreakerTripsPolicy/];
const FUNCTION: Target = ['AWS::Lambda::Function', /TriageFunction/];

const NAMES = [
  'DeadLetters',
  'UndeliveredEvents',
  'FailedDeliveries',
  'LostEvents',
  'Silence',
  'BreakerFailed',
  'SweepFailed',
  'SweepNotStarted',
  'BreakerNotStarted',
  'OldEvents',
  'Paused',
  'FunctionErrors',
  'FunctionThrottles',
  'AccessDenied',
  'ForeignInstance',
  'ExpiredRules',
  'Breaker',
  'SuppressionBudget',
] as const;

export const WATCH_MUTANTS: readonly Mutant[] = [
  ...NAMES.map((name) =>
    name === 'Paused' || name === 'Silence'
      ? setting(`${name}: never goes off`, alarm(name), 'Properties/Threshold', -1)
      : setting(`${name}: never goes off`, alarm(name), 'Properties/Threshold', 1e9),
  ),
  ...NAMES.map((name) =>
    lacking(`${name}: says nothing of a runbook`, alarm(name), 'Properties/AlarmDescription'),
  ),
  ...NAMES.flatMap((name) => [
    setting(`${name}: tells nobody`, alarm(name), 'Properties/ActionsEnabled', false),
    lacking(`${name}: has nobody to tell`, alarm(name), 'Properties/AlarmActions'),
    setting(`${name}: waits for ever`, alarm(name), 'Properties/EvaluationPeriods', 100),
    setting(
      `${name}: takes missing data otherwise`,
      alarm(name),
      'Properties/TreatMissingData',
      name === 'Paused' || name === 'Silence' ? 'notBreaching' : 'breaching',
    ),
  ]),
  ...NAMES.filter((name) => name !== 'Paused').flatMap((name) => [
    setting(`${name}: looks at a day`, alarm(name), 'Properties/Period', 86_400),
    setting(`${name}: looks elsewhere`, alarm(name), 'Properties/Namespace', 'AWS/SNS'),
    setting(`${name}: counts values, not what they are`, alarm(name), 'Properties/Statistic', 'SampleCount'),
    setting(`${name}: looks at a dimension that is not there`, alarm(name), 'Properties/Dimensions/1', {
      Name: 'stage',
      Value: 'prod',
    }),
  ]),
  lacking('Paused: sees empty receives alone', alarm('Paused'), 'Properties/Metrics/1'),
  setting(
    'Paused: watches another queue',
    alarm('Paused'),
    'Properties/Metrics/1/MetricStat/Metric/Dimensions/0/Value',
    'other',
  ),
  setting(
    'Breaker not started: watches the rule of findings',
    alarm('BreakerNotStarted'),
    'Properties/Dimensions/0/Value',
    'other',
  ),
  setting('Silence: watches another rule', alarm('Silence'), 'Properties/Dimensions/0/Value', 'other'),
  setting(
    'Dead letters: counts what is sent',
    alarm('DeadLetters'),
    'Properties/MetricName',
    'NumberOfMessagesSent',
  ),
  setting(
    'Dead letters: watches another queue',
    alarm('DeadLetters'),
    'Properties/Dimensions/0/Value',
    'other',
  ),
  setting(
    'Undelivered events: counts what is sent',
    alarm('UndeliveredEvents'),
    'Properties/MetricName',
    'NumberOfMessagesSent',
  ),
  setting('the breaker trips on nothing', TRIPS, 'Properties/State', 'DISABLED'),
  lacking('the breaker starts no machine', TRIPS, 'Properties/Targets/0'),
  lacking('one alarm of the breaker trips nothing', TRIPS, 'Properties/EventPattern/resources/1'),
  setting('the breaker trips when all is well', TRIPS, 'Properties/EventPattern/detail/state/value', ['OK']),
  {
    what: 'the breaker enables instead of disabling',
    weaken: ({ Resources }) => {
      const [, machine] =
        Object.entries(Resources).find(([id, { Type }]) => Type === MACHINE[0] && MACHINE[1].test(id)) ?? [];
      const properties = machine?.Properties as { DefinitionString: unknown };
      const text = JSON.stringify(properties.DefinitionString);
      if (!text.includes('"Enabled\\\\\\":false') && !/Enabled\W+false/.test(text))
        throw new Error('The definition disables nothing.');
      properties.DefinitionString = JSON.parse(text.replace(/(Enabled\W+)false/, '$1true'));
    },
  },
  statement('the breaker may change every event source', MACHINE_POLICY, 'Pause', (one) => {
    one.Resource = '*';
  }),
  statement('the breaker may not pause', MACHINE_POLICY, 'Pause', dropped),
  statement('anybody becomes the breaker', MACHINE_ROLE, 'states.amazonaws.com', (one) => {
    one.Principal = { AWS: '*' };
  }),
  statement('every machine of every account becomes the breaker', MACHINE_ROLE, 'SourceArn', (one) => {
    one.Condition = {};
  }),
  statement('every machine of the account becomes the breaker', MACHINE_ROLE, 'SourceArn', (one) => {
    delete (one.Condition as Record<string, unknown>).ArnEquals;
  }),
  statement('every rule of the account starts the breaker', TRIPS_ROLE, 'SourceArn', (one) => {
    delete (one.Condition as Record<string, unknown>).ArnEquals;
  }),
  ...([MACHINE_ROLE, TRIPS_ROLE] as const).flatMap((role) => [
    setting(
      `${role[1].source} has the administrator's policy too`,
      role,
      'Properties/ManagedPolicyArns/1',
      'arn:aws:iam::aws:policy/AdministratorAccess',
    ),
    setting(`${role[1].source} has a policy of its own`, role, 'Properties/Policies', [
      {
        PolicyName: 'more',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }] },
      },
    ]),
  ]),
  statement('the rule may start every machine', TRIPS_POLICY, 'Trip', (one) => {
    one.Resource = '*';
  }),
  statement('the rule may start no machine', TRIPS_POLICY, 'Trip', dropped),
  setting(
    'the function has no budget',
    FUNCTION,
    'Properties/Environment/Variables/SUPPRESSIONS_PER_HOUR',
    'none',
  ),
];
