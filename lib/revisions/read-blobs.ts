import { askGit } from './git.ts';

const NEWLINE = 0x0a;

/**
 * Reads blobs of a repository by their ids, all in one go; by id.
 *
 * @throws where git does not answer as documented: https://git-scm.com/docs/git-cat-file#_batch_output
 */
export async function readBlobs(
  folder: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return new Map();
  const answer = await askGit(folder, ['cat-file', '--batch'], `${distinct.join('\n')}\n`);
  if (answer.kind !== 'answer') throw new Error('git cat-file gave no answer.');
  const { bytes } = answer;
  const blobs = new Map<string, string>();
  let at = 0;
  for (const id of distinct) {
    const lineEnd = bytes.indexOf(NEWLINE, at);
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(bytes.toString('utf8', at, lineEnd)) ?? [];
    if (size === undefined) throw new Error(`git has no blob ${id}.`);
    const start = lineEnd + 1;
    at = start + Number(size);
    blobs.set(id, bytes.toString('utf8', start, at));
    at += 1;
  }
  return blobs;
}
