import { relative, sep } from 'node:path';
import { type BlamedLines, blameLines, UNCOMMITTED } from './blame-lines.ts';
import { askGit } from './git.ts';

/** Who changed something last, as the repository has it. */
export interface LastCommit {
  /** The full id. */
  readonly commit: string;
  /** The author's name, by .mailmap where there is one. */
  readonly author: string;
  /** When it was authored, ISO 8601 with the author's offset. */
  readonly at: string;
  /** Whom `Reviewed-by:` and `Approved-by:` in its message name. */
  readonly reviewers: readonly string[];
}

/** A file, or some of its lines (counted from 1, the last one included). */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  readonly lines: { readonly first: number; readonly last: number } | null;
}

/** The last change of each place, in their order, null where what stands there is in no commit; or why nobody knows. */
export type LastCommits =
  | { readonly kind: 'known'; readonly commits: readonly (LastCommit | null)[] }
  | { readonly kind: 'unknown'; readonly why: string };

const SHALLOW = 'the clone is shallow; fetch the whole history (fetch-depth: 0 in a workflow)';

/**
 * Asks git who changed these places last: a file by the commits that touched it, lines by blame. The work tree is read
 * and left as it is. A shallow clone would name the wrong commit, so there nobody knows.
 *
 * @param folder holds all the places.
 */
export async function lastCommits(folder: string, places: readonly Place[]): Promise<LastCommits> {
  const asked = await askGit(folder, ['rev-parse', '--is-shallow-repository']);
  if (asked.kind === 'missing') return { kind: 'unknown', why: 'git is not installed' };
  if (asked.kind === 'refused') return { kind: 'unknown', why: asked.message };
  if (asked.bytes.toString().trim() === 'true') return { kind: 'unknown', why: SHALLOW };
  const labelOf = ({ file }: Place) => relative(folder, file).split(sep).join('/');
  const log = await logOf(folder);
  const changed = await changedFiles(folder);
  const blamed = new Map<string, BlamedLines>();
  for (const label of new Set(places.filter(({ lines }) => lines !== null).map(labelOf)))
    blamed.set(label, await blameLines(folder, label));
  const byId = new Map([...(await commitsById(folder, [...blamed.values()].flat())), ...log.byId]);
  const age = new Map([...log.byId.keys()].map((commit, i) => [commit, i]));
  const commits = places.map((place) => {
    const label = labelOf(place);
    if (place.lines === null) return changed.has(label) ? null : (log.byFile.get(label) ?? null);
    const { first, last } = place.lines;
    return newestOf((blamed.get(label) ?? []).slice(first - 1, last), byId, age);
  });
  return { kind: 'known', commits };
}

/** The newest commit of some lines; null where one of them is in none. Commits of other folders are the oldest. */
function newestOf(
  lines: BlamedLines,
  byId: ReadonlyMap<string, LastCommit>,
  age: ReadonlyMap<string, number>,
): LastCommit | null {
  if (lines.includes(UNCOMMITTED)) return null;
  const ageOf = (commit: string) => age.get(commit) ?? age.size;
  const [newest = ''] = [...lines].sort((a, b) => ageOf(a) - ageOf(b));
  return byId.get(newest) ?? null;
}

/** A line that begins as no path does, then the fields: https://git-scm.com/docs/git-log#_pretty_formats */
const FORMAT = `--format=%x01${['%H', '%aN', '%aI', reviewersBy('Reviewed-by'), reviewersBy('Approved-by')].join('%x00')}`;
const LOG = ['-c', 'core.quotePath=false', 'log', '--no-show-signature', '--no-color', FORMAT];

function reviewersBy(trailer: string): string {
  return `%(trailers:key=${trailer},valueonly,separator=%x02)`;
}

interface FolderLog {
  /** Newest first, and none before its children: clocks differ, and a rebase gives many commits one instant. */
  readonly byId: ReadonlyMap<string, LastCommit>;
  /** The last commit that touched each file, by path from the folder. */
  readonly byFile: ReadonlyMap<string, LastCommit>;
}

async function logOf(folder: string): Promise<FolderLog> {
  const args = ['--date-order', '--no-renames', '--name-only', '--relative', '--', '.'];
  const byId = new Map<string, LastCommit>();
  const byFile = new Map<string, LastCommit>();
  let commit: LastCommit | null = null;
  for (const line of await answerOf(folder, [...LOG, ...args])) {
    if (line.startsWith('\u0001')) {
      commit = readCommit(line);
      byId.set(commit.commit, commit);
    } else if (line !== '' && commit !== null && !byFile.has(line)) byFile.set(line, commit);
  }
  return { byId, byFile };
}

async function commitsById(folder: string, ids: readonly string[]): Promise<ReadonlyMap<string, LastCommit>> {
  const wanted = [...new Set(ids)].filter((id) => id !== UNCOMMITTED);
  if (wanted.length === 0) return new Map();
  const lines = await answerOf(folder, [...LOG, '--no-walk', '--stdin'], `${wanted.join('\n')}\n`);
  return new Map(
    lines
      .filter((line) => line !== '')
      .map(readCommit)
      .map((one) => [one.commit, one]),
  );
}

/** Files below the folder that stand otherwise than in the last commit, by path from there. */
async function changedFiles(folder: string): Promise<ReadonlySet<string>> {
  const args = ['diff', '--name-only', '--relative', '--no-ext-diff', '--no-renames', 'HEAD', '--', '.'];
  return new Set(await answerOf(folder, ['-c', 'core.quotePath=false', ...args]));
}

/** The lines git answers with; none where it refuses, as it does where there is no commit yet. */
async function answerOf(folder: string, args: readonly string[], input = ''): Promise<readonly string[]> {
  const answer = await askGit(folder, args, input);
  return answer.kind === 'answer' ? answer.bytes.toString('utf8').split('\n') : [];
}

function readCommit(line: string): LastCommit {
  const [commit = '', author = '', at = '', ...reviewed] = line.slice(1).split('\0');
  const reviewers = reviewed.flatMap((text) => text.split('\u0002')).filter((text) => text !== '');
  return { commit, author, at, reviewers };
}
