import { readFileSync } from 'node:fs';
import type { FindingIdentifier } from '../../findings/finding.ts';

/** One thing to bring in: a finding, whose event is made for it, or a whole EventBridge event. */
export interface InputItem {
  /** `file:line` it stands at. */
  readonly place: string;
  readonly findings: readonly unknown[];
  /** Only for an event: it is emitted as it is. */
  readonly event?: Readonly<Record<string, unknown>>;
}

/** An input file that cannot be read: the message names the place and the remedy. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

const FORMS =
  'a finding a line (NDJSON), one JSON document with a finding, an array, {"Findings": […]} or an EventBridge event';

/**
 * Reads findings from files, in order: NDJSON, or one JSON document. Findings are taken as they are, since real ones
 * often miss required members; a text that is no JSON object throws InputError.
 */
export function readInput(files: readonly string[]): readonly InputItem[] {
  return files.flatMap((file) => {
    const text = read(file);
    const whole = parse(text);
    if (whole !== undefined && !isNdjson(text)) return itemsOf(whole, file);
    return text.split('\n').flatMap((line, index) => {
      if (line.trim() === '') return [];
      const place = `${file}:${index + 1}`;
      const value = parse(line);
      if (value === undefined) throw new InputError(`${place} is not JSON. A file holds ${FORMS}.`);
      return itemsOf(value, place);
    });
  });
}

/** The identity of a finding; undefined where it has none. */
export function identityOf(finding: unknown): FindingIdentifier | undefined {
  const { Id, ProductArn } = (finding ?? {}) as Partial<Record<string, unknown>>;
  return typeof Id === 'string' && typeof ProductArn === 'string' ? { Id, ProductArn } : undefined;
}

function itemsOf(value: unknown, place: string): readonly InputItem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => itemsOf(item, `${place}[${index}]`));
  if (!isObject(value))
    throw new InputError(`${place} is ${JSON.stringify(value)}, not a finding. A file holds ${FORMS}.`);
  if (typeof value['detail-type'] === 'string') {
    const findings =
      isObject(value.detail) && Array.isArray(value.detail.findings) ? value.detail.findings : [];
    return [{ place, findings, event: value }];
  }
  return Array.isArray(value.Findings) ? itemsOf(value.Findings, place) : [{ place, findings: [value] }];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new InputError(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`, {
      cause,
    });
  }
}

function isNdjson(text: string): boolean {
  return text.trim().includes('\n') && parse(text.slice(0, text.indexOf('\n'))) !== undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
