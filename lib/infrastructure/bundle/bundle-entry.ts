import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { codeFile, PACKAGE_ROOT } from '../../package/package-root.ts';
import { type BundleReport, reportBundle } from './bundle-report.ts';
import { environmentCredentials } from './environment-credentials.ts';
import { reachableOutputs } from './reachable-outputs.ts';
import { shakenSchemas } from './shaken-schemas.ts';

const NO_JSONPATH = codeFile('lambdas/triage/no-jsonpath');
const LATE_EXPRESSIONS = codeFile('lambdas/triage/late-expressions');

/**
 * Paths enter the chunks' names: a fixed root makes them the same on every machine. Of a package that is the folder it
 * was installed in, for what it needs may stand beside it.
 */
const [BUNDLING_ROOT = PACKAGE_ROOT] = PACKAGE_ROOT.split(`${sep}node_modules${sep}`);

/** CommonJS dependencies ask for Node's own modules with `require`, which an ES module does not have. */
const REQUIRE_FOR_COMMONJS =
  "import { createRequire as createRequire_ } from 'node:module'; const require = createRequire_(import.meta.url);";

/** What is started, and what late-expressions.ts requires. */
const ENTRIES = ['index.mjs', 'expressions.mjs'];

/** What every bundle of the function is made with; what makes it small is on top of that. */
export const ES_MODULES = {
  absWorkingDir: BUNDLING_ROOT,
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
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles one Lambda entry to `index.mjs` and its chunks in `outDir`: nothing external, jsonpath-plus kept out, of the
 * SDK's clients only what is called. Throws where a package is not laid out as that takes.
 */
export async function bundleEntry(options: {
  readonly entry: string;
  readonly outDir: string;
}): Promise<BundleReport> {
  const { metafile, outputFiles } = await build({
    ...ES_MODULES,
    entryPoints: [
      { in: options.entry, out: 'index' },
      { in: fileURLToPath(import.meta.resolve('re2js')), out: 'expressions' },
    ],
    outdir: options.outDir,
    alias: { ...ES_MODULES.alias, re2js: LATE_EXPRESSIONS },
    plugins: [shakenSchemas(['GetFindings']), environmentCredentials()],
    metafile: true,
    write: false,
  });
  const outputs = reachableOutputs(metafile, (path) => ENTRIES.includes(basename(path)));
  const names = new Set(Object.keys(outputs).map((path) => basename(path)));
  mkdirSync(options.outDir, { recursive: true });
  for (const { path, contents } of outputFiles)
    if (names.has(basename(path))) writeFileSync(join(options.outDir, basename(path)), contents);
  return reportBundle({ ...metafile, outputs }, relative(BUNDLING_ROOT, join(options.outDir, 'index.mjs')));
}
