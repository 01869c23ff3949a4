import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleEntry } from '../../../lib/infrastructure/bundle/bundle-entry.ts';
import { formatBundleReport } from '../../../lib/infrastructure/bundle/bundle-report.ts';
import { readRuleset } from '../../../lib/infrastructure/configuration/ruleset.ts';
import { PACKAGE_ROOT } from '../../../lib/package/package-root.ts';
import { betweenMarkers } from './between-markers.ts';
import { measureStarts } from './measurements.ts';
import { openStage } from './stage.ts';
import { formatMeasurements } from './tables.ts';

/*
 * npm run bench:cold [-- --rounds 31] [-- --no-write]: how fast the function starts, as each way of bundling it has
 * it. Prints the tables and writes them into docs/cold-start.md.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '31' }, write: { type: 'boolean', default: true } },
  allowNegative: true,
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${values.rounds}: give a whole number of 1 or more.`);

const stage = await openStage();
try {
  const measurements = await measureStarts({
    stage,
    starterRules: readRuleset(join(PACKAGE_ROOT, 'rules')),
    ruleCounts: [1_000, 10_000],
    rounds,
    say: (text) => console.error(text),
  });
  const machine = `Node ${process.version} on ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), shared with other work.`;
  const tables = `${machine} ${formatMeasurements(measurements)}`;
  const report = await bundleEntry({
    entry: join(PACKAGE_ROOT, 'lambdas/triage/handler.ts'),
    outDir: join(PACKAGE_ROOT, 'cdk.out/cold-start'),
  });
  const packages = formatBundleReport(report);
  console.log(`${tables}\n\n${packages}`);
  if (values.write) {
    const file = join(PACKAGE_ROOT, 'docs/cold-start.md');
    const written = betweenMarkers(readFileSync(file, 'utf8'), 'starts', tables);
    writeFileSync(file, betweenMarkers(written, 'packages', packages));
  }
} finally {
  await stage.close();
}
