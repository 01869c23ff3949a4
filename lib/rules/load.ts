import { buildRuleset } from './build-ruleset.ts';
import { checkSchema } from './check-schema.ts';
import { checkWorkspace } from './check-workspace.ts';
import { createWorkspace } from './create-workspace.ts';
import { DIAGNOSTIC_NAMES, type Diagnostic, type DiagnosticCode } from './diagnostic.ts';
import { diskTree, type FileTree } from './file-tree.ts';
import { type FoundFiles, findRuleFiles, type RuleFile } from './find-rule-files.ts';
import { faultOfFormat } from './format/check-format.ts';
import { formatDiagnostics } from './format-diagnostics.ts';
import { type ParsedSource, parseSource } from './parse-source.ts';
import type { Ruleset } from './ruleset.ts';
import type { Source } from './source.ts';
import type { ReadFile } from './workspace.ts';

export interface LoadedRules {
  /** Null when a diagnostic of severity `error` stands against it. */
  readonly ruleset: Ruleset | null;
  /** By file, then place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, by its absolute path. */
  readonly sources: ReadonlyMap<string, Source>;
  /** The same files with what they are and hold. */
  readonly files: readonly ReadFile[];
}

/**
 * Reads a folder of rules, and nothing outside it, into the ruleset that decisions are made with. Whatever is wrong
 * comes back as diagnostics, all of all files in one run; only what depends on the date, tests or style is left to lint.
 */
export function loadRules(rulesDir: string): LoadedRules {
  return loadRulesFrom(diskTree(rulesDir));
}

/** As `loadRules`, from a folder that need not be on disk. */
export function loadRulesFrom(tree: FileTree): LoadedRules {
  const { root } = tree;
  const found = findFiles(tree);
  if ('diagnostics' in found) return { ruleset: null, sources: new Map(), files: [], ...found };
  const diagnostics: Diagnostic[] = found.misplaced.map(({ file, why }) =>
    withoutPlace(file, 'TR005', 'This file would not be read.', why),
  );
  const files: ReadFile[] = [];
  for (const item of found.files) {
    const parsed = readSource(item, tree);
    if ('code' in parsed) {
      diagnostics.push(parsed);
      continue;
    }
    const { source, value } = parsed;
    diagnostics.push(...parsed.diagnostics);
    files.push({ ...item, source, value });
    if (value !== undefined) diagnostics.push(...checkSchema(item.kind, source, value));
  }
  if (!found.files.some(({ kind }) => kind === 'rule' || kind === 'exceptions')) {
    diagnostics.push(
      withoutPlace(root, 'TR120', 'There is no rule in this folder.', 'Rules are rules/<area>/<name>.json.'),
    );
  }
  const sources = new Map(files.map(({ file, source }) => [file, source]));
  const otherFormat = faultOfFormat(files);
  if (otherFormat !== undefined) return { ruleset: null, diagnostics: [otherFormat], sources, files };
  const workspace = createWorkspace(files);
  diagnostics.push(...workspace.diagnostics, ...checkWorkspace(workspace));
  return {
    ruleset: diagnostics.some(({ severity }) => severity === 'error') ? null : buildRuleset(workspace),
    diagnostics: diagnostics.sort(byPlace),
    sources,
    files,
  };
}

/** As `loadRules`, for a build that must stop: throws an error whose message is the printed diagnostics. */
export function loadRulesetOrThrow(rulesDir: string): Ruleset {
  const { ruleset, diagnostics, sources } = loadRules(rulesDir);
  if (ruleset !== null) return ruleset;
  throw new Error(`\n${formatDiagnostics(diagnostics, { format: 'pretty', cwd: process.cwd(), sources })}`);
}

function findFiles(tree: FileTree): FoundFiles | { readonly diagnostics: readonly Diagnostic[] } {
  try {
    return findRuleFiles(tree);
  } catch (error) {
    const message = `The rules folder cannot be read: ${(error as Error).message}.`;
    const help = 'Stand where the folder is, or name another.';
    return { diagnostics: [withoutPlace(tree.root, 'TR120', message, help)] };
  }
}

function readSource({ file, label }: RuleFile, tree: FileTree): ParsedSource | Diagnostic {
  try {
    return parseSource({ file, label }, tree.read(label));
  } catch (error) {
    return withoutPlace(file, 'TR005', 'This file cannot be read.', (error as Error).message);
  }
}

function withoutPlace(file: string, code: DiagnosticCode, message: string, help: string): Diagnostic {
  const start = { line: 1, column: 1 };
  return {
    code,
    name: DIAGNOSTIC_NAMES[code],
    severity: 'error',
    message,
    help,
    file,
    range: { start, end: start },
  };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column;
}
