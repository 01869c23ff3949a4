import { Engine } from 'json-rules-engine';
import { EACH, parsePath } from '../findings/path.ts';
import { BLOCK_MEMBERS, isObject } from './condition-sites.ts';
import { operatorOf } from './engine/engine-internals.ts';
import { createOperators } from './engine/engine-operators.ts';
import type { Workspace } from './workspace.ts';

/** What the view of a CRITICAL finding holds for certain. */
const KNOWN: Readonly<Record<string, unknown>> = { 'Severity.Label': 'CRITICAL', 'Severity.Normalized': 90 };

const engine = new Engine([], { allowUndefinedFacts: true });
for (const operator of createOperators(0)) engine.addOperator(operator);

/**
 * Whether conditions hold for a finding of which only the severity CRITICAL is known: true, false, or undefined where
 * it depends. Comparisons are judged by the engine's own operators, so that the answer cannot differ from theirs.
 */
export function holdsForCritical(
  condition: unknown,
  workspace: Workspace,
  followed: readonly string[] = [],
): boolean | undefined {
  if (!isObject(condition)) return undefined;
  const members = BLOCK_MEMBERS.filter((name) => Object.hasOwn(condition, name));
  if (members.length > 1) return undefined;
  const judge = (inner: unknown) => holdsForCritical(inner, workspace, followed);
  switch (members[0]) {
    case 'all':
      return Array.isArray(condition.all) ? allOf(condition.all.map(judge)) : undefined;
    case 'any':
      return Array.isArray(condition.any)
        ? not(allOf(condition.any.map((inner) => not(judge(inner)))))
        : undefined;
    case 'not':
      return not(judge(condition.not));
    case 'condition': {
      const name = String(condition.condition);
      const shared = workspace.conditions.get(name);
      if (shared === undefined || followed.includes(name)) return undefined;
      return holdsForCritical(shared.value.condition, workspace, [...followed, name]);
    }
    default:
      return judgeLeaf(condition, workspace);
  }
}

function allOf(results: readonly (boolean | undefined)[]): boolean | undefined {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function not(result: boolean | undefined): boolean | undefined {
  return result === undefined ? undefined : !result;
}

function judgeLeaf(leaf: Readonly<Record<string, unknown>>, workspace: Workspace): boolean | undefined {
  const { fact, operator, value } = leaf;
  if (typeof fact !== 'string' || typeof operator !== 'string') return undefined;
  const segments = parsePath(fact)?.segments ?? [];
  const path = segments.includes(EACH) ? '' : segments.join('.');
  if (!Object.hasOwn(KNOWN, path)) return undefined;
  const [first, ...others] = valuesToTry(value, workspace).map((tried) =>
    evaluate(operator, KNOWN[path], tried),
  );
  return others.every((result) => result === first) ? first : undefined;
}

/**
 * A list may lose its dated entries as time goes by. Operators grow or shrink with a list and never both, so what
 * holds with all entries and with the lasting ones alone holds at every time between.
 */
function valuesToTry(value: unknown, { lists }: Workspace): readonly unknown[] {
  if (!isObject(value)) return [value];
  const entries = typeof value.fact === 'string' ? lists.get(value.fact.replace(/^lists\./, '')) : undefined;
  if (entries === undefined || !String(value.fact).startsWith('lists.')) return [];
  const lasting = entries.filter(({ until }) => until === undefined);
  return [entries, lasting].map((some) => some.map((entry) => entry.value));
}

function evaluate(operator: string, fact: unknown, value: unknown): boolean | undefined {
  try {
    return operatorOf(engine, operator)?.evaluate(fact, value);
  } catch {
    // An operand of the wrong kind: another check says so, and here nothing follows from it.
    return undefined;
  }
}
