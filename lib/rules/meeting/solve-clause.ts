import type { TypeRef } from '../../findings/type-ref.ts';
import type { Clause, Literal } from './literal.ts';
import { type Candidates, instantsAround, scalarValues } from './scalar-values.ts';
import { type Assignment, type Solution, UNKNOWN } from './solution.ts';
import { solveElements } from './solve-elements.ts';
import { solveList } from './solve-list.ts';
import { elementTypeOf, type Space } from './space.ts';

const LABELS = ['MEDIUM', 'LOW', 'INFORMATIONAL', 'HIGH', 'CRITICAL'];
/** How the view fills in Severity.Normalized. */
const NORMALIZED: Readonly<Record<string, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};
const DAY_MS = 86_400_000;
/** In none of the files, so that it stands for every account nobody named. */
const OTHER_ACCOUNT = '210987654321';

/**
 * Looks for values of facts that fulfil all literals of a clause. Facts that hang together (an account and what is
 * known of it, a label and its number, a list and its elements) are looked at together, all others each alone.
 * `from` is the type of the element that the facts are relative to, in a block on elements.
 */
export function solveClause(clause: Clause, space: Space, from?: TypeRef): Solution {
  const opposed = opposedIn(clause);
  if (opposed !== undefined) return { can: 'no', clash: opposed };
  const groups = new Map<string, Literal[]>();
  for (const literal of clause) {
    const name = groupOf(literal.leaf.fact, space, from);
    groups.set(name, [...(groups.get(name) ?? []), literal]);
  }
  const values = new Map<string, unknown>();
  let known = true;
  for (const [name, literals] of groups) {
    const solution = solveGroup(name, literals, space, from);
    if (solution.can === 'no') return solution;
    if (solution.can === 'unknown') known = false;
    else for (const [fact, value] of solution.values) values.set(fact, value);
  }
  return known ? { can: 'yes', values } : UNKNOWN;
}

/** The same comparison once asked for and once refused: no value is needed to see that. */
function opposedIn(clause: Clause): readonly Literal[] | undefined {
  const seen = new Map<string, Literal>();
  for (const literal of clause) {
    const { fact, operator, value } = literal.leaf;
    const key = JSON.stringify([fact, operator, value]);
    const other = seen.get(key);
    if (other !== undefined && other.holds !== literal.holds) return [other, literal];
    seen.set(key, literal);
  }
  return undefined;
}

/** Facts of one group hang together; no other fact changes what they can be. */
export function groupOf(fact: string, space: Space, from?: TypeRef): string {
  if (from === undefined) {
    if (fact === 'AwsAccountId' || fact.startsWith('account.')) return 'account';
    if (fact === 'Severity.Label' || fact === 'Severity.Normalized') return 'severity';
    if (fact === 'CreatedAt' || fact === 'ageDays') return 'created';
  }
  const list = /^(.*?)\[(?:\*|\d+)\]/.exec(fact)?.[1];
  if (list !== undefined) return `elements ${list}`;
  const domain = space.domainOf(fact, from);
  if (!domain?.list) return `value ${fact}`;
  return domain.kind === 'structure' || domain.kind === 'map' ? `elements ${fact}` : `list ${fact}`;
}

function solveGroup(name: string, literals: readonly Literal[], space: Space, from?: TypeRef): Solution {
  if (name === 'account') return solveAccount(literals, space);
  if (name === 'severity') return solveSeverity(literals, space);
  if (name === 'created') return solveCreated(literals, space);
  const [kind, ...rest] = name.split(' ');
  const fact = rest.join(' ');
  if (kind === 'elements') {
    const element = elementTypeOf(fact, from);
    if (element === undefined) return UNKNOWN;
    return solveElements(
      { list: fact, element, required: space.domainOf(fact, from)?.required ?? false },
      literals,
      space,
    );
  }
  const domain = space.domainOf(fact, from);
  if (domain === undefined) return UNKNOWN;
  if (kind === 'list') return solveList(fact, domain, literals, space);
  return firstOf(fact, literals, scalarValues(literals, domain, space), space);
}

function firstOf(
  fact: string,
  literals: readonly Literal[],
  { values, complete }: Candidates,
  space: Space,
): Solution {
  const value = values.find((tried) =>
    literals.every(({ leaf, holds }) => space.judge(leaf, tried) === holds),
  );
  if (value !== undefined) return { can: 'yes', values: new Map([[fact, value]]) };
  const absent =
    values.includes(undefined) && literals.every(({ leaf, holds }) => space.judge(leaf, undefined) === holds);
  if (absent) return { can: 'yes', values: new Map() };
  return complete ? { can: 'no', clash: literals } : UNKNOWN;
}

/** One value decides several facts: `factsOf` says what they are then. */
function solveTogether(
  literals: readonly Literal[],
  tried: readonly Assignment[],
  complete: boolean,
  space: Space,
  factOf: (values: Assignment, fact: string) => unknown,
): Solution {
  const values = tried.find((assignment) =>
    literals.every(({ leaf, holds }) => space.judge(leaf, factOf(assignment, leaf.fact)) === holds),
  );
  if (values !== undefined) return { can: 'yes', values };
  return complete ? { can: 'no', clash: literals } : UNKNOWN;
}

function solveAccount(literals: readonly Literal[], space: Space): Solution {
  const onId = literals.filter(({ leaf }) => leaf.fact === 'AwsAccountId');
  const ids = scalarValues(onId, { list: false, kind: 'string', required: true }, space);
  const named = ids.values.filter((value) => typeof value === 'string' && /^\d{12}$/.test(value));
  const tried = [...new Set([...named, ...Object.keys(space.accounts), OTHER_ACCOUNT])].map(
    (id) => new Map<string, unknown>([['AwsAccountId', id]]),
  );
  const exact = literals.every(({ leaf }) => space.constantsOf(leaf) !== undefined) && ids.complete;
  const plain = onId.every(({ leaf }) => /(^|:)(equal|notEqual|in|notIn|exists)$/.test(leaf.operator));
  return solveTogether(literals, tried, exact && plain, space, (values, fact) => {
    const id = String(values.get('AwsAccountId'));
    if (fact === 'AwsAccountId') return id;
    const key = fact.slice('account.'.length);
    const account = Object.hasOwn(space.accounts, id) ? space.accounts[id] : undefined;
    return account !== undefined && Object.hasOwn(account, key) ? account[key] : undefined;
  });
}

function solveSeverity(literals: readonly Literal[], space: Space): Solution {
  const tried = [...LABELS.map((label) => new Map<string, unknown>([['Severity.Label', label]])), new Map()];
  const complete = literals.every(({ leaf }) => space.constantsOf(leaf) !== undefined);
  return solveTogether(literals, tried, complete, space, (values, fact) => {
    const label = values.get('Severity.Label');
    return fact === 'Severity.Label' || label === undefined ? label : NORMALIZED[String(label)];
  });
}

function solveCreated(literals: readonly Literal[], space: Space): Solution {
  const ages = literals.filter(({ leaf }) => leaf.fact === 'ageDays');
  const days = ages
    .flatMap(({ leaf }) => space.constantsOf(leaf) ?? [])
    .filter((value) => typeof value === 'number');
  const instants = days.flatMap((n) => [-1, 0, 1].map((more) => space.now - Math.floor(n + more) * DAY_MS));
  const others = literals.filter(({ leaf }) => leaf.fact === 'CreatedAt');
  const tried = [...instants.map((ms) => new Date(ms).toISOString()), ...instantsAround(others, space)].map(
    (instant) => new Map<string, unknown>([['CreatedAt', instant]]),
  );
  const timed =
    /(^|:)(before|after|olderThanDays|newerThanDays|(less|greater)Than(Inclusive)?|equal|notEqual|exists)$/;
  const one = ages.length === literals.length || others.length === literals.length;
  const complete =
    one && literals.every(({ leaf }) => timed.test(leaf.operator) && space.constantsOf(leaf) !== undefined);
  return solveTogether(literals, tried, complete, space, (values, fact) => {
    const instant = String(values.get('CreatedAt'));
    return fact === 'CreatedAt' ? instant : Math.floor((space.now - Date.parse(instant)) / DAY_MS);
  });
}
