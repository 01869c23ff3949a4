import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { type Diagnostic, diagnose, type Fix } from '../diagnostic.ts';
import { withFix } from '../fix.ts';
import { RULE_MEMBERS } from '../schemas/rule-schema.ts';
import type { JsonPath, Source } from '../source.ts';
import type { LintCheck } from './lint-context.ts';

const LEAF_MEMBERS = ['name', 'fact', 'operator', 'value'];

/** The same order everywhere: who reads the fifth rule knows where to look. */
export const checkKeyOrder: LintCheck = ({ rules, workspace }) =>
  [...rules.map(({ file }) => file), ...workspace.conditions.values()]
    .filter(({ row }) => row === undefined)
    .flatMap(({ source, sites, kind }) => [
      ...(kind === 'rule' ? orderOf(source, [], RULE_MEMBERS) : []),
      ...sites.leaves.flatMap(({ path }) => orderOf(source, path, LEAF_MEMBERS)),
    ]);

function orderOf(source: Source, path: JsonPath, order: readonly string[]): readonly Diagnostic[] {
  const object = source.tree === undefined ? undefined : findNodeAtLocation(source.tree, [...path]);
  const members = object?.type === 'object' ? (object.children ?? []) : [];
  const sorted = [...members].sort((a, b) => rankOf(a, order) - rankOf(b, order));
  const first = members.find((member, i) => member !== sorted[i]);
  if (first === undefined) return [];
  const names = sorted.map(nameOf);
  const at = { path: [...path, nameOf(first)], part: 'key' } as const;
  const help = `The order is ${names.join(', ')}.`;
  const message = `"${nameOf(first)}" stands out of order.`;
  return [withFix(diagnose(source, at, 'TR403', message, help), reorder(source, members, sorted))];
}

/** Puts the texts of the members into each other's places; undefined where a comment stands between, whose owner is unknown. */
function reorder(source: Source, members: readonly Node[], sorted: readonly Node[]): Fix | undefined {
  const textOf = ({ offset, length }: Node) => source.text.slice(offset, offset + length);
  const [start, end] = [members[0], members.at(-1)];
  if (start === undefined || end === undefined) return undefined;
  const between = members.slice(1).map((member, i) => {
    const before = members[i];
    return before === undefined ? '' : source.text.slice(before.offset + before.length, member.offset);
  });
  if (between.some((text) => text.includes('/'))) return undefined;
  const content = sorted.map((member, i) => textOf(member) + (between[i] ?? '')).join('');
  return [{ offset: start.offset, length: end.offset + end.length - start.offset, content }];
}

function rankOf(member: Node, order: readonly string[]): number {
  const rank = order.indexOf(nameOf(member));
  return rank < 0 ? order.length : rank;
}

function nameOf(member: Node): string {
  return String(member.children?.[0]?.value);
}
