import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Finding } from '../../lib/findings/finding.ts';

/** The content that ships with the product: rules, tests, samples, guide. */
export const RULES_DIR = join(import.meta.dirname, '../../rules');

/** One case of a `<name>.test.json`. */
export interface RuleCase {
  readonly name: string;
  readonly finding: string;
  readonly with?: unknown;
  /** The button that was pressed; without it the finding was imported. */
  readonly event?: { readonly actionName: string; readonly actionId: string };
  readonly expect: {
    readonly matches: boolean;
    readonly because?: string;
    readonly update?: Readonly<Record<string, unknown>>;
  };
  readonly knownGap?: string;
}

/** One `<name>.test.json`, with the place it was found at, relative to the rules. */
export interface RuleTests {
  readonly file: string;
  readonly rule: string;
  readonly now: string;
  readonly cases: readonly RuleCase[];
}

/** The samples by file name without its ending, in order. */
export function readSamples(): ReadonlyMap<string, Finding> {
  const files = readdirSync(join(RULES_DIR, 'samples')).sort();
  return new Map(files.map((file) => [basename(file, '.json'), readJson('samples', file) as Finding]));
}

export function readRuleTests(): readonly RuleTests[] {
  return readdirSync(RULES_DIR, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.json'))
    .sort()
    .map((file) => ({ ...(readJson(file) as Omit<RuleTests, 'file'>), file }));
}

/** Applies a JSON merge patch (RFC 7396). */
export function patched(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = patched(result[name], value);
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function readJson(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(RULES_DIR, ...path), 'utf8'));
}
