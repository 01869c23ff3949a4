import { readRevision } from '../revisions/read-revision.ts';
import { escapeText } from '../rules/escape-text.ts';
import { migratedTree } from '../rules/format/plan-migration.ts';
import { type LoadedRules, loadRulesFrom } from '../rules/load.ts';
import { UsageError } from './usage-error.ts';

/**
 * The rules of `--base <ref>`; null where there are none to compare with, which is told on stderr: a revision before
 * the first rule, or one whose rules do not load and so never decided anything.
 *
 * @throws UsageError where git cannot name the revision.
 */
export async function readBase(ref: string, rulesDir: string): Promise<LoadedRules | null> {
  const { loaded, at } = await readRulesAt(ref, rulesDir);
  if (loaded.files.length === 0) return nothingAt(`There are no rules in ${rulesDir} at ${at}`);
  return loaded.ruleset === null ? nothingAt(`The rules of ${at} do not load`) : loaded;
}

/** The rules of a revision, whether or not there are any and they load. */
export interface RulesAt {
  /** The full id. */
  readonly commit: string;
  /** The revision in messages. */
  readonly at: string;
  readonly loaded: LoadedRules;
}

/**
 * Reads the rules folder as a revision has it, brought to the format of this version where it is of an earlier one.
 *
 * @throws UsageError where git cannot name the revision.
 */
export async function readRulesAt(ref: string, rulesDir: string): Promise<RulesAt> {
  const revision = await readRevision(ref, rulesDir);
  const shown = escapeText(ref);
  switch (revision.kind) {
    case 'noGit':
      throw new UsageError('--base needs git, which is not installed.');
    case 'noRepository':
      throw new UsageError(`--base needs a git repository: ${escapeText(revision.message)}.`);
    case 'unknownRef':
      throw new UsageError(
        `--base ${shown} names no commit here. Fetch it first; a checkout in CI often has the last commit alone.`,
      );
    case 'revision': {
      const { commit, tree } = revision;
      return { commit, at: `${shown} (${commit.slice(0, 12)})`, loaded: loadRulesFrom(migratedTree(tree)) };
    }
  }
}

function nothingAt(what: string): null {
  console.error(`${what}: there is nothing to compare with.`);
  return null;
}
