import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Finding } from '../../lib/findings/finding.ts';

/** The content that ships with the product: rules, tests, samples, guide. */
export const RULES_DIR = join(import.meta.dirname, '../../rules');

/** The samples by file name without its ending, in order. */
export function readSamples(): ReadonlyMap<string, Finding> {
  const files = readdirSync(join(RULES_DIR, 'samples')).sort();
  return new Map(files.map((file) => [basename(file, '.json'), readJson('samples', file) as Finding]));
}

function readJson(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(RULES_DIR, ...path), 'utf8'));
}
