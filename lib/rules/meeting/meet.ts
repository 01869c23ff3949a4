import { quote } from '../diagnostic.ts';
import { compileRuleset } from '../engine/compiled-ruleset.ts';
import { subjectOf } from '../engine/fact.ts';
import type { Rule } from '../rule.ts';
import type { Ruleset } from '../ruleset.ts';
import type { ConditionFile } from '../workspace.ts';
import { type Clause, clausesOf } from './literal.ts';
import { type Assignment, type Solution, UNKNOWN } from './solution.ts';
import { groupOf, solveClause } from './solve-clause.ts';
import type { Space } from './space.ts';
import { objectOf } from './write-path.ts';

/** Pairs of clauses looked at for two rules before nothing is claimed of them. */
const MAX_PAIRS = 2048;

/** Whether both rules can match one finding. `yes` is a proposal until `engineConfirms` it. */
export function canMeet(a: ConditionFile, b: ConditionFile, space: Space): Solution {
  return solvePairs(clausesOf(a, space.workspace), clausesOf(b, space.workspace), space);
}

/** Whether a finding can match `inner` and not `outer`: `no` says that `outer` matches whatever `inner` does. */
export function canDiffer(inner: ConditionFile, outer: ConditionFile, space: Space): Solution {
  const inside = clausesOf(inner, space.workspace);
  return solvePairs(inside, clausesOf(outer, space.workspace, false), space, true);
}

/** Whether one of several clauses can hold. */
export function solveAny(clauses: readonly Clause[] | null, space: Space): Solution {
  return solvePairs(clauses, [[]], space);
}

function solvePairs(
  left: readonly Clause[] | null,
  right: readonly Clause[] | null,
  space: Space,
  onlyTouched = false,
): Solution {
  if (left === null || right === null || left.length * right.length > MAX_PAIRS) return UNKNOWN;
  let result: Solution = { can: 'no', clash: [] };
  for (const one of left) {
    for (const other of right) {
      const beside = onlyTouched ? touchedBy(other, one, space) : one;
      const solution = solveClause([...beside, ...other], space);
      if (solution.can === 'yes') return solution;
      if (solution.can === 'unknown') result = solution;
      else if (result.can === 'no' && result.clash.length === 0) result = solution;
    }
  }
  return result;
}

/** The literals on whose facts others bear: the rest can hold as before, and need not be looked at again. */
function touchedBy(others: Clause, clause: Clause, space: Space): Clause {
  const groups = new Set(others.map(({ leaf }) => groupOf(leaf.fact, space)));
  return clause.filter(({ leaf }) => groups.has(groupOf(leaf.fact, space)));
}

/** Whether json-rules-engine itself says that all these rules match the example. */
export async function engineConfirms(
  values: Assignment,
  rules: readonly Rule[],
  ruleset: Ruleset,
  now: number,
): Promise<boolean> {
  const compiled = compileRuleset({ ...ruleset, rules });
  const inFinding = new Map([...values].filter(([fact]) => !fact.startsWith('event.')));
  const detailType = String(values.get('event.detailType') ?? 'Security Hub Findings - Imported');
  const actionName = values.get('event.actionName');
  const event = { detailType, ...(typeof actionName === 'string' ? { actionName } : {}) };
  const subject = subjectOf(objectOf(inFinding), event, now);
  for (const rule of compiled.rules) if (!(await rule.confirm(subject))) return false;
  return true;
}

/** An example finding in one line: the facts that matter, with their values. */
export function describeExample(values: Assignment): string {
  const facts = [...values].map(([fact, value]) => `${fact} ${quote(value)}`);
  return facts.length === 0 ? 'any finding' : `a finding with ${facts.join(', ')}`;
}
