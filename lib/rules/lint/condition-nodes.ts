import type { Diagnostic } from '../diagnostic.ts';
import { clausesAt } from '../meeting/literal.ts';
import { solveAny } from '../meeting/meet.ts';
import type { Solution } from '../meeting/solution.ts';
import type { JsonPath } from '../source.ts';
import type { ConditionFile } from '../workspace.ts';
import type { LintContext } from './lint-context.ts';

/**
 * The smallest parts of conditions that can never hold (`holds` true) or never fail, each with why. Parts around them
 * follow from them and are not told again. Blocks on elements are judged as part of their comparison.
 */
export function impossibleNodes(
  { workspace, space, rules }: LintContext,
  holds: boolean,
): readonly { readonly file: ConditionFile; readonly path: JsonPath; readonly solution: Solution }[] {
  const shared = [...workspace.conditions.values()];
  return [...rules.map(({ file }) => file), ...shared].flatMap((file) => {
    const nodes = file.sites.nodes
      .filter(({ within, kind }) => within.length === 0 && kind !== 'none' && kind !== 'reference')
      .map(({ path }) => ({ file, path, solution: solveAny(clausesAt(file, path, holds, workspace), space) }))
      .filter(({ solution }) => solution.can === 'no');
    return nodes.filter(
      (node) => !nodes.some((other) => other !== node && startsWith(other.path, node.path)),
    );
  });
}

function startsWith(path: JsonPath, beginning: JsonPath): boolean {
  return path.length > beginning.length && beginning.every((segment, i) => segment === path[i]);
}

/** Diagnostics of one place only once, whichever way it was reached. */
export function distinctPlaces(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ file, range, code }) => {
    const key = JSON.stringify([file, range, code]);
    return !seen.has(key) && seen.add(key);
  });
}
