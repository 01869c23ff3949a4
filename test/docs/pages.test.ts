import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../lib/cli/program.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = globSync(['docs/*.md', 'rules/README.md', 'README.md', 'CONTRIBUTING.md'], {
  cwd: ROOT,
}).sort();
const CODES = new Set([...read('rules/README.md').matchAll(/<a id="(tr\d+)">/g)].map(([, code]) => code));

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** As GitHub makes them, and those that are written out. */
function anchorsOf(page: string): readonly string[] {
  const text = read(page);
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replace(/ /g, '-'),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)];
}

/** The command that the words name, and what of them it does not know. */
function unknownIn(words: readonly string[]): readonly string[] {
  let command: Command = createProgram();
  const unknown: string[] = [];
  for (const [place, word] of words.entries()) {
    const sub = command.commands.find((one) => one.name() === word);
    if (sub !== undefined) command = sub;
    else if (place === 0) unknown.push(word);
    if (word.startsWith('-') && !knows(command, word)) unknown.push(`${command.name()} ${word}`);
  }
  return unknown;
}

function knows(command: Command, flag: string): boolean {
  for (let at: Command | null = command; at !== null; at = at.parent)
    if (at.options.some(({ short, long }) => short === flag || long === flag)) return true;
  return flag === '--help' || flag === '-h';
}

/** What shells would run of the CLI, continuation lines joined, comments and quoted texts left out. */
function invocationsIn(text: string): readonly string[][] {
  const blocks = [...text.matchAll(/^```(?:sh|console)\n(.*?)^```/gms)].map(([, block = '']) => block);
  const inline = [...text.matchAll(/`(triage [a-z][^`]*)`/g)].map(([, command = '']) => command);
  return [...blocks, ...inline]
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .flatMap((line) => {
      const command = /(?:npm run (?:--silent )?triage --|(?:^|\| |\$ )(?:npx )?triage) (.+)/.exec(line)?.[1];
      if (command === undefined) return [];
      const plain = command.replace(/ #.*| \|.*|[<>;&].*/g, '').replaceAll(/"[^"]*"|'[^']*'/g, 'text');
      return [plain.split(/\s+/).filter((word) => word !== '')];
    });
}

describe.each(PAGES)('%s', (page) => {
  it('links to pages, files and sections that are there', () => {
    const text = read(page).replaceAll(/^```.*?^```/gms, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
      expect.soft(existsSync(join(ROOT, file)), target).toBe(true);
      if (anchor !== undefined && file.endsWith('.md'))
        expect.soft(anchorsOf(file), target).toContain(anchor);
    }
  });

  it('names commands and options that exist', () => {
    for (const words of invocationsIn(read(page))) expect.soft(unknownIn(words), words.join(' ')).toEqual([]);
  });

  it('names codes that lint has', () => {
    for (const [code] of read(page).matchAll(/\bTR\d{3}\b/g))
      expect.soft([...CODES]).toContain(code.toLowerCase());
  });
});
