import type { ReceivedLetter } from './received-letter.ts';

/**
 * Letters in the text of a file: what `--discard` writes and `npm start -- --out` leaves, one a line; a reply of
 * `aws sqs receive-message`; or a body by itself. Undefined where it is none of these.
 */
export function savedLetters(text: string): readonly ReceivedLetter[] | undefined {
  const whole = parse(text);
  if (whole !== undefined) return lettersIn(whole);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const letters = lines.map((line) => {
    const value = parse(line);
    return value === undefined ? undefined : lettersIn(value);
  });
  return letters.length === 0 || letters.some((some) => some === undefined)
    ? undefined
    : letters.flatMap((some) => some ?? []);
}

function lettersIn(value: unknown): readonly ReceivedLetter[] | undefined {
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.Messages)) return value.Messages.filter(isObject).map(receivedByCli);
  if ('body' in value && !('detail-type' in value)) return [saved(value)];
  const isBody = 'detail-type' in value || isObject(value.triage);
  return isBody ? [{ ...NOTHING, body: JSON.stringify(value) }] : undefined;
}

const NOTHING: ReceivedLetter = {
  kind: 'dead letters',
  messageId: '',
  body: '',
  attributes: {},
  sentAtMs: null,
  movedBySqs: false,
};

function saved({ queue, messageId, sentAt, movedBySqs, body, attributes }: Members): ReceivedLetter {
  const texts = textsOf(attributes);
  return {
    kind:
      queue === 'undelivered events' || texts.ERROR_CODE !== undefined
        ? 'undelivered events'
        : 'dead letters',
    messageId: typeof messageId === 'string' ? messageId : '',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: texts,
    sentAtMs: timeOf(Date.parse(String(sentAt))),
    movedBySqs: movedBySqs === true,
  };
}

function receivedByCli({ MessageId, Body, Attributes, MessageAttributes }: Members): ReceivedLetter {
  const system = isObject(Attributes) ? Attributes : {};
  const message = saved({ messageId: MessageId, body: Body ?? '', attributes: MessageAttributes });
  return {
    ...message,
    sentAtMs: timeOf(Number(system.SentTimestamp ?? Number.NaN)),
    movedBySqs: system.DeadLetterQueueSourceArn !== undefined,
  };
}

/** Attributes as SQS has them, `{StringValue}` or `{stringValue}`, or plain texts. */
function textsOf(attributes: unknown): Readonly<Record<string, string>> {
  if (!isObject(attributes)) return {};
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      const text = isObject(value) ? (value.StringValue ?? value.stringValue ?? value.value) : value;
      return typeof text === 'string' ? [[name, text] as const] : [];
    }),
  );
}

type Members = Readonly<Record<string, unknown>>;

function timeOf(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
