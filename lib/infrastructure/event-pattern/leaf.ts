import { EACH, parsePath } from '../../findings/path.ts';
import { RESERVED_INSIDE_OR } from '../../findings/reserved-pattern-names.ts';
import type { Demand } from '../../rules/engine/candidates/demand.ts';
import { type Matcher, matcherOf, NEVER } from './matcher.ts';
import type { Why } from './why-widened.ts';

/** One field of a pattern, below `detail.findings`, with what it may be. */
export interface Leaf {
  readonly names: readonly string[];
  /** The names, joined as EventBridge joins them. */
  readonly path: string;
  /** By their JSON texts, which are sorted. */
  readonly matchers: ReadonlyMap<string, Matcher>;
  /** The outermost array that it lies in, or its own path: EventBridge wants one element to answer for all its fields. */
  readonly array: string;
  /** The member as JSON has it. */
  readonly text: string;
}

export function leafOf(names: readonly string[], matchers: readonly Matcher[], array?: string): Leaf {
  const path = names.join('.');
  const distinct = new Map(matchers.map((matcher) => [JSON.stringify(matcher), matcher] as const));
  const sorted = new Map([...distinct].sort(([a], [b]) => (a < b ? -1 : 1)));
  const opened = names.map((name) => `${JSON.stringify(name)}:`).join('{');
  const text = `${opened}[${[...sorted.keys()].join()}]${'}'.repeat(names.length - 1)}`;
  return { names, path, matchers: sorted, array: array ?? path, text };
}

/**
 * What a demand asks of the raw event of a finding that carries no mark of ours, or why EventBridge cannot say it
 * surely. A part of a text is left out: rules with wildcards are few on a bus (30), and refused at deployment where
 * they are too complex, by a measure that AWS does not publish.
 */
export function leafOfDemand({ fact, as, kind, literals }: Demand): Leaf | Why {
  const segments = parsePath(fact)?.segments;
  if (segments === undefined) return 'view';
  if (as !== undefined || kind === 'atLeast' || kind === 'atMost') return 'uncertain';
  if (kind === 'part') return 'part';
  if (!isReadAsItStands(fact, kind, literals)) return 'view';
  const names = segments.filter((segment) => typeof segment === 'string');
  if (!names.every(isFieldName)) return 'name';
  if (literals.some(isTaken)) return 'literal';
  const matchers = literals
    .filter((literal) => literal !== NEVER)
    .map((literal) => (kind === 'value' ? matcherOf(literal) : affix(kind, literal)));
  if (matchers.some((matcher) => matcher === undefined)) return 'literal';
  const outermost = segments.findIndex((segment) => segment === EACH || typeof segment === 'number');
  const array = outermost < 0 ? undefined : segments.slice(0, outermost).join('.');
  return leafOf(names, matchers as readonly Matcher[], array);
}

/** Whether a name is one field to EventBridge, to JSON objects, and to CloudFormation, whose functions are members too. */
function isFieldName(name: string): boolean {
  if (name === '__proto__' || name === 'Ref' || name.startsWith('Fn::')) return false;
  return !name.includes('.') && !name.startsWith('$') && !RESERVED_INSIDE_OR.has(name);
}

/** Whether CDK would take a text for a placeholder of its own. */
function isTaken(literal: unknown): boolean {
  return typeof literal === 'string' && literal.includes('${Token[');
}

/** Whether rules read the fact as it stands in the event, where nothing on the finding is ours (lib/triage/view.ts). */
function isReadAsItStands(fact: string, kind: Demand['kind'], literals: readonly unknown[]): boolean {
  const [member = ''] = fact.split(/[.[]/, 1);
  switch (member) {
    // Resolved beforehand to the values they are known to have, for a label can come from the number alone.
    case 'Severity':
      return fact === 'Severity.Label' && kind === 'value';
    case 'Workflow':
      return fact === 'Workflow.Status' && kind === 'value';
    // Where it is absent, rules read UNKNOWN.
    case 'VerificationState':
      return kind === 'value' && !literals.includes('UNKNOWN');
    case 'WorkflowState':
      return false;
    default:
      return /^[A-Z]/.test(member);
  }
}

function affix(kind: 'prefix' | 'suffix', literal: unknown): Matcher | undefined {
  if (typeof literal !== 'string' || literal === '' || typeof matcherOf(literal) !== 'string')
    return undefined;
  return kind === 'prefix' ? { prefix: literal } : { suffix: literal };
}
