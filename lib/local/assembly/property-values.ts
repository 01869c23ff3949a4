import { AssemblyError } from './assembly-error.ts';

export type Properties = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A resolved property that must be text; the error names the logical id and the property. */
export function requiredText(logicalId: string, properties: Properties, name: string): string {
  const value = optionalText(logicalId, properties, name);
  if (value === undefined) {
    throw new AssemblyError(`${logicalId} has no ${name}.`);
  }
  return value;
}

export function optionalText(logicalId: string, properties: Properties, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || typeof value === 'string') {
    return value;
  }
  throw new AssemblyError(`${logicalId}: ${name} is no text: ${JSON.stringify(value)}.`);
}

/** CloudFormation takes a number also as text (`"30"`). */
export function optionalNumber(logicalId: string, properties: Properties, name: string): number | undefined {
  const value = properties[name];
  if (value === undefined) {
    return undefined;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) {
    return number;
  }
  throw new AssemblyError(`${logicalId}: ${name} is no number: ${JSON.stringify(value)}.`);
}

export function listOfTexts(logicalId: string, properties: Properties, name: string): readonly string[] {
  return listOf(logicalId, properties, name).map((item) => {
    if (typeof item !== 'string') {
      throw new AssemblyError(`${logicalId}: ${name} holds what is no text: ${JSON.stringify(item)}.`);
    }
    return item;
  });
}

export function listOfRecords(
  logicalId: string,
  properties: Properties,
  name: string,
): readonly Properties[] {
  return listOf(logicalId, properties, name).map((item) => {
    if (!isRecord(item)) {
      throw new AssemblyError(`${logicalId}: ${name} holds what is no object: ${JSON.stringify(item)}.`);
    }
    return item;
  });
}

export function recordOf(logicalId: string, properties: Properties, name: string): Properties {
  const value = properties[name] ?? {};
  if (!isRecord(value)) {
    throw new AssemblyError(`${logicalId}: ${name} is no object: ${JSON.stringify(value)}.`);
  }
  return value;
}

function listOf(logicalId: string, properties: Properties, name: string): readonly unknown[] {
  const value = properties[name] ?? [];
  if (!Array.isArray(value)) {
    throw new AssemblyError(`${logicalId}: ${name} is no list: ${JSON.stringify(value)}.`);
  }
  return value;
}
