import type { Finding } from './finding.ts';
import type { TriageEvent } from './triage-event.ts';

/** The parsed EventBridge event, as it came: a dead letter repeats it around the one finding it is about. */
export type Envelope = Readonly<Record<string, unknown>>;

/** An element of `detail.findings` that names no finding, so that no call can be made for it. */
export interface InvalidFinding {
  readonly finding: unknown;
  readonly message: string;
}

/** What one message body turned out to be. */
export type EventReading =
  | {
      readonly kind: 'findings';
      readonly event: TriageEvent;
      /** When EventBridge took the event; null where the envelope does not say. */
      readonly timeMs: number | null;
      readonly findings: readonly Finding[];
      readonly invalid: readonly InvalidFinding[];
      readonly envelope: Envelope;
      /** It was a dead letter: what it shows may be days old, whatever the message says. */
      readonly isLetter: boolean;
    }
  /** An event of Security Hub that carries no ASFF findings: nothing to decide, nothing lost. */
  | { readonly kind: 'ignored'; readonly detailType: string }
  /** `body` is the text as it first came, `message` never quotes from it: it ends in logs. */
  | { readonly kind: 'malformed'; readonly message: string; readonly body: string };

const IMPORTED = 'Security Hub Findings - Imported';
const CUSTOM_ACTION = 'Security Hub Findings - Custom Action';
const ACTION_ARN = /^arn:[^:]+:securityhub:[^:]*:[^:]*:action\/custom\/([^/]+)$/;

/**
 * Reads the body of one message: an EventBridge event with any number of findings
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html).
 * Only the identity of a finding is demanded. Of a sibling member `triage`, which dead letters carry, only that it is
 * there is told, so a redriven dead letter is read as the event it was; one of an unreadable body is unwrapped first.
 */
export function readEvent(body: string): EventReading {
  const value = parse(body);
  const wrapped = unreadableBody(value);
  if (wrapped === null) return readValue(value, body);
  const reading = readValue(parse(wrapped), wrapped);
  return reading.kind === 'findings' ? { ...reading, isLetter: true } : reading;
}

/** The same of an event that is parsed already; `body` is its text, where there is one. */
export function readValue(value: unknown, body = ''): EventReading {
  if (!isObject(value)) return malformed(body, 'the body is no JSON object');
  const detailType = value['detail-type'];
  if (typeof detailType !== 'string') return malformed(body, 'the event has no detail-type');
  if (detailType !== IMPORTED && detailType !== CUSTOM_ACTION) return { kind: 'ignored', detailType };
  const detail = value.detail;
  if (!isObject(detail)) return malformed(body, 'the event has no detail');
  if (!Array.isArray(detail.findings)) return malformed(body, 'detail.findings is no array');

  const findings: Finding[] = [];
  const invalid: InvalidFinding[] = [];
  for (const finding of detail.findings) {
    const fault = identityFault(finding);
    if (fault === null) findings.push(finding as Finding);
    else invalid.push({ finding, message: fault });
  }
  const event = readTriageEvent(detailType, detail, value.resources);
  const timeMs = readTime(value.time);
  const isLetter = Object.hasOwn(value, 'triage');
  return { kind: 'findings', event, timeMs, findings, invalid, envelope: value, isLetter };
}

function readTriageEvent(
  detailType: string,
  detail: Record<string, unknown>,
  resources: unknown,
): TriageEvent {
  if (detailType !== CUSTOM_ACTION) return { detailType };
  const arn: unknown = Array.isArray(resources) ? resources[0] : undefined;
  const actionId = typeof arn === 'string' ? ACTION_ARN.exec(arn)?.[1] : undefined;
  const actionName = detail.actionName;
  return {
    detailType,
    ...(typeof actionName === 'string' && { actionName }),
    ...(actionId !== undefined && { actionId }),
  };
}

/** Says what is wrong with a finding's identity, or null. Lengths: API_AwsSecurityFinding (Id, ProductArn). */
export function identityFault(finding: unknown): string | null {
  if (!isObject(finding)) return 'the finding is no object';
  return textFault(finding.Id, 'Id', 1, 512) ?? textFault(finding.ProductArn, 'ProductArn', 12, 2048);
}

function textFault(value: unknown, name: string, min: number, max: number): string | null {
  if (typeof value !== 'string') return `${name} is no string`;
  // The API refuses a blank text, and with it the whole call.
  if (value.trim() === '') return `${name} is blank`;
  // Characters, of which each takes one or two units: only near the limits must they be counted.
  const characters = value.length >= 2 * min && value.length <= max ? value.length : [...value].length;
  return characters < min || characters > max ? `${name} has not ${min} to ${max} characters` : null;
}

function readTime(time: unknown): number | null {
  const timeMs = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(timeMs) ? null : timeMs;
}

/** The original text inside the dead letter of an unreadable body. */
function unreadableBody(value: unknown): string | null {
  if (!isObject(value) || Object.keys(value).length !== 1 || !isObject(value.triage)) return null;
  const body = value.triage.body;
  return typeof body === 'string' ? body : null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function malformed(body: string, message: string): EventReading {
  return { kind: 'malformed', message, body };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
