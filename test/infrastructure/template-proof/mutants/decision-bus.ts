import { dropped, lacking, type Mutant, setting, statement, type Target } from '../mutant.ts';

const POLICY: Target = ['AWS::IAM::ManagedPolicy', /FunctionPolicy/];
const REDRIVE_POLICY: Target = ['AWS::IAM::ManagedPolicy', /RedrivePolicy/];
const FUNCTION: Target = ['AWS::Lambda::Function', /TriageFunction/];
const ALARM: Target = ['AWS::CloudWatch::Alarm', /TriageDecisionEventsAlarm/];
const ELSEWHERE = 'arn:aws:events:eu-west-1:111122223333:event-bus/default';
const MAY_TELL = 'TellDecisions';

const condition = (what: string, change: (condition: Record<string, Record<string, unknown>>) => void) =>
  statement(what, POLICY, MAY_TELL, (one) =>
    change(one.Condition as Record<string, Record<string, unknown>>),
  );

/** Of a stack that enforces and tells its decisions on a bus. */
export const DECISION_BUS_MUTANTS: readonly Mutant[] = [
  statement('the function may not tell', POLICY, MAY_TELL, dropped),
  ...['*', 'events:*', 'events:Put*'].map((action) =>
    statement(`to tell, the function may do ${action}`, POLICY, MAY_TELL, (one) => {
      one.Action = action;
    }),
  ),
  ...['*', ELSEWHERE, 'arn:aws:events:eu-west-1:111122223333:event-bus/*'].map((bus) =>
    statement(`the function may tell on ${bus}`, POLICY, MAY_TELL, (one) => {
      one.Resource = bus;
    }),
  ),
  statement('the function may tell anything', POLICY, MAY_TELL, (one) => {
    delete one.Condition;
  }),
  condition('the function may speak in any name', (one) => {
    delete one['ForAllValues:StringEquals'];
  }),
  condition('the function may speak in any name beside its own', (one) => {
    one['ForAnyValue:StringEquals'] = { 'events:source': 'securityhub-triage' };
    delete one['ForAllValues:StringEquals'];
  }),
  condition('the function may speak in no name', (one) => {
    delete one.Null;
  }),
  condition('the function may tell of anything in its name', (one) => {
    delete one.StringEquals;
  }),
  statement('the redrive role may tell too', REDRIVE_POLICY, 'PutBack', (_one, all) => {
    all.push({ Sid: 'Tell', Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' });
  }),
  setting(
    'the function tells on the default bus',
    FUNCTION,
    'Properties/Environment/Variables/DECISION_BUS_ARN',
    ELSEWHERE,
  ),
  lacking('the function knows no bus', FUNCTION, 'Properties/Environment/Variables/DECISION_BUS_ARN'),
  setting('Decision events: never goes off', ALARM, 'Properties/Threshold', 1e9),
  setting('Decision events: tells nobody', ALARM, 'Properties/ActionsEnabled', false),
  lacking('Decision events: has nobody to tell', ALARM, 'Properties/AlarmActions'),
  setting('Decision events: waits for ever', ALARM, 'Properties/EvaluationPeriods', 100),
  setting('Decision events: takes missing data otherwise', ALARM, 'Properties/TreatMissingData', 'breaching'),
  setting('Decision events: looks elsewhere', ALARM, 'Properties/MetricName', 'Updated'),
  lacking('Decision events: says nothing of a runbook', ALARM, 'Properties/AlarmDescription'),
];
