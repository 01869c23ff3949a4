import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { formatBundleReport, reportBundle } from '../../../lib/infrastructure/bundle/bundle-report.ts';

const METAFILE: Metafile = {
  inputs: {},
  outputs: {
    'out/index.mjs': output(3000, { 'lambdas/triage/handler.ts': 900, 'node_modules/re2js/a.js': 2048 }, [
      { path: 'out/shared.mjs', kind: 'import-statement' },
      { path: 'out/late.mjs', kind: 'dynamic-import' },
    ]),
    'out/shared.mjs': output(500, { 'node_modules/@smithy/core/b.js': 400, 'lib/triage/plan.ts': 100 }, [
      { path: 'out/index.mjs', kind: 'import-statement' },
    ]),
    'out/late.mjs': output(
      100,
      {
        'node_modules/a/node_modules/@smithy/core/c.js': 100,
        'node_modules/b/d.js': 0,
        'node_modules/late/e.js': 10,
      },
      [],
    ),
  },
};

describe('a bundle report', () => {
  it('attributes bytes to packages, nested ones too, largest first', () => {
    const { packages } = reportBundle(METAFILE, 'out/index.mjs');

    expect(packages).toEqual([
      { name: 're2js', bytes: 2048, initBytes: 2048 },
      { name: 'securityhub-triage', bytes: 1000, initBytes: 1000 },
      { name: '@smithy/core', bytes: 500, initBytes: 400 },
      { name: 'late', bytes: 10, initBytes: 0 },
    ]);
  });

  it('tells what is loaded at start from what is loaded when needed', () => {
    const { totalBytes, initBytes } = reportBundle(METAFILE, 'out/index.mjs');

    expect({ totalBytes, initBytes }).toEqual({ totalBytes: 3600, initBytes: 3500 });
  });

  it('prints a table', () => {
    const table = formatBundleReport(reportBundle(METAFILE, 'out/index.mjs'));

    expect(table.split('\n')).toEqual([
      '| package | KiB | at start |',
      '|---|---:|---:|',
      '| re2js | 2.0 | 2.0 |',
      '| securityhub-triage | 1.0 | 1.0 |',
      '| @smithy/core | 0.5 | 0.4 |',
      '| late | 0.0 |  |',
      '| **total** | **3.5** | **3.4** |',
    ]);
  });
});

function output(
  bytes: number,
  contributions: Readonly<Record<string, number>>,
  imports: Metafile['outputs'][string]['imports'],
): Metafile['outputs'][string] {
  const inputs = Object.fromEntries(
    Object.entries(contributions).map(([path, bytesInOutput]) => [path, { bytesInOutput }]),
  );
  return { bytes, inputs, imports, exports: [] };
}
