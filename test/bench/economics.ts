import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formulaTable } from './economics/formula-table.ts';
import { markdownOf, putTable } from './economics/markdown.ts';
import { prepareStudy } from './economics/study.ts';
import { makeTables, type Table } from './economics/tables.ts';

const USAGE = `Usage: node test/bench/economics.ts [options]
Simulates how many calls the deployed stack makes of a stream of findings; prints tables.
  --findings <n>      findings to generate and decide (10000)
  --burst <n>         controls that are evaluated again in one go (10000)
  --rules <n,…>       sizes of the rulesets; most tables speak of the last (100,1000)
  --seconds <n>       how long a simulated stream lasts at least (600)
  --markdown <file>   puts the tables between their markers in this document`;

function readSize() {
  const { values } = parseArgs({
    options: {
      findings: { type: 'string', default: '10000' },
      burst: { type: 'string', default: '10000' },
      rules: { type: 'string', default: '100,1000' },
      seconds: { type: 'string', default: '600' },
      markdown: { type: 'string' },
    },
  });
  const whole = (text: string) => {
    if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`'${text}' is no whole number from 1 to 9999999.`);
    return Number(text);
  };
  const size = {
    findings: whole(values.findings),
    rules: values.rules.split(',').map(whole),
    burst: whole(values.burst),
    leastSeconds: whole(values.seconds),
  };
  return { size, markdown: values.markdown };
}

function options() {
  try {
    return readSize();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}

const { size, markdown } = options();
const study = await prepareStudy(size, (line) => console.error(line));
const tables: Table[] = [];
for (const table of [...makeTables(study), formulaTable(study)]) {
  console.log(`\n${table.name}\n${markdownOf(table)}`);
  tables.push(table);
}
if (markdown !== undefined) {
  const document = readFileSync(markdown, 'utf8');
  writeFileSync(markdown, tables.reduce(putTable, document));
}
