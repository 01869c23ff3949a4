import type { FindingIdentifier } from './finding.ts';

/** One thing that a file of findings holds: a finding, or a whole EventBridge event with any number of them. */
export interface InputItem {
  /** `file:line` or `file[index]` it stands at. */
  readonly place: string;
  readonly findings: readonly unknown[];
  /** Only for an event, as it is. */
  readonly event?: Readonly<Record<string, unknown>>;
}

/** A value where a finding should stand. */
export interface NoFinding {
  readonly place: string;
  /** What it is instead: `null`, `a string`. */
  readonly is: string;
}

export const INPUT_FORMS =
  'a finding a line (NDJSON), one JSON document with a finding, an array, {"Findings": […]} or an EventBridge event';

/** Pages of exports in an array, or events of several runs: what lies deeper is no list of findings. */
const MOST_NESTED = 8;

/** Takes one JSON value apart into findings and events, in order, and tells of what is neither. */
export function itemsOf(value: unknown, place: string, depth = 0): readonly (InputItem | NoFinding)[] {
  if (Array.isArray(value)) {
    if (depth > MOST_NESTED) return [{ place, is: 'a list in lists' }];
    return value.flatMap((item, index) => itemsOf(item, `${place}[${index}]`, depth + 1));
  }
  if (!isObject(value)) return [{ place, is: value === null ? 'null' : `a ${typeof value}` }];
  if (typeof value['detail-type'] === 'string') {
    const { findings } = isObject(value.detail) ? value.detail : {};
    return [{ place, findings: Array.isArray(findings) ? findings : [], event: value }];
  }
  return Array.isArray(value.Findings)
    ? itemsOf(value.Findings, place, depth + 1)
    : [{ place, findings: [value] }];
}

/** The identity of a finding; undefined where it has none. */
export function identityOf(finding: unknown): FindingIdentifier | undefined {
  const { Id, ProductArn } = (finding ?? {}) as Partial<Record<string, unknown>>;
  return typeof Id === 'string' && typeof ProductArn === 'string' ? { Id, ProductArn } : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
