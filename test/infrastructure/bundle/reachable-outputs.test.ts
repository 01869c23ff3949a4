import type { Metafile } from 'esbuild';
import { expect, it } from 'vitest';
import { reachableOutputs } from '../../../lib/infrastructure/bundle/reachable-outputs.ts';

type Output = Metafile['outputs'][string];

it('a chunk is shipped where an entry imports it, early or late, directly or not', () => {
  const outputs = {
    'out/index.mjs': output([
      ['out/early.mjs', 'import-statement'],
      ['node:fs', 'import-statement'],
    ]),
    'out/early.mjs': output([['out/late.mjs', 'dynamic-import']]),
    'out/late.mjs': output([['out/index.mjs', 'import-statement']]),
    'out/orphan.mjs': output([['out/early.mjs', 'import-statement']]),
  };

  const reached = reachableOutputs({ inputs: {}, outputs }, (path) => path.endsWith('index.mjs'));

  expect(Object.keys(reached)).toEqual(['out/index.mjs', 'out/early.mjs', 'out/late.mjs']);
});

function output(imports: readonly (readonly [string, Output['imports'][number]['kind']])[]): Output {
  return { bytes: 1, inputs: {}, exports: [], imports: imports.map(([path, kind]) => ({ path, kind })) };
}
