import { askGit } from './git.ts';

/** The id of the commit of each line of a file, from the first on. */
export type BlamedLines = readonly string[];

/** What git blame calls the commit of a line that is in none. */
export const UNCOMMITTED = '0'.repeat(40);

/** `<commit> <line there> <line here> [<lines of the group>]`, SHA-1 or SHA-256: https://git-scm.com/docs/git-blame#_the_porcelain_format */
const HEADER = /^([0-9a-f]{40}|[0-9a-f]{64}) \d+ (\d+)/;

/** Blames the lines of a file as it stands in the work tree; none where git knows no such file. */
export async function blameLines(folder: string, label: string): Promise<BlamedLines> {
  const answer = await askGit(folder, ['blame', '--porcelain', '--', label]);
  if (answer.kind !== 'answer') return [];
  const commits: string[] = [];
  for (const line of answer.bytes.toString('utf8').split('\n')) {
    // A line of the file itself comes after a tab, so none passes for a header.
    const [, commit = '', number] = HEADER.exec(line) ?? [];
    if (number !== undefined) commits[Number(number) - 1] = /^0+$/.test(commit) ? UNCOMMITTED : commit;
  }
  return commits;
}
