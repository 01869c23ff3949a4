import { closeSync, openSync, writeSync } from 'node:fs';
import { generateFindingLinesFrom } from '../workload/findings.ts';
import { FINDINGS_SEED } from '../workload/seeds.ts';

/*
 * A program: writes generated findings as NDJSON, `node write-findings.ts <file> <bytes>`, until the file has at least
 * so many bytes. They are made some at a time, so that 2 GB of them need no memory.
 */
const [file = '', bytes = ''] = process.argv.slice(2);
const FINDINGS_AT_ONCE = 1_000;

const target = openSync(file, 'w');
let written = 0;
for (let first = 0; written < Number(bytes); first += FINDINGS_AT_ONCE) {
  const lines = generateFindingLinesFrom(FINDINGS_SEED, first, FINDINGS_AT_ONCE);
  let rest = Buffer.from(`${lines.join('\n')}\n`);
  written += rest.length;
  while (rest.length > 0) rest = rest.subarray(writeSync(target, rest));
}
closeSync(target);
