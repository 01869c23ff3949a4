import type { EventsRefusal, PutEventsReply } from './reply.ts';

/** One entry of a PutEvents request; Time in seconds since 1970. */
export interface Entry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Time?: number;
  readonly Resources?: readonly string[];
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST_ENTRIES = 10;
const REQUEST_BYTES = 1_048_576;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
const TIME_BYTES = 14;
const MOST_DETAIL_TYPE_CHARACTERS = 128;

/** The entries of a request, or why the call is refused as a whole. */
export function checkRequest(request: unknown): EventsRefusal | { readonly entries: readonly Entry[] } {
  const entries = isObject(request) ? request.Entries : undefined;
  if (!Array.isArray(entries) || !entries.every(isEntry))
    return { refused: 'SerializationException', status: 400, message: 'Entries is no list of entries.' };
  if (entries.length < 1 || entries.length > MOST_ENTRIES) {
    const bound = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${MOST_ENTRIES}`;
    return invalid(
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (entries.reduce((bytes, entry) => bytes + bytesOf(entry), 0) >= REQUEST_BYTES)
    return invalid('Total size of the entries in the request is over the limit.');
  return { entries };
}

/** Why one entry is not taken, while its neighbours are. */
export function checkEntry(entry: Entry): PutEventsReply['Entries'][number] | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const)
    if ((entry[name] ?? '') === '')
      return failure(
        'InvalidArgument',
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
  if ([...(entry.DetailType ?? '')].length > MOST_DETAIL_TYPE_CHARACTERS)
    return failure('InvalidArgument', 'Parameter DetailType is not valid. Reason: DetailType is too long.');
  if (entry.Source?.startsWith('aws.'))
    return failure('NotAuthorizedForSourceException', 'Not authorized for the source.');
  return isJsonObject(entry.Detail ?? '') ? undefined : failure('MalformedDetail', 'Detail is malformed.');
}

function bytesOf({ Source = '', DetailType = '', Detail = '', Time, Resources = [] }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), Time === undefined ? 0 : TIME_BYTES);
}

function isEntry(value: unknown): value is Entry {
  if (!isObject(value)) return false;
  const { Time, Resources, ...texts } = value;
  const isText = (text: unknown) => text === undefined || typeof text === 'string';
  return (
    [texts.EventBusName, texts.Source, texts.DetailType, texts.Detail].every(isText) &&
    (Time === undefined || typeof Time === 'number') &&
    (Resources === undefined ||
      (Array.isArray(Resources) && Resources.every((one) => typeof one === 'string')))
  );
}

function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): EventsRefusal {
  return { refused: 'ValidationException', status: 400, message };
}

function failure(ErrorCode: string, ErrorMessage: string): PutEventsReply['Entries'][number] {
  return { ErrorCode, ErrorMessage };
}
