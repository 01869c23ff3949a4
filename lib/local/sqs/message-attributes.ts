import { createHash } from 'node:crypto';
import { type Input, readInput } from './input.ts';
import { SQS_LIMITS } from './limits.ts';
import { findRefusedCharacter } from './message-text.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

/** One attribute as it travels: a text, or bytes in base64. */
export type MessageAttribute =
  | { readonly DataType: string; readonly StringValue: string }
  | { readonly DataType: string; readonly BinaryValue: string };
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const NAME = /^(?!(?:aws|amazon)\.)(?!\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9_.-]+$/i;
const DATA_TYPE = /^(?:String|Number|Binary)(?:\..+)?$/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Checks the attributes of a message: names, types, values, at most ten.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function checkMessageAttributes(given: Readonly<Record<string, Input>>): MessageAttributes | Refusal {
  const names = Object.keys(given);
  if (names.length > SQS_LIMITS.attributesPerMessage) {
    return invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  }
  const attributes: [string, MessageAttribute][] = [];
  for (const [name, value] of Object.entries(given)) {
    if (!NAME.test(name) || name.length > SQS_LIMITS.attributeNameCharacters) {
      return invalid(`Message (user) attribute name '${name}' is invalid.`);
    }
    const attribute = checkAttribute(name, value);
    if (isRefusal(attribute)) return attribute;
    attributes.push([name, attribute]);
  }
  return Object.fromEntries(attributes);
}

function checkAttribute(name: string, given: Input): MessageAttribute | Refusal {
  const read = readInput(given, { DataType: 'text?', StringValue: 'text?', BinaryValue: 'text?' });
  if (isRefusal(read)) return read;
  const { DataType, StringValue, BinaryValue } = read;
  if (DataType === undefined || DataType.length > 256 || !DATA_TYPE.test(DataType)) {
    return invalid(`The type of message attribute '${name}' must be String, Number or Binary.`);
  }
  if (DataType.startsWith('Binary')) {
    if (BinaryValue === undefined || BinaryValue === '') return emptyValue(name, DataType);
    return { DataType, BinaryValue };
  }
  if (StringValue === undefined || StringValue === '') return emptyValue(name, DataType);
  const refused = findRefusedCharacter(StringValue);
  if (refused !== null) {
    return refuse(
      'InvalidMessageContents',
      `Message attribute '${name}' holds ${refused}, which is not allowed.`,
    );
  }
  if (DataType.startsWith('Number') && !NUMBER.test(StringValue)) {
    return invalid(`Can't cast the value of message attribute '${name}' to a number.`);
  }
  return { DataType, StringValue };
}

/** Name, type and value of every attribute count towards a message's size. */
export function bytesOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, attribute]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueBytes(attribute).length,
    0,
  );
}

/**
 * The digest by which clients check that attributes arrived whole; undefined where there are none.
 * Each of name, type and value is written with its length, in the order of names; the value's kind stands before it.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const digest = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name] as MessageAttribute;
    digest.update(withLength(Buffer.from(name))).update(withLength(Buffer.from(attribute.DataType)));
    digest.update(Buffer.of('BinaryValue' in attribute ? 2 : 1)).update(withLength(valueBytes(attribute)));
  }
  return digest.digest('hex');
}

/** The attributes that a receiver asked for: by name, by `prefix.*`, or all by `All` or `.*`. */
export function selectAttributes(attributes: MessageAttributes, asked: readonly string[]): MessageAttributes {
  const isAsked = (name: string) =>
    asked.some(
      (filter) =>
        filter === 'All' ||
        filter === name ||
        (filter.endsWith('.*') && name.startsWith(filter.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isAsked(name)));
}

function valueBytes(attribute: MessageAttribute): Buffer {
  return 'BinaryValue' in attribute
    ? Buffer.from(attribute.BinaryValue, 'base64')
    : Buffer.from(attribute.StringValue);
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function emptyValue(name: string, dataType: string): Refusal {
  return invalid(`Message (user) attribute '${name}' must contain a non-empty value of type '${dataType}'.`);
}

function invalid(message: string): Refusal {
  return refuse('InvalidParameterValue', message);
}
