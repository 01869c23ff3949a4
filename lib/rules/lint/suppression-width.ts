import { parsePath } from '../../findings/path.ts';
import type { Clause, Literal } from '../meeting/literal.ts';
import { solveClause } from '../meeting/solve-clause.ts';
import type { Space } from '../meeting/space.ts';

/** The four questions that a narrow suppression answers: whose finding, where, about what, on which thing. */
export const DIMENSIONS = ['product', 'account', 'control', 'resource'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How far one way of matching reaches. */
export interface Width {
  readonly narrowed: ReadonlySet<Dimension>;
  /** Accounts of accounts.json that it covers; undefined where the account plays no part or none is known. */
  readonly accounts?: { readonly covered: number; readonly known: number };
  /** The most severe label it lets through. */
  readonly upTo: string;
}

const MEMBERS: Readonly<Record<string, Dimension>> = {
  ProductArn: 'product',
  ProductName: 'product',
  CompanyName: 'product',
  AwsAccountId: 'account',
  AwsAccountName: 'account',
  GeneratorId: 'control',
  Title: 'control',
  Description: 'control',
  Types: 'control',
  Compliance: 'control',
  Vulnerabilities: 'control',
  Malware: 'control',
  ThreatIntelIndicators: 'control',
  Detection: 'control',
  Sample: 'control',
  FindingProviderFields: 'control',
  Resources: 'resource',
  Network: 'resource',
  NetworkPath: 'resource',
  Process: 'resource',
  Action: 'resource',
};
/** Says nothing about what is found: every control has one of four. */
const NOT_NARROWING = /^(Compliance\.Status|FindingProviderFields\.Severity)/;
const LABELS = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];
/** Texts that nobody would write into a rule: what lets them pass lets nearly everything pass. */
const ANYTHING = ['\u00a4\u00a7 any text', '000000000000', 'arn:aws:any:::\u00a4'];

/**
 * How wide one way of matching is. A comparison narrows a dimension if a value that nobody named does not pass it:
 * `notEqual`, `exists` and `glob *` let nearly everything pass and narrow nothing.
 */
export function widthOf(clause: Clause, space: Space): Width {
  const narrowed = new Set<Dimension>();
  for (const literal of clause) {
    const dimension = dimensionOf(literal.leaf.fact);
    if (dimension !== undefined && narrows(literal, space)) narrowed.add(dimension);
  }
  const known = Object.keys(space.accounts);
  const onAccount = clause.filter(
    ({ leaf }) => dimensionOf(leaf.fact) === 'account' && leaf.fact !== 'AwsAccountName',
  );
  const covered = known.filter((id) =>
    onAccount.every((literal) => holdsOnAccount(literal, id, space)),
  ).length;
  // A condition that every account of ours fulfils leaves nobody out.
  if (known.length > 1 && covered === known.length) narrowed.delete('account');
  const severity = clause.filter(({ leaf }) => leaf.fact === 'Severity.Label');
  const upTo = LABELS.find((label) =>
    severity.every(({ leaf, holds }) => space.judge(leaf, label) === holds),
  );
  return {
    narrowed,
    ...(onAccount.length > 0 && known.length > 0 ? { accounts: { covered, known: known.length } } : {}),
    upTo: upTo ?? 'CRITICAL',
  };
}

/** The widest way to match of a rule: what it hides is at least what that one hides. */
export interface Widest extends Width {
  /** How many ways to match there are, actions that a person takes left out. */
  readonly ways: number;
  /** `any product, 1 of the 2 known accounts, certain controls and certain resources, up to HIGH` */
  readonly reach: string;
}

const ANY: Readonly<Record<Dimension, string>> = {
  product: 'any product',
  account: 'any account',
  control: 'any control or type of finding',
  resource: 'any resource',
};
const CERTAIN: Readonly<Record<Dimension, string>> = {
  product: 'certain products',
  account: 'certain accounts',
  control: 'certain controls or types of finding',
  resource: 'certain resources',
};

/** Undefined where no finding matches, only those that a person picked, or too many ways are to be told apart. */
export function widestOf(clauses: readonly Clause[] | null, space: Space): Widest | undefined {
  const widths = (clauses ?? [])
    .filter((clause) => solveClause(clause, space).can !== 'no' && !isPressed(clause))
    .map((clause) => widthOf(clause, space))
    .sort((a, b) => a.narrowed.size - b.narrowed.size);
  const [widest] = widths;
  if (widest === undefined) return undefined;
  const reach = `${listed(DIMENSIONS.map((dimension) => reachIn(dimension, widest)))}, up to ${widest.upTo}`;
  return { ...widest, ways: widths.length, reach };
}

function reachIn(dimension: Dimension, { narrowed, accounts }: Width): string {
  if (dimension === 'account' && accounts !== undefined)
    return `${accounts.covered} of the ${accounts.known} known accounts`;
  return narrowed.has(dimension) ? CERTAIN[dimension] : ANY[dimension];
}

/** A custom action reaches only the findings that a person picked. */
function isPressed(clause: Clause): boolean {
  return clause.some(({ leaf, holds }) => holds && leaf.fact === 'event.actionName');
}

export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function dimensionOf(fact: string): Dimension | undefined {
  if (fact.startsWith('account.')) return 'account';
  if (NOT_NARROWING.test(fact)) return undefined;
  const [member, key] = parsePath(fact)?.segments ?? [];
  if (member === 'ProductFields') {
    if (/ProductName|CompanyName/.test(String(key))) return 'product';
    return /control|rule|check|detector|title|type/i.test(String(key)) ? 'control' : 'resource';
  }
  return typeof member === 'string' && Object.hasOwn(MEMBERS, member) ? MEMBERS[member] : undefined;
}

function narrows({ leaf, holds }: Literal, space: Space): boolean {
  if (/(Element|^exists|:exists)$/.test(leaf.operator)) return narrowsElement(leaf.operator, holds);
  const domain = space.domainOf(leaf.fact);
  const tried = ANYTHING.map((text) => (domain?.list === true ? [text] : text));
  const numbers = domain?.kind === 'number' ? [-1, 1e9] : [];
  return ![...tried, ...numbers].some((value) => space.judge(leaf, value) === holds);
}

/** One element has to be of a kind; that none is, or that something is there, leaves nearly all. */
function narrowsElement(operator: string, holds: boolean): boolean {
  return holds && /(^|:)(any|every)Element$/.test(operator) && !operator.startsWith('not:');
}

function holdsOnAccount({ leaf, holds }: Literal, id: string, space: Space): boolean {
  if (leaf.fact === 'AwsAccountId') return space.judge(leaf, id) === holds;
  const account = space.accounts[id] ?? {};
  const key = leaf.fact.slice('account.'.length);
  return space.judge(leaf, Object.hasOwn(account, key) ? account[key] : undefined) === holds;
}
