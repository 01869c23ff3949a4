import { lacking, type Mutant, setting, type Target } from '../mutant.ts';

const RULE: Target = ['AWS::Events::Rule', /FindingEvents/];
const SOURCE: Target = ['AWS::Lambda::EventSourceMapping', /./];
const FUNCTION: Target = ['AWS::Lambda::Function', /TriageFunction/];
const LOG: Target = ['AWS::Logs::LogGroup', /TriageLog/];
const BUTTON: Target = ['AWS::SecurityHub::ActionTarget', /./];

export const FLOW_MUTANTS: readonly Mutant[] = [
  setting('the rule is off', RULE, 'Properties/State', 'DISABLED'),
  lacking('the rule takes events of every source', RULE, 'Properties/EventPattern/source'),
  lacking('the rule takes everything of Security Hub', RULE, 'Properties/EventPattern/$or'),
  lacking('the rule takes no findings', RULE, 'Properties/EventPattern/$or/0'),
  lacking('the rule takes no Re-triage', RULE, 'Properties/EventPattern/$or/1'),
  lacking('the rule takes every finding', RULE, 'Properties/EventPattern/$or/0/detail'),
  lacking('the rule takes no findings of ours', RULE, 'Properties/EventPattern/$or/0/detail/findings/$or/0'),
  lacking(
    'the rule takes no findings that its rule looks for',
    RULE,
    'Properties/EventPattern/$or/0/detail/findings/$or/1',
  ),
  lacking("the rule takes everybody's custom actions", RULE, 'Properties/EventPattern/$or/1/resources'),
  lacking('undeliverable events are lost', RULE, 'Properties/Targets/0/DeadLetterConfig'),
  setting('delivery is tried once', RULE, 'Properties/Targets/0/RetryPolicy/MaximumRetryAttempts', 0),
  setting(
    'delivery is tried for a minute',
    RULE,
    'Properties/Targets/0/RetryPolicy/MaximumEventAgeInSeconds',
    60,
  ),
  setting('the event source is off', SOURCE, 'Properties/Enabled', false),
  lacking('one failure brings the whole batch back', SOURCE, 'Properties/FunctionResponseTypes'),
  lacking('as many invocations as Lambda likes', SOURCE, 'Properties/ScalingConfig'),
  setting('a hundred invocations at once', SOURCE, 'Properties/ScalingConfig/MaximumConcurrency', 100),
  setting('ten messages at a time', SOURCE, 'Properties/BatchSize', 10),
  setting('batches are collected for five minutes', SOURCE, 'Properties/MaximumBatchingWindowInSeconds', 300),
  setting(
    'enforces from the first deployment',
    FUNCTION,
    'Properties/Environment/Variables/TRIAGE_MODE',
    'enforce',
  ),
  setting('thirty calls a second', FUNCTION, 'Properties/Environment/Variables/CALLS_PER_SECOND', '30'),
  setting('two reads a second', FUNCTION, 'Properties/Environment/Variables/READS_PER_SECOND', '2'),
  setting('a burst of all the quota', FUNCTION, 'Properties/Environment/Variables/CALL_BURST', '30'),
  lacking('text can become code', FUNCTION, 'Properties/Environment/Variables/NODE_OPTIONS'),
  lacking('no queue for dead letters', FUNCTION, 'Properties/Environment/Variables/DEAD_LETTER_QUEUE_URL'),
  setting('runs on Node 20', FUNCTION, 'Properties/Runtime', 'nodejs20.x'),
  setting('runs for three seconds', FUNCTION, 'Properties/Timeout', 3),
  setting('runs past its messages', FUNCTION, 'Properties/Timeout', 900),
  setting('one execution reserved', FUNCTION, 'Properties/ReservedConcurrentExecutions', 1),
  lacking('writes to a log that Lambda makes', FUNCTION, 'Properties/LoggingConfig'),
  lacking('the log never ends', LOG, 'Properties/RetentionInDays'),
  setting('the log goes with the stack', LOG, 'DeletionPolicy', 'Delete'),
  setting('the button has an id nobody knows', BUTTON, 'Properties/Id', 'retriage'),
];
