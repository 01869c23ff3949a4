/**
 * What an owner may choose. Set it by CDK context (`-c triage:mode=enforce`, or `context` in cdk.json, each key
 * prefixed with `triage:`) or by the props of the SecurityHubTriage construct.
 */
export interface TriageConfiguration {
  /** `observe` writes nothing and only reports what it would do; `enforce` sends updates. */
  readonly mode: 'observe' | 'enforce';
  /** Folder of the rules; a relative one starts at the folder cdk is run in. */
  readonly rulesDir: string;
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
  /** Memory of the function in MB, 128–10,240; CPU grows with it. */
  readonly memoryMb: number;
  /** Days the function's log is kept; one of the values CloudWatch Logs knows. */
  readonly logRetentionDays: number;
  /** Least level that is logged; `DEBUG` adds a line for each finding that stays as it is, and for each API call. */
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  /** Age of the oldest waiting event, in seconds, above which an alarm goes off. */
  readonly oldestEventAlarmSeconds: number;
  /** SNS topic every alarm notifies; without it alarms only change state. */
  readonly alarmTopicArn?: string;
  /** Reserved concurrent executions; unset by default, since a small account may have none to give. */
  readonly reservedConcurrency?: number;
  /** X-Ray traces of the function. */
  readonly tracing: boolean;
  /** What becomes of dead letters and log when the stack is deleted. The ingest queue goes with the stack. */
  readonly removalPolicy: 'retain' | 'destroy';
}

/** A first deployment changes nothing in the account (`observe`); deleting it keeps the dead letters (`retain`). */
export const DEFAULT_CONFIGURATION: TriageConfiguration = {
  mode: 'observe',
  rulesDir: 'rules',
  batchSize: 1000,
  batchingWindowSeconds: 10,
  maxConcurrency: 2,
  callsPerSecond: 3,
  callBurst: 10,
  memoryMb: 512,
  logRetentionDays: 90,
  logLevel: 'INFO',
  oldestEventAlarmSeconds: 3600,
  tracing: false,
  removalPolicy: 'retain',
};
