import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { bundleEntry, ES_MODULES } from '../../../lib/infrastructure/bundle/bundle-entry.ts';
import { type BundleReport, reportBundle } from '../../../lib/infrastructure/bundle/bundle-report.ts';
import { environmentCredentials } from '../../../lib/infrastructure/bundle/environment-credentials.ts';
import { shakenSchemas } from '../../../lib/infrastructure/bundle/shaken-schemas.ts';
import { PACKAGE_ROOT } from '../../../lib/package/package-root.ts';
import { straightforward } from './straightforward.ts';

const HANDLER = join(PACKAGE_ROOT, 'lambdas/triage/handler.ts');

/** One way of bundling the same handler. */
export interface Variant {
  readonly name: string;
  /** The file that Lambda would load. */
  readonly entry: 'index.mjs' | 'index.cjs';
  readonly build: (outDir: string) => Promise<Pick<BundleReport, 'totalBytes' | 'initBytes'>>;
}

/** What NodejsFunction passes to esbuild where nothing is asked for, but with the SDK in the bundle as ours has it. */
const BY_DEFAULT = {
  absWorkingDir: PACKAGE_ROOT,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  logLevel: 'silent',
  // CommonJS has no import.meta; the handler finds its rules by it.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
} as const satisfies BuildOptions;

/** From the straightforward bundle to ours, each with what is above it. */
export const VARIANTS: readonly Variant[] = [
  {
    name: 'straightforward: whole clients, CommonJS, the defaults of NodejsFunction',
    entry: 'index.cjs',
    build: (outDir) => made(outDir, 'index.cjs', { ...BY_DEFAULT, plugins: [straightforward()] }),
  },
  {
    name: 'minified',
    entry: 'index.cjs',
    build: (outDir) =>
      made(outDir, 'index.cjs', { ...BY_DEFAULT, minify: true, plugins: [straightforward()] }),
  },
  {
    name: 'from the ES modules of the packages',
    entry: 'index.cjs',
    build: (outDir) =>
      made(outDir, 'index.cjs', {
        ...BY_DEFAULT,
        minify: true,
        mainFields: ['module', 'main'],
        plugins: [straightforward()],
      }),
  },
  {
    name: 'split: commands and clients loaded when first needed, no JSONPath',
    entry: 'index.mjs',
    build: (outDir) => made(outDir, 'index.mjs', ES_MODULES),
  },
  {
    name: 'schemas shaken, those of reads apart',
    entry: 'index.mjs',
    build: (outDir) =>
      made(outDir, 'index.mjs', { ...ES_MODULES, plugins: [shakenSchemas(['GetFindings'])] }),
  },
  {
    name: 'credentials from the environment alone',
    entry: 'index.mjs',
    build: (outDir) =>
      made(outDir, 'index.mjs', {
        ...ES_MODULES,
        plugins: [shakenSchemas(['GetFindings']), environmentCredentials()],
      }),
  },
  {
    name: 'ours: expressions loaded when first needed, no chunk that nothing imports',
    entry: 'index.mjs',
    build: (outDir) => bundleEntry({ entry: HANDLER, outDir }),
  },
];

/** What a start costs where there is nothing to load: Node itself. */
export const BARE: Variant = {
  name: 'an empty handler',
  entry: 'index.mjs',
  build: async (outDir) => {
    mkdirSync(outDir, { recursive: true });
    const text = 'export const handler = async () => ({ outcomes: [] });\n';
    writeFileSync(join(outDir, 'index.mjs'), text);
    return { totalBytes: text.length, initBytes: text.length };
  },
};

async function made(outDir: string, entry: Variant['entry'], options: BuildOptions): Promise<BundleReport> {
  const { metafile } = await build({
    ...options,
    entryPoints: [{ in: HANDLER, out: 'index' }],
    outdir: outDir,
    metafile: true,
  });
  return reportBundle(metafile, relative(PACKAGE_ROOT, join(outDir, entry)));
}
