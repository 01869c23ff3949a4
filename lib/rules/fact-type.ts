import { kindOf, lookUpPath } from '../findings/catalogue.ts';
import { nearest } from '../findings/nearest.ts';
import { type AsffPath, parsePath } from '../findings/path.ts';
import type { TypeRef } from '../findings/type-ref.ts';
import type { LeafSite } from './condition-sites.ts';
import { didYouMean, quote } from './diagnostic.ts';
import type { Workspace } from './workspace.ts';

export type ValueKind = 'string' | 'number' | 'boolean' | 'structure' | 'map' | 'any';

/** What a fact holds. Of a list, `kind`, `enum` and `element` speak of its elements. */
export interface FactType {
  readonly known: true;
  readonly list: boolean;
  readonly kind: ValueKind;
  readonly enum?: readonly string[];
  /** Always there: no finding can be imported without it, or the view fills it in. */
  readonly required: boolean;
  /** Where paths inside an element start; absent where the fact is no part of the finding. */
  readonly element?: TypeRef;
}

export type FactLookup =
  | FactType
  | {
      readonly known: false;
      readonly message: string;
      readonly help?: string | undefined;
      /** What was meant, where one name alone is near enough to be it. */
      readonly only?: string | undefined;
    };

/** Members of a finding that the view leaves out or that change by themselves: a rule on them could not rest. */
const NO_FACTS: Readonly<Record<string, string>> = {
  WorkflowState: 'It is retired: read Workflow.Status.',
  ProcessedAt: 'Security Hub sets it anew each time: read UpdatedAt.',
  'Note.UpdatedBy': 'Who wrote a note is how the product tells its own: read Note.Text.',
  'Severity.Product': 'It is deprecated and left out: read Severity.Label or Severity.Original.',
};

/** What the view fills in where a finding says nothing. */
const FILLED_IN: ReadonlySet<string> = new Set([
  'Severity',
  'Workflow',
  'Workflow.Status',
  'VerificationState',
]);

const OWN_FACTS = ['ageDays', 'event.detailType', 'event.actionName'];

/** Looks a fact up as the function will: an ASFF path, or one of our own facts, which begin in lower case. */
export function lookUpFact(fact: string, workspace: Workspace): FactLookup {
  if (fact === 'ageDays') return { known: true, list: false, kind: 'number', required: false };
  if (fact.startsWith('event.') && OWN_FACTS.includes(fact))
    return { known: true, list: false, kind: 'string', required: false };
  if (fact.startsWith('lists.')) {
    if (workspace.lists.has(fact.slice('lists.'.length)))
      return { known: true, list: true, kind: 'string', required: false };
  } else if (fact.startsWith('account.')) {
    const type = typeOfAccountKey(fact.slice('account.'.length), workspace);
    if (type !== undefined) return type;
  } else if (!/^[a-z]/.test(fact)) {
    return lookUpAsff(fact, undefined, workspace);
  }
  return unknownOwnFact(fact, workspace);
}

/** Looks up the fact of a comparison, relative to the element it is judged on; undefined where that is unknown too. */
export function lookUpFactOf({ leaf, within }: LeafSite, workspace: Workspace): FactLookup | undefined {
  const { fact } = leaf;
  if (typeof fact !== 'string') return undefined;
  const outer = within.at(-1);
  if (outer === undefined) return lookUpFact(fact, workspace);
  const list = lookUpFactOf(outer, workspace);
  if (list === undefined || !list.known || list.element === undefined) return undefined;
  return lookUpAsff(fact, list.element, workspace);
}

function lookUpAsff(fact: string, from: TypeRef | undefined, workspace: Workspace): FactLookup {
  const path = parsePath(fact);
  if (path === null) {
    const message = `${quote(fact)} is no path into a finding.`;
    const help = 'A path is written Name.Name, with [*] or [0] for elements and ["any key"] for other names.';
    return { known: false, message, help };
  }
  const refusal = from === undefined ? refusalOf(path, workspace) : undefined;
  if (refusal !== undefined) return { known: false, message: `${quote(fact)} is no fact.`, help: refusal };
  const found = lookUpPath(path, from);
  if (!found.known) {
    const where = from === undefined ? 'a finding' : `an element (${from})`;
    const named = from === undefined ? nearest(fact, ownFacts(workspace)) : [];
    const near = [...found.suggestions, ...named].slice(0, 3);
    const message = `${quote(fact)} is not in ${where}.`;
    return { known: false, message, help: didYouMean(near), only: near.length === 1 ? near[0] : undefined };
  }
  const { list, element } = found;
  const required = found.required || (from === undefined && FILLED_IN.has(fact));
  const kind = kindOf(element);
  if (kind === 'list') return { known: true, list: true, kind: 'any', required };
  return {
    known: true,
    list,
    kind,
    element,
    required,
    ...(found.enum === undefined ? {} : { enum: found.enum }),
  };
}

function refusalOf({ segments }: AsffPath, { config }: Workspace): string | undefined {
  const [member, key] = segments;
  const name = segments.slice(0, 2).map(String).join('.');
  for (const text of [String(member), name]) if (Object.hasOwn(NO_FACTS, text)) return NO_FACTS[text];
  const marks = [config.prefix, ...config.succeeds].flatMap((prefix) => [
    `${prefix}Rules`,
    `${prefix}Set`,
    `${prefix}Hold`,
  ]);
  if (member !== 'UserDefinedFields' || typeof key !== 'string' || !marks.includes(key)) return undefined;
  return "It is the product's own mark, which rules do not see.";
}

function typeOfAccountKey(key: string, { accounts }: Workspace): FactType | undefined {
  const values = Object.values(accounts).flatMap((account) =>
    Object.hasOwn(account, key) && account[key] !== undefined ? [account[key]] : [],
  );
  const [kind, ...others] = new Set(values.map((value) => (Array.isArray(value) ? 'list' : typeof value)));
  if (kind === undefined) return undefined;
  if (others.length > 0) return { known: true, list: false, kind: 'any', required: false };
  if (kind === 'list') return { known: true, list: true, kind: 'string', required: false };
  return { known: true, list: false, kind: kind as 'string' | 'number' | 'boolean', required: false };
}

function unknownOwnFact(fact: string, workspace: Workspace): FactLookup {
  if (fact === 'accounts' || fact === 'lists') {
    const known = ownFacts(workspace).filter((name) => name.startsWith(fact.slice(0, -1)));
    return {
      known: false,
      message: `${quote(fact)} is no fact by itself.`,
      help: `Known: ${known.join(', ')}.`,
    };
  }
  const path = parsePath(fact);
  const asff = path === null ? [] : lookUpPath(path);
  const suggestions = [
    ...nearest(fact, ownFacts(workspace)),
    ...('known' in asff && !asff.known ? asff.suggestions : []),
  ].slice(0, 3);
  const file = fact.startsWith('lists.')
    ? `There is no rules/context/${fact.slice('lists.'.length)}.json.`
    : undefined;
  const help = [file, didYouMean(suggestions)].filter((text) => text !== undefined).join(' ');
  const known = `Our own facts: ${ownFacts(workspace).join(', ')}.`;
  const only = suggestions.length === 1 ? suggestions[0] : undefined;
  return { known: false, message: `${quote(fact)} is no fact.`, help: help === '' ? known : help, only };
}

function ownFacts({ lists, accounts }: Workspace): readonly string[] {
  const keys = new Set(Object.values(accounts).flatMap((account) => Object.keys(account)));
  return [
    ...OWN_FACTS,
    ...[...keys].sort().map((key) => `account.${key}`),
    ...[...lists.keys()].sort().map((name) => `lists.${name}`),
  ];
}
