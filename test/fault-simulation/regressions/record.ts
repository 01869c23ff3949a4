import { writeFileSync } from 'node:fs';
import { runSabotaged } from '../sabotages/run-sabotaged.ts';
import { PRODUCT_REGRESSIONS } from './of-the-product.ts';
import { scriptPath } from './script.ts';

const USAGE = `Usage: node test/fault-simulation/regressions/record.ts <name> <seed> [<how many seeds>] [<fault,…>]

Brings the bug of a regression back in a copy of the code, seeks a seed that breaches its invariant, shrinks that
schedule and writes it to scripts/<name>.json.`;

const [name = '', seed = '', count = '1', faults = ''] = process.argv.slice(2);
const regression = PRODUCT_REGRESSIONS.find((one) => one.name === name);
if (regression === undefined || seed === '') {
  console.error(USAGE);
  process.exit(2);
}
const script = await runSabotaged(regression, 'regressions/find-script.ts', [
  ...[regression.invariant, seed, count, faults],
]);
if (script === null) {
  console.error(`None of ${count} seeds from ${seed} on breaches ${regression.invariant}.`);
  process.exit(1);
}
writeFileSync(scriptPath(name), `${JSON.stringify(script, null, 2)}\n`);
