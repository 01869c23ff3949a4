/** One call as policies judge it. */
export interface AccessRequest {
  /** `service:Action`, e.g. `sqs:SendMessage`. */
  readonly action: string;
  readonly resourceArn: string;
  /** Who calls: a role's ARN (not its session's), or a service such as `events.amazonaws.com`. Neither: anonymous. */
  readonly principal?: { readonly arn?: string; readonly service?: string };
  /** By key, e.g. `aws:SourceArn`; a list is a multi-valued key, a missing member a key that the call lacks. */
  readonly conditionKeys: Readonly<Record<string, string | readonly string[]>>;
}
