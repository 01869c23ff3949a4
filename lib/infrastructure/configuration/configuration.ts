/**
 * What an owner may choose. Set it by CDK context (`-c triage:mode=enforce`, or `context` in cdk.json, each key
 * prefixed with `triage:`) or by the props of the SecurityHubTriage construct.
 */
export interface TriageConfiguration {
  /** `observe` writes nothing and only reports what it would do; `enforce` sends updates. */
  readonly mode: 'observe' | 'enforce';
  /** Folder of the rules; a relative one starts at the folder cdk is run in. */
  readonly rulesDir: string;
  /** File of what `triage verify-account` found out; a relative one starts at the folder cdk is run in. It may be missing. */
  readonly accountFacts: string;
  /** Messages in one invocation, 1–10,000; 6 MB of payload cap it sooner where findings are large. */
  readonly batchSize: number;
  /** How long the event source collects a batch, 0–300 s: longer means fuller calls and later updates. */
  readonly batchingWindowSeconds: number;
  /** Invocations at once, 2–1,000. Each has its own call budget, so it multiplies `callsPerSecond`. */
  readonly maxConcurrency: number;
  /** BatchUpdateFindings calls a second, per concurrent invocation. */
  readonly callsPerSecond: number;
  /** Calls that may be made at once before `callsPerSecond` applies, per concurrent invocation. */
  readonly callBurst: number;
  /**
   * Findings that may be newly suppressed within an hour; further ones wait in the queue. Shared equally by the
   * concurrent invocations; `none` for no limit.
   */
  readonly suppressionsPerHour: number | 'none';
  /**
   * When every active finding is looked at again, as EventBridge writes schedules: `rate(1 day)`, `cron(0 3 * * ? *)`;
   * `off` for only when the command says so. Observing, never by itself.
   */
  readonly sweepSchedule: string;
  /** Memory of the function in MB, 128–10,240; CPU grows with it. */
  readonly memoryMb: number;
  /** Days the function's log is kept; one of the values CloudWatch Logs knows. */
  readonly logRetentionDays: number;
  /** Least level that is logged; `DEBUG` adds a line for each finding that stays as it is, and for each API call. */
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  /** Age of the oldest waiting event, in seconds, above which an alarm goes off. */
  readonly oldestEventAlarmSeconds: number;
  /** Hours without any event after which an alarm goes off, 1–168; `none` where quiet weeks are usual. */
  readonly silenceAlarmHours: number | 'none';
  /**
   * Address of the runbook, the README: each alarm adds the anchor of its section. Unless given, that of the
   * repository in package.json; without either alarms can but name the section, and synthesis warns.
   */
  readonly runbookUrl?: string;
  /** SNS topic every alarm notifies; without it alarms only change state. */
  readonly alarmTopicArn?: string;
  /**
   * Roles and users of the account, as ARNs, who alone may become the redrive role; `*` stands for any characters.
   * Without it, everybody may whom the account's IAM policies let.
   */
  readonly redrivePrincipals?: readonly string[];
  /** Reserved concurrent executions; unset by default, since a small account may have none to give. */
  readonly reservedConcurrency?: number;
  /**
   * Encryption of queues and log: `create` makes a customer managed key for them, a key's ARN takes that one; without
   * it SQS and CloudWatch Logs encrypt by keys of their own.
   */
  readonly encryptionKey?: string;
  /**
   * Event bus of the same account and Region, by its name or ARN, on which an event tells of each confirmed update;
   * without it nobody is told. Not the default bus: findings come by that one. Observing, nothing is done and told.
   */
  readonly decisionBus?: string;
  /** X-Ray traces of the function. */
  readonly tracing: boolean;
  /** What becomes of dead letters and log when the stack is deleted. The ingest queue goes with the stack. */
  readonly removalPolicy: 'retain' | 'destroy';
}

/** A first deployment changes nothing in the account (`observe`); deleting it keeps the dead letters (`retain`). */
export const DEFAULT_CONFIGURATION: TriageConfiguration = {
  mode: 'observe',
  rulesDir: 'rules',
  accountFacts: 'account-facts.json',
  batchSize: 1000,
  batchingWindowSeconds: 10,
  maxConcurrency: 2,
  callsPerSecond: 3,
  callBurst: 10,
  suppressionsPerHour: 1000,
  sweepSchedule: 'rate(1 day)',
  memoryMb: 512,
  logRetentionDays: 90,
  logLevel: 'INFO',
  oldestEventAlarmSeconds: 3600,
  silenceAlarmHours: 24,
  tracing: false,
  removalPolicy: 'retain',
};
