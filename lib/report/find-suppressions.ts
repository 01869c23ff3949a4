import { findNodeAtLocation } from 'jsonc-parser';
import type { Place } from '../revisions/last-commits.ts';
import { createWorkspace } from '../rules/create-workspace.ts';
import type { LoadedRules } from '../rules/load.ts';
import type { Rule } from '../rules/rule.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { ConditionFile } from '../rules/workspace.ts';
import { suppresses } from '../rules/written-update.ts';

/** A rule that suppresses, and where it stands. */
export interface Suppression {
  readonly rule: Rule;
  readonly kind: 'rule' | 'exception';
  /** Its file, or the lines of its row. */
  readonly place: Place;
  /** Where it begins. */
  readonly line: number;
}

/** The rules of a folder that suppress, rows of exceptions among them, in winning order. */
export function findSuppressions({ files }: LoadedRules, ruleset: Ruleset): readonly Suppression[] {
  const placed = new Map(
    createWorkspace(files)
      .rules.filter(suppresses)
      .map((file) => [file.name, file]),
  );
  return ruleset.rules.flatMap((rule) => {
    const file = placed.get(rule.name);
    return file === undefined ? [] : [suppressionAt(rule, file)];
  });
}

function suppressionAt(rule: Rule, { source, row }: ConditionFile): Suppression {
  const { file } = source;
  const node = row && source.tree && findNodeAtLocation(source.tree, [...row]);
  if (node === undefined) return { rule, kind: 'rule', place: { file, lines: null }, line: 1 };
  const { start, end } = source.rangeAt(node.offset, node.length);
  const lines = { first: start.line, last: end.line };
  return { rule, kind: 'exception', place: { file, lines }, line: start.line };
}
