import { dropped, type Mutant, setting, statement, type Target } from '../mutant.ts';

const FUNCTION_POLICY: Target = ['AWS::IAM::ManagedPolicy', /FunctionPolicy/];
const REDRIVE_POLICY: Target = ['AWS::IAM::ManagedPolicy', /RedrivePolicy/];
const FUNCTION_ROLE: Target = ['AWS::IAM::Role', /FunctionRole/];
const REDRIVE_ROLE: Target = ['AWS::IAM::Role', /RedriveRole/];
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

export const ROLE_MUTANTS: readonly Mutant[] = [
  ...(['*', 'securityhub:*', 'securityhub:Batch*'] as const).map((action) =>
    statement(`the function, observing, may do ${action}`, FUNCTION_POLICY, 'ReadFindings', (one) => {
      one.Action = action;
    }),
  ),
  statement("the function reads everybody's hub", FUNCTION_POLICY, 'ReadFindings', (one) => {
    one.Resource = '*';
  }),
  statement('the function may not read', FUNCTION_POLICY, 'ReadFindings', dropped),
  statement('the function takes events of every queue', FUNCTION_POLICY, 'TakeEvents', (one) => {
    one.Resource = '*';
  }),
  statement('the function may empty the queue', FUNCTION_POLICY, 'TakeEvents', (one) => {
    one.Action = 'sqs:*';
  }),
  statement('the function may not delete what it has dealt with', FUNCTION_POLICY, 'TakeEvents', (one) => {
    one.Action = ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'];
  }),
  statement('the function sends to every queue', FUNCTION_POLICY, 'SendDeadLetters', (one) => {
    one.Resource = '*';
  }),
  statement('the function may not send dead letters', FUNCTION_POLICY, 'SendDeadLetters', dropped),
  statement('the function writes every log', FUNCTION_POLICY, 'WriteLog', (one) => {
    one.Resource = '*';
  }),
  statement('the function passes roles', FUNCTION_POLICY, 'WriteLog', (_one, all) => {
    all.push({ Sid: 'Pass', Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' });
  }),
  statement('anybody becomes the function', FUNCTION_ROLE, 'lambda.amazonaws.com', (one) => {
    one.Principal = { AWS: '*' };
  }),
  setting(
    "the function has the administrator's policy too",
    FUNCTION_ROLE,
    'Properties/ManagedPolicyArns/1',
    ADMINISTRATOR,
  ),
  statement('anybody of any account becomes the redrive role', REDRIVE_ROLE, ':root', (one) => {
    one.Principal = { AWS: '*' };
  }),
  setting(
    "the redrive role has the administrator's policy too",
    REDRIVE_ROLE,
    'Properties/ManagedPolicyArns/1',
    ADMINISTRATOR,
  ),
  ...([FUNCTION_ROLE, REDRIVE_ROLE] as const).map((role) =>
    setting(`${role[1].source} has a policy of its own`, role, 'Properties/Policies', [
      {
        PolicyName: 'more',
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::x/y' }],
        },
      },
    ]),
  ),
  {
    what: 'a policy beside gives the function more',
    weaken: ({ Resources }) => {
      const [role] = Object.entries(Resources).find(
        ([id, { Type }]) => Type === FUNCTION_ROLE[0] && FUNCTION_ROLE[1].test(id),
      ) ?? [''];
      Resources.More = {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'more',
          Roles: [{ Ref: role }],
          PolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: 'ec2:RunInstances', Resource: 'arn:aws:ec2:::x' }],
          },
        },
      };
    },
  },
  statement('the redrive role takes from the ingest queue', REDRIVE_POLICY, 'PutBack', (one) => {
    one.Action = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'];
  }),
  statement('the redrive role cannot put back', REDRIVE_POLICY, 'PutBack', dropped),
  statement('the redrive role reads every queue', REDRIVE_POLICY, 'TakeDeadLetters', (one) => {
    one.Resource = '*';
  }),
];
