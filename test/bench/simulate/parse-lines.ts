import { createReadStream } from 'node:fs';

/*
 * The bound, as a program of its own: reads files in pieces of 1 MiB, cuts them at line breaks, decodes each line as
 * UTF-8 and has JSON.parse read it. It keeps nothing, and prints how many values there were.
 */
const NEWLINE = 0x0a;
let values = 0;

const parseLine = (line: Buffer): void => {
  if (line.length === 0) return;
  JSON.parse(line.toString('utf8'));
  values += 1;
};

for (const file of process.argv.slice(2)) {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const bytes = Buffer.concat([rest, piece as Buffer]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      parseLine(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  parseLine(rest);
}
process.stdout.write(`${values}\n`);
