import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type BundleReport, reportBundle } from './bundle-report.ts';

/** The product's own root: code is found from here, rules never are. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NO_JSONPATH = join(PROJECT_ROOT, 'lambdas/triage/no-jsonpath.ts');

/** CommonJS dependencies ask for Node's own modules with `require`, which an ES module does not have. */
const REQUIRE_FOR_COMMONJS =
  "import { createRequire as createRequire_ } from 'node:module'; const require = createRequire_(import.meta.url);";

/** Bundles one Lambda entry to `index.mjs` and its chunks in `outDir`: nothing external, jsonpath-plus kept out. */
export async function bundleEntry(options: {
  readonly entry: string;
  readonly outDir: string;
}): Promise<BundleReport> {
  const { metafile } = await build({
    // Paths enter the chunks' names: a fixed root makes them the same on every machine.
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [{ in: options.entry, out: 'index' }],
    outdir: options.outDir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The ES module sources of a package can be shaken, its CommonJS ones cannot.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    alias: { 'jsonpath-plus': NO_JSONPATH },
    banner: { js: REQUIRE_FOR_COMMONJS },
    metafile: true,
    logLevel: 'silent',
  });
  return reportBundle(metafile, relative(PROJECT_ROOT, join(options.outDir, 'index.mjs')));
}
