import { FINDING, lookUpPath, membersOf } from '../findings/catalogue.ts';
import { parsePath } from '../findings/path.ts';
import { type FactType, lookUpFact } from '../rules/fact-type.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import type { Workspace } from '../rules/workspace.ts';

export interface KnownFact {
  readonly fact: string;
  /** `text`, `list of texts`, `one of LOW, MEDIUM …`: in the words of the author's guide. */
  readonly type: string;
}

/** What facts are looked up in: they depend on lists and accounts, not on rules. */
export function factSource({ conditions: _, lists, accounts, config }: Ruleset): Workspace {
  return { rules: [], conditions: new Map(), lists: new Map(Object.entries(lists)), accounts, config };
}

/** The members of a finding that a rule can read, and our own facts, in that order. */
export function listFacts(source: Workspace): {
  readonly finding: readonly KnownFact[];
  readonly own: readonly KnownFact[];
} {
  const keys = new Set(Object.values(source.accounts).flatMap((account) => Object.keys(account)));
  const own = [
    'ageDays',
    'event.detailType',
    'event.actionName',
    ...[...keys].sort().map((key) => `account.${key}`),
    ...[...source.lists.keys()].sort().map((name) => `lists.${name}`),
  ];
  return { finding: known(Object.keys(membersOf(FINDING)), source), own: known(own, source) };
}

/** The facts one step below a fact; of a list, those of its elements. */
export function factsBelow(fact: string, source: Workspace): readonly KnownFact[] {
  const path = parsePath(fact);
  const found = path === null || /^[a-z]/.test(fact) ? undefined : lookUpPath(path);
  if (found === undefined || !found.known) return [];
  const each = found.type === 'list' ? '[*]' : '';
  return known(
    Object.keys(membersOf(found.element)).map((member) => `${fact}${each}.${member}`),
    source,
  );
}

/** A type in the words of the author's guide. */
export function describeType({ list, kind, enum: values }: FactType): string {
  const word = {
    string: 'text',
    number: 'number',
    boolean: 'true or false',
    structure: 'members',
    map: 'keys with values',
    any: 'anything',
  }[kind];
  const single = values === undefined ? word : `one of ${values.join(', ')}`;
  return list ? `list: ${single}` : single;
}

function known(facts: readonly string[], source: Workspace): readonly KnownFact[] {
  return facts.flatMap((fact) => {
    const type = lookUpFact(fact, source);
    return type.known ? [{ fact, type: describeType(type) }] : [];
  });
}
