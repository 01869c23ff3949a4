import { findNodeAtLocation } from 'jsonc-parser';
import { type Diagnostic, diagnose, quote } from '../rules/diagnostic.ts';
import type { Rule } from '../rules/rule.ts';
import type { JsonPath, Source } from '../rules/source.ts';
import { titleOf } from './condition-tree.ts';
import type { Weakness } from './proof.ts';

/**
 * Says of each weak condition, once, what its cases leave open, at its place in the rule. It stops a rule that is
 * enforced and warns of one that observes.
 *
 * @param source the rule's own file, or where it has none the file of its row or of its test.
 * @param row where the row stands in it.
 */
export function weaknessDiagnostics(
  rule: Rule,
  source: Source,
  weaknesses: readonly Weakness[],
  row?: JsonPath,
): readonly Diagnostic[] {
  const told = new Set<string>();
  return weaknesses.flatMap((weakness) => {
    const key = JSON.stringify(weakness.leaf.at);
    if (told.has(key)) return [];
    told.add(key);
    const name = quote(titleOf(weakness.leaf));
    const path = row ?? (isRule(source, rule.name) ? weakness.leaf.path : ['rule']);
    const diagnostic = diagnose(source, { path }, 'TR303', messageOf(weakness, name), helpOf(weakness, name));
    return [{ ...diagnostic, severity: rule.mode === 'enforce' ? ('error' as const) : ('warning' as const) }];
  });
}

/** The file that holds a rule, among all that were read. */
export function sourceOfRule(name: string, sources: Iterable<Source>): Source | undefined {
  for (const source of sources) if (isRule(source, name)) return source;
  return undefined;
}

function isRule({ tree }: Source, name: string): boolean {
  if (tree === undefined) return false;
  return (
    findNodeAtLocation(tree, ['name'])?.value === name &&
    findNodeAtLocation(tree, ['conditions']) !== undefined
  );
}

function messageOf(weakness: Weakness, name: string): string {
  return weakness.kind === 'unseen'
    ? `${name} is ${weakness.result ? 'true' : 'false'} in no case.`
    : `No case notices when ${name} is ${weakness.mutation}.`;
}

function helpOf(weakness: Weakness, name: string): string {
  if (weakness.kind === 'unseen' && weakness.result !== weakness.leaf.negated)
    return 'Add a case in which it holds.';
  return `Add a case that all the other conditions would let through: only ${name} decides it.`;
}
