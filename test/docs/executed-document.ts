import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The day of the recording: rules end and findings age, a document does not. */
const NOW = '2026-11-22T12:00:00Z';

/** What a reader has in a terminal and a test has not: today is the day of the recording where a command names no other, and a person
 * looks. */
const TRIAGE = `#!/bin/sh
case "$1" in lint|test|report|import) set -- "$@" -f pretty ;; esac
case " $* " in *" --now "*) ;; " new "*|" lint "*|" explain "*|" report "*|" import "*) set -- "$@" --now ${NOW} ;; esac
exec '${process.execPath}' '${join(ROOT, 'bin', 'triage.ts')}' "$@"
`;

/** A fenced block of a document; a comment before it says what a reader does with it. */
const BLOCK = /(?:<!-- edit: (\S+) -->\n)?```(console|diff)\n([\s\S]*?)```/g;

/**
 * Does what a document tells its reader to do, from top to bottom, in a copy of `rules/` beside the given files, and
 * returns the document with what really came of it. In \`\`\`console blocks, lines that begin with `$` are run; what
 * follows them is replaced by what they print to stdout and stderr, and by their exit code where it is not 0. A
 * \`\`\`diff block after `<!-- edit: path -->` changes that file; it throws where the file does not hold those lines.
 */
export function executeDocument(markdown: string, files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'document-'));
  try {
    cpSync(join(ROOT, 'rules'), join(folder, 'rules'), { recursive: true });
    for (const file of files) cpSync(join(ROOT, file), join(folder, file.split('/').at(-1) ?? file));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'triage'), TRIAGE);
    chmodSync(join(folder, 'bin', 'triage'), 0o755);
    return markdown.replace(BLOCK, (block, file: string | undefined, language, content: string) => {
      if (language === 'console') return `\`\`\`console\n${runAll(content, folder)}\`\`\``;
      if (file !== undefined) edit(join(folder, file), content);
      return block;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runAll(content: string, folder: string): string {
  const commands = content.split('\n').filter((line) => line.startsWith('$ '));
  return commands.map((line) => `${line}\n${run(line.slice(2), folder)}`).join('');
}

/** Both streams go to one file, as they go to one terminal. */
function run(command: string, folder: string): string {
  const log = join(folder, 'bin', 'output');
  const output = openSync(log, 'w');
  const { status } = spawnSync(command, {
    shell: true,
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`, TMPDIR: tmpdir() },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return `${readFileSync(log, 'utf8')}${status === 0 ? '' : `(exit code ${status})\n`}`;
}

function edit(file: string, diff: string): void {
  const lines = diff.split('\n').filter((line) => line !== '');
  const side = (sign: string) =>
    lines
      .filter((line) => line.startsWith(sign) || line.startsWith(' '))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const text = readFileSync(file, 'utf8');
  const found = text.split(side('-')).length - 1;
  if (found !== 1) throw new Error(`The lines of the diff are in ${file} ${found} times.`);
  writeFileSync(
    file,
    text.replace(side('-'), () => side('+')),
  );
}
