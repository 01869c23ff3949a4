import { readdirSync, readFileSync } from 'node:fs';
import type { Finding } from '../../lib/findings/finding.ts';

const SAMPLES = new URL('../../rules/samples/', import.meta.url);

/** `count` findings that are all different: the samples again and again, each round with identities of its own. */
export function population(count: number): readonly Finding[] {
  const samples = readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8')) as Finding);
  return Array.from({ length: count }, (_, index) => {
    const sample = samples[index % samples.length] as Finding;
    return { ...sample, Id: `${sample.Id}/round-${Math.floor(index / samples.length)}` };
  });
}
