import type { Import } from '../import-rules.ts';

/** An import that was done, or with `isDry` would be. */
export interface ImportReport extends Import {
  readonly isDry: boolean;
  /** Where files stand: paths as the user wrote the rules folder. */
  readonly paths: ReadonlyMap<string, string>;
}

/** One line: how many rules came over, and how exactly. */
export function titleOf({ rules, system, isDry }: ImportReport): string {
  const done = rules.filter(({ rule }) => rule !== null).length;
  const exact = rules.filter(({ rule, remarks }) => rule !== null && !remarks.some(isInexact)).length;
  const verb = isDry ? 'would be imported' : 'imported';
  return `${done} of ${rules.length} ${system} ${verb}, ${exact} of them without a difference of their own`;
}

export function isInexact({ kind }: Import['remarks'][number]): boolean {
  return kind === 'lost' || kind === 'differs' || kind === 'assumed';
}

/** What to do next, in the order in which one does it. */
export function nextSteps({ rules, isDry }: ImportReport): readonly string[] {
  if (isDry) return ['Nothing was written. Leave --dry-run out to write the files.'];
  if (!rules.some(({ rule }) => rule !== null)) return [];
  const observes = rules.some(({ rule }) => rule?.mode === 'observe');
  return [
    'Look at them: triage lint, triage test, then triage simulate <findings> --as-enforced.',
    ...(observes ? ['The rules observe; write "mode": "enforce" in those that are right.'] : []),
  ];
}
