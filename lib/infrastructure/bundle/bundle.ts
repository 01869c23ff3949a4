import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codeFile, PACKAGE_ROOT } from '../../package/package-root.ts';
import { indexEntriesOf } from '../../rules/engine/candidates/index-entries.ts';
import { reportRefusals } from '../configuration/refusal.ts';
import { readRuleset } from '../configuration/ruleset.ts';
import { bundleEntry } from './bundle-entry.ts';
import { type BundleReport, formatBundleReport } from './bundle-report.ts';

/** The functions that decide by the rules, each a folder of lambdas/. */
export const LAMBDAS = ['triage', 'sweep'] as const;
export type LambdaName = (typeof LAMBDAS)[number];

/**
 * Makes the asset of one function: its handler with everything it needs, and the checked rules as `ruleset.json` beside
 * it, what their index is built of as `ruleset-index.json`, so that code and rules are one hash and deploy or roll back
 * together. Throws the diagnostics of a bad rule. Equal inputs give equal bytes: an asset that did not change is not
 * deployed again.
 */
export async function bundleLambda(
  name: LambdaName,
  options: { readonly rulesDir: string; readonly outDir: string },
): Promise<BundleReport> {
  const ruleset = readRuleset(options.rulesDir);
  mkdirSync(options.outDir, { recursive: true });
  removeEarlierBundle(options.outDir);
  const entry = codeFile(`lambdas/${name}/handler`);
  const report = await bundleEntry({ entry, outDir: options.outDir });
  writeFileSync(join(options.outDir, 'ruleset.json'), `${JSON.stringify(ruleset)}\n`);
  writeFileSync(join(options.outDir, 'ruleset-index.json'), `${JSON.stringify(indexEntriesOf(ruleset))}\n`);
  return report;
}

/** Chunks are named by their content, so old ones would pile up; only what a bundle consists of is removed. */
function removeEarlierBundle(dir: string): void {
  for (const name of readdirSync(dir))
    if (/^(?:index|expressions|chunk-\w+)\.mjs$|^ruleset(?:-index)?\.json$/.test(name))
      rmSync(join(dir, name));
}

/**
 * `node lib/infrastructure/bundle/bundle.ts --rules DIR --out DIR [--report]`: how synthesis calls it, a folder a function
 * below DIR; with `--report` the table of what the triage function is made of.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rules: { type: 'string' }, out: { type: 'string' }, report: { type: 'boolean' } },
  });
  const outDir = values.out ?? join(PACKAGE_ROOT, 'cdk.out/bundle');
  const rulesDir = values.rules ?? 'rules';
  const [report] = await Promise.all(
    LAMBDAS.map((name) => bundleLambda(name, { rulesDir, outDir: join(outDir, name) })),
  );
  if (values.report && report) console.log(formatBundleReport(report));
}

if (import.meta.main) await reportRefusals(main);
