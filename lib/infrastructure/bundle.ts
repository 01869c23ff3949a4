import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { indexEntriesOf } from '../rules/engine/candidates/index-entries.ts';
import { bundleEntry, PROJECT_ROOT } from './bundle-entry.ts';
import { type BundleReport, formatBundleReport } from './bundle-report.ts';
import { reportRefusals } from './refusal.ts';
import { readRuleset } from './ruleset.ts';

const HANDLER = join(PROJECT_ROOT, 'lambdas/triage/handler.ts');

/**
 * Makes the Lambda asset: the handler with everything it needs, and the checked rules as `ruleset.json` beside it, what
 * their index is built of as `ruleset-index.json`, so that code and rules are one hash and deploy or roll back together. Throws the diagnostics of a bad rule.
 * Equal inputs give equal bytes: an asset that did not change is not deployed again.
 */
export async function bundleTriage(options: {
  readonly rulesDir: string;
  readonly outDir: string;
}): Promise<BundleReport> {
  const ruleset = readRuleset(options.rulesDir);
  mkdirSync(options.outDir, { recursive: true });
  removeEarlierBundle(options.outDir);
  const report = await bundleEntry({ entry: HANDLER, outDir: options.outDir });
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

/** `node lib/infrastructure/bundle.ts --rules DIR --out DIR [--report]`: how synthesis calls it, and CI for the table. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rules: { type: 'string' }, out: { type: 'string' }, report: { type: 'boolean' } },
  });
  const outDir = values.out ?? join(PROJECT_ROOT, 'cdk.out/bundle');
  const report = await bundleTriage({ rulesDir: values.rules ?? 'rules', outDir });
  if (values.report) console.log(formatBundleReport(report));
}

if (import.meta.main) await reportRefusals(main);
