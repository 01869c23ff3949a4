import { closeSync, openSync, writeSync } from 'node:fs';
import { crossedFindingLine } from './crossed-findings.ts';
import { wideFindingLine } from './wide-findings.ts';

/* A program: writes so many small findings as NDJSON, `node write-small-findings.ts <file> <findings> wide|crossed`. */
const [file = '', findings = '', kind = ''] = process.argv.slice(2);
const AT_ONCE = 1_000;

const lineOf = kind === 'wide' ? wideFindingLine : crossedFindingLine;
const target = openSync(file, 'w');
for (let first = 0; first < Number(findings); first += AT_ONCE) {
  const count = Math.min(AT_ONCE, Number(findings) - first);
  const lines = Array.from({ length: count }, (_, i) => `${lineOf(first + i)}\n`);
  let rest = Buffer.from(lines.join(''));
  while (rest.length > 0) rest = rest.subarray(writeSync(target, rest));
}
closeSync(target);
