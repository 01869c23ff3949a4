import { UPDATABLE_FIELDS } from '../findings/update.ts';
import type { Rule } from '../rules/rule.ts';
import type { Remark } from './remark.ts';
import type { SourceRule, SourceRules } from './source-rule.ts';
import { conditionOf, type Tree } from './tree.ts';

/** What the user asked for; what no source says. */
export interface ImportChoices {
  readonly owner: string;
  readonly mode: Rule['mode'];
  /** Whether rules that are switched off there are imported too, observing. */
  readonly disabled: boolean;
  /** Whether rules that may suppress CRITICAL findings go on doing so. */
  readonly allowCritical: boolean;
  /** The last day (`YYYY-MM-DD`) of rules that suppress. */
  readonly expires: string;
  /** The priority of the first rule; each later one is 10 above. */
  readonly firstPriority: number;
  /** Names of rules that are taken. */
  readonly taken: ReadonlySet<string>;
}

/** A rule made of one of the source, before it was tried. */
export interface BuiltRule {
  readonly source: SourceRule;
  readonly rule: Rule;
  /** Its conditions, with what makes them true and false. */
  readonly tree: Tree;
  readonly remarks: readonly Remark[];
}

export interface BuiltRules {
  readonly built: readonly BuiltRule[];
  /** Rules of the source that are not imported, and why. */
  readonly left: readonly { readonly source: SourceRule; readonly why: readonly string[] }[];
}

const STEP = 10;

/**
 * Makes rules of what a source holds, in its order: a later rule wins there, so it gets a higher priority here. A
 * terminal rule keeps later ones from acting, so those that may meet it ask that its conditions do not hold: "stop"
 * works the other way round, from the highest priority down.
 */
export function buildRules(
  { rules }: SourceRules,
  choices: ImportChoices,
  mayMeet: (a: Tree, b: Tree) => boolean,
): BuiltRules {
  const names = namesOf(rules, choices.taken);
  const built: BuiltRule[] = [];
  const left: { source: SourceRule; why: readonly string[] }[] = [];
  const terminals: { readonly name: string; readonly tree: Tree }[] = [];
  let unreadTerminal: string | undefined;
  for (const [i, source] of rules.entries()) {
    const name = names[i] ?? '';
    const skipped = source.isDisabled && !choices.disabled;
    if (skipped || source.refusals.length > 0 || source.criteria === null)
      left.push({ source, why: skipped ? [DISABLED] : source.refusals });
    else {
      const own = { all: source.criteria };
      const stopping = terminals.filter(({ tree }) => mayMeet(own, tree));
      const tree = { all: [...source.criteria, ...stopping.map(notDecidedBy)] };
      const priority = choices.firstPriority + i * STEP;
      built.push(buildRule(source, name, tree, choices, { priority, unreadTerminal }));
    }
    if (!source.isTerminal || source.isDisabled) continue;
    if (source.criteria === null) unreadTerminal = source.title;
    else terminals.push({ name, tree: { all: source.criteria } });
  }
  return { built, left };
}

const DISABLED = 'It is disabled there. --disabled imports it as a rule that observes.';

function notDecidedBy({ name, tree }: { readonly name: string; readonly tree: Tree }): Tree {
  return { name: `not decided by ${name}`, not: tree };
}

function buildRule(
  source: SourceRule,
  name: string,
  tree: Tree,
  { owner, mode, expires }: ImportChoices,
  { priority, unreadTerminal }: { readonly priority: number; readonly unreadTerminal: string | undefined },
): BuiltRule {
  const hides = source.params.Workflow?.Status === 'SUPPRESSED';
  const rule: Rule = {
    name,
    description: oneLine(source.description),
    owner,
    reason: `Imported from ${oneLine(source.origin)}`,
    ...(hides && { expires }),
    mode: source.isDisabled ? 'observe' : mode,
    priority,
    conditions: conditionOf(tree),
    event: { type: 'update', params: inOrder(source.params) },
  };
  const stopped: Remark = {
    kind: 'differs',
    code: 'terminal-rule-unread',
    text: `The terminal rule ${JSON.stringify(unreadTerminal)} before it could not be imported; findings that it keeps from this rule are decided by it here.`,
    fields: UPDATABLE_FIELDS,
  };
  const review: Remark = {
    kind: 'review',
    code: 'suppression-ends',
    text: `It suppresses until ${expires}, a day nobody agreed to: put the agreed one in "expires", and say "reasonCode" and "ticket".`,
  };
  const remarks = [
    ...source.remarks,
    ...(unreadTerminal === undefined ? [] : [stopped]),
    ...(hides ? [review] : []),
  ];
  return { source, rule, tree, remarks };
}

/** The nine fields in the order in which we write them. */
function inOrder(params: Rule['event']['params']): Rule['event']['params'] {
  return Object.fromEntries(
    UPDATABLE_FIELDS.flatMap((field) => (params[field] === undefined ? [] : [[field, params[field]]])),
  );
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A name in small letters with hyphens for each rule, none twice and none that is taken. */
function namesOf(rules: readonly SourceRule[], taken: ReadonlySet<string>): readonly string[] {
  const used = new Set(taken);
  return rules.map(({ title }) => {
    const plain = title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60)
      .replace(/-+$/, '');
    const base = plain === '' ? 'imported-rule' : plain;
    let name = base;
    for (let n = 2; used.has(name); n += 1) name = `${base}-${n}`;
    used.add(name);
    return name;
  });
}
