import { type AsffPath, EACH, parsePath } from '../findings/path.ts';
import type { UpdatableField } from '../findings/update.ts';
import { isObject, type LeafSite } from './condition-sites.ts';
import { placesOf } from './engine/template.ts';
import type { ConditionFile, Workspace } from './workspace.ts';
import { templatesOf } from './written-update.ts';

/**
 * The facts that a rule file reads: both sides of its comparisons, those of the shared conditions it uses, and the
 * places in its templates. A block on elements reads the list it is put on.
 */
export function factsReadBy(file: ConditionFile, workspace: Workspace): ReadonlySet<string> {
  const facts = new Set<string>();
  const followed = new Set<ConditionFile>();
  const follow = (next: ConditionFile): void => {
    if (followed.has(next)) return;
    followed.add(next);
    for (const site of next.sites.leaves) for (const fact of factsOf(site)) facts.add(fact);
    for (const { name } of next.sites.references) {
      const condition = typeof name === 'string' ? workspace.conditions.get(name) : undefined;
      if (condition !== undefined) follow(condition);
    }
  };
  follow(file);
  for (const { text } of templatesOf(file)) for (const fact of placesOf(text)) facts.add(fact);
  return facts;
}

function factsOf({ leaf, within }: LeafSite): readonly string[] {
  if (within.length > 0) return [];
  const right = isObject(leaf.value) ? leaf.value.fact : undefined;
  return [leaf.fact, right].filter((fact) => typeof fact === 'string');
}

/** The first of the facts that reads a field which updates can change; of user-defined fields one of these keys. */
export function factReading(
  facts: Iterable<string>,
  field: UpdatableField,
  keys: readonly string[] = [],
): string | undefined {
  for (const fact of facts) {
    const path = parsePath(fact);
    if (path !== null && reads(path, field, keys)) return fact;
  }
  return undefined;
}

function reads({ segments }: AsffPath, field: UpdatableField, keys: readonly string[]): boolean {
  const [member, key] = segments;
  if (member !== field) return false;
  if (field !== 'UserDefinedFields') return true;
  // Without a key, or with [*], the whole map is read.
  return key === undefined || key === EACH || keys.includes(String(key));
}
