/** Who answers for rules where there are none yet. */
const NOBODY = '@example/secops';

/** Who is named most often, the first in order of name among equals. */
export function ownerOfMost(named: readonly string[]): string {
  const counts = Map.groupBy(named, (owner) => owner);
  const owners = [...counts.keys()].sort();
  return owners.sort((a, b) => (counts.get(b)?.length ?? 0) - (counts.get(a)?.length ?? 0))[0] ?? NOBODY;
}
