import type { Finding } from '../findings/finding.ts';
import { type Envelope, readEvent } from '../findings/read-event.ts';
import type { TriageEvent } from '../findings/triage-event.ts';

/** What a letter's body comes to where it is to be decided anew. */
export type BodyReading =
  | {
      readonly kind: 'event';
      readonly event: TriageEvent;
      readonly findings: readonly Finding[];
      readonly envelope: Envelope;
      /** When the event was made, in milliseconds since 1970; null where it does not say. */
      readonly timeMs: number | null;
    }
  /** It must not go back into the ingest queue; `why` quotes nothing of it. */
  | { readonly kind: 'refused'; readonly why: string };

const SOURCE = 'aws.securityhub';
/** Of an EventBridge event, all that the ingest path reads; `resources` names the custom action. */
const MEMBERS = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region'] as const;
const LONGEST_MEMBER_CHARACTERS = 2_048;

/**
 * Reads a body as the function would, and more strictly: what lies in a dead-letter queue may have been put there to be
 * sent on with the redrive role's rights. An event of anything but Security Hub's findings is refused, as is one whose
 * findings have no identity.
 */
export function readBody(body: string): BodyReading {
  const reading = readEvent(body);
  if (reading.kind === 'malformed') return refused(reading.message);
  if (reading.kind === 'ignored') return refused('it is an event that carries no ASFF findings');
  const { event, findings, invalid, envelope, timeMs } = reading;
  if (envelope.source !== SOURCE) return refused(`its source is not ${SOURCE}`);
  const [fault] = invalid;
  if (findings.length === 0) return refused(fault?.message ?? 'it holds no finding');
  if (event.detailType !== 'Security Hub Findings - Imported' && event.actionId === undefined)
    return refused('it names no custom action');
  return { kind: 'event', event, findings, envelope, timeMs };
}

/**
 * The body to send back: the event around identities alone, for nothing else of it is to be believed. A finding that
 * comes without its state is always read from Security Hub before it is decided, so a letter cannot tell the function
 * what a finding says, and every letter fits. A neighbour without identity goes along, to be dead-lettered as that.
 */
export function bodyToSend(envelope: Envelope): string {
  const members = MEMBERS.map((name) => [name, textOf(envelope[name])] as const);
  const resource = Array.isArray(envelope.resources) ? textOf(envelope.resources[0]) : undefined;
  const { actionName, findings } = (envelope.detail ?? {}) as Envelope;
  const action = textOf(actionName);
  const value = {
    ...Object.fromEntries(members.filter(([, text]) => text !== undefined)),
    resources: resource === undefined ? [] : [resource],
    detail: {
      ...(action !== undefined && { actionName: action }),
      findings: Array.isArray(findings) ? findings.map(identityOf) : [],
    },
  };
  return JSON.stringify(value).replace(REFUSED, escapeCharacter);
}

/** What SQS refuses: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const REFUSED = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function identityOf(finding: unknown): object {
  const { Id, ProductArn } = (finding ?? {}) as Envelope;
  return { Id: textOf(Id), ProductArn: textOf(ProductArn) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, LONGEST_MEMBER_CHARACTERS) : undefined;
}

function refused(why: string): BodyReading {
  return { kind: 'refused', why };
}
