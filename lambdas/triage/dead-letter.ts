import { createHash } from 'node:crypto';
import type { Envelope } from '../../lib/findings/read-event.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import type { Cause } from '../../lib/triage/decision.ts';

/** One message for the dead-letter queue, as SQS takes it. */
export interface DeadLetter {
  readonly body: string;
  /** String attributes, so that a person can tell the causes apart without opening the bodies. */
  readonly attributes: Readonly<Record<'causeCode' | 'causeMessage', string>>;
}

/** What could not be done, and what there is to know of it. */
export interface Failure {
  readonly cause: Cause;
  readonly update: FindingUpdate | null;
  readonly rules: readonly string[];
  /** How often its update was sent. */
  readonly attempts: number;
  /** The ruleset's version. */
  readonly ruleset: string;
  readonly atMs: number;
}

/** A message, its attributes included: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const MESSAGE_LIMIT_BYTES = 1_048_576;
const CAUSE_MESSAGE_CHARACTERS = 256;
/** What SQS accepts (same page); anything else makes it refuse the message. */
const REFUSED = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * The dead letter of one finding: its own EventBridge event, with this finding alone and a sibling member `triage`
 * that the ingest path ignores, so that moving it back to the ingest queue decides it anew. What does not fit is
 * cut to the finding's identity. Nothing needed is lost by that: such an event is always read again from Security
 * Hub before it is decided. `truncated` tells the size and the digest of what was cut.
 */
export function findingDeadLetter(envelope: Envelope, finding: unknown, failure: Failure): DeadLetter {
  const detail: Envelope = { ...(envelope.detail as Envelope), findings: [finding] };
  const attributes = causeAttributes(failure.cause);
  const whole = encode({ ...envelope, detail, triage: describe(failure) });
  if (whole !== null && sizeOf({ body: whole, attributes }) <= MESSAGE_LIMIT_BYTES)
    return { body: whole, attributes };

  const text = encode(finding);
  const truncated = text === null ? { bytes: null, sha256: null } : digest(text);
  // Only what a redrive needs of the envelope: other members may be what is too large.
  const members = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region'];
  const resources = Array.isArray(envelope.resources) ? [clip(envelope.resources[0])] : [];
  const reduced = {
    ...Object.fromEntries(members.map((name) => [name, clip(envelope[name])])),
    resources,
    detail: { actionName: clip(detail.actionName), findings: [identityOf(finding)] },
    triage: { ...describe(failure), truncated },
  };
  return { body: write(reduced), attributes };
}

/** The dead letter of a body that is no event: the text itself, cut where it does not fit, under `triage.body`. */
export function bodyDeadLetter(body: string, failure: Failure): DeadLetter {
  const attributes = causeAttributes(failure.cause);
  const whole = write({ triage: { ...describe(failure), body } });
  if (sizeOf({ body: whole, attributes }) <= MESSAGE_LIMIT_BYTES) return { body: whole, attributes };
  // A character takes at most 6 bytes once it is escaped.
  const kept = body.slice(0, Math.floor(MESSAGE_LIMIT_BYTES / 8));
  const triage = { ...describe(failure), body: kept, truncated: digest(body) };
  return { body: write({ triage }), attributes };
}

/** Bytes that SQS counts: the body, and name, type and value of each attribute. */
export function sizeOf({ body, attributes }: DeadLetter): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, value] of Object.entries(attributes))
    bytes += Buffer.byteLength(name) + 'String'.length + Buffer.byteLength(value);
  return bytes;
}

function describe({ cause, update, rules, attempts, ruleset, atMs }: Failure): object {
  return { version: 1, cause, update, rules, attempts, ruleset, at: new Date(atMs).toISOString() };
}

function causeAttributes({ code, message }: Cause): DeadLetter['attributes'] {
  return { causeCode: attributeText(code), causeMessage: attributeText(message) };
}

/** SQS refuses an empty attribute. Cut by code points, so that no surrogate is left alone. */
function attributeText(text: string): string {
  const accepted = text.replace(REFUSED, '\uFFFD');
  return [...accepted].slice(0, CAUSE_MESSAGE_CHARACTERS).join('') || '-';
}

/** JSON with every character that SQS refuses as a \u escape. */
function write(value: unknown): string {
  return JSON.stringify(value).replace(REFUSED, escapeCharacter);
}

/** The same of what came from outside; null where it is nested too deep to write, the one fault parsed JSON can have. */
function encode(value: unknown): string | null {
  try {
    return write(value);
  } catch {
    return null;
  }
}

/** Of what SQS refuses, JSON itself escapes all but two: U+FFFE and U+FFFF. */
function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}

function digest(text: string): { bytes: number; sha256: string } {
  return { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}

/** Of a finding without a proper identity there is nothing to keep that is sure to fit. */
function identityOf(finding: unknown): object {
  const { Id, ProductArn } = (finding ?? {}) as { readonly Id?: unknown; readonly ProductArn?: unknown };
  return { Id: clip(Id), ProductArn: clip(ProductArn) };
}

function clip(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 2_048) : undefined;
}
