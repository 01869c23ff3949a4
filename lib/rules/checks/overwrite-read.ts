import type { UpdatableField } from '../../findings/update.ts';
import { isObject } from '../condition-sites.ts';
import { diagnose, quote } from '../diagnostic.ts';
import { factReading, factsReadBy } from '../file-reads.ts';
import type { ConditionFile, WorkspaceCheck } from '../workspace.ts';
import { writtenUpdate } from '../written-update.ts';

/** Fields whose former value is lost once they are overwritten, and whether another rule's reading matters too. */
const LOST: readonly { readonly field: UpdatableField; readonly byAnyRule: boolean }[] = [
  { field: 'Note', byAnyRule: true },
  { field: 'UserDefinedFields', byAnyRule: true },
  { field: 'Types', byAnyRule: false },
  { field: 'RelatedFindings', byAnyRule: false },
];

/**
 * After a person's note, list or user-defined value is overwritten it can no longer be read, so a rule that reads it
 * would decide otherwise the next time: applying a decision must not change the decision.
 */
export const checkOverwriteRead: WorkspaceCheck = (workspace) =>
  workspace.rules.flatMap((rule) =>
    LOST.flatMap(({ field, byAnyRule }) => {
      const index = indexOfOverwrite(rule, field);
      if (index < 0) return [];
      const keys = keysWrittenBy(rule);
      const readers = byAnyRule ? workspace.rules : [rule];
      return readers.flatMap((reader) => {
        const fact = factReading(factsReadBy(reader, workspace), field, keys);
        if (fact === undefined) return [];
        const who = reader === rule ? 'this rule' : `the rule ${quote(reader.name)}`;
        const message = `${quote(rule.name)} overwrites ${field}, and ${who} reads ${fact}.`;
        const help = 'What is overwritten cannot be read again: give up the one or the other.';
        return [diagnose(rule.source, { path: ['overwrite', index] }, 'TR117', message, help)];
      });
    }),
  );

function indexOfOverwrite({ value }: ConditionFile, field: UpdatableField): number {
  return Array.isArray(value.overwrite) ? value.overwrite.indexOf(field) : -1;
}

function keysWrittenBy(rule: ConditionFile): readonly string[] {
  const { UserDefinedFields } = writtenUpdate(rule);
  return isObject(UserDefinedFields) ? Object.keys(UserDefinedFields) : [];
}
