import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Diagnostic } from '../rules/diagnostic.ts';
import { parseSource } from '../rules/parse-source.ts';
import type { Source } from '../rules/source.ts';

/** The value of a sample, or the names there are where it is not among them; broken ones have a diagnostic. */
export type SampleReading =
  | { readonly kind: 'sample'; readonly value: unknown }
  | { readonly kind: 'unknown'; readonly names: readonly string[] }
  | { readonly kind: 'broken' };

export interface SampleReader {
  readonly read: (name: string) => SampleReading;
  readonly diagnostics: () => readonly Diagnostic[];
  /** The samples that were read, by absolute path. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** Reads `samples/<name>.json` below a rules folder when a test names it, each once. */
export function createSampleReader(rulesDir: string): SampleReader {
  const folder = join(rulesDir, 'samples');
  const names = namesIn(folder);
  const known = new Set(names);
  const readings = new Map<string, SampleReading>();
  const sources = new Map<string, Source>();
  const diagnostics: Diagnostic[] = [];
  const open = (name: string): SampleReading => {
    if (!known.has(name)) return { kind: 'unknown', names };
    const file = join(folder, `${name}.json`);
    const parsed = parseSource({ file, label: `samples/${name}.json` }, readFileSync(file, 'utf8'));
    sources.set(file, parsed.source);
    diagnostics.push(...parsed.diagnostics);
    const whole = parsed.value !== undefined && parsed.diagnostics.length === 0;
    return whole ? { kind: 'sample', value: parsed.value } : { kind: 'broken' };
  };
  const read = (name: string): SampleReading => {
    const reading = readings.get(name) ?? open(name);
    readings.set(name, reading);
    return reading;
  };
  return { read, diagnostics: () => diagnostics, sources };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => basename(name, '.json'))
      .sort();
  } catch {
    // A rules folder without samples: every name is unknown, and the test that uses one is told so.
    return [];
  }
}
