import { UPDATABLE_FIELDS } from '../../findings/update.ts';
import { isObject } from '../condition-sites.ts';
import { diagnose, quote } from '../diagnostic.ts';
import { factReading, factsReadBy } from '../file-reads.ts';
import type { WorkspaceCheck } from '../workspace.ts';
import { writtenUpdate } from '../written-update.ts';

/**
 * What a custom action writes is a person's act and is seen as it stands. If a rule of an action read what one of them
 * writes, pressing the button twice would do two different things.
 */
export const checkActionFeedback: WorkspaceCheck = (workspace) => {
  const ofActions = workspace.rules
    .map((rule) => ({ rule, facts: factsReadBy(rule, workspace) }))
    .filter(({ facts }) => [...facts].some((fact) => fact.startsWith('event.')));
  return ofActions.flatMap(({ rule: writer }) => {
    const written = writtenUpdate(writer);
    return UPDATABLE_FIELDS.filter((field) => written[field] !== undefined).flatMap((field) => {
      const value = written[field];
      const keys = field === 'UserDefinedFields' && isObject(value) ? Object.keys(value) : [];
      return ofActions.flatMap(({ rule: reader, facts }) => {
        const fact = factReading(facts, field, keys);
        if (fact === undefined) return [];
        const who = reader === writer ? 'it' : `the rule ${quote(reader.name)}, of a custom action too,`;
        const message = `${quote(writer.name)} writes ${field} on a custom action, and ${who} reads ${fact}.`;
        const help =
          'Pressed twice, the button would do two things: decide by a field that no action writes.';
        const at = { path: ['event', 'params', field], part: 'key' } as const;
        return [diagnose(writer.source, at, 'TR118', message, help)];
      });
    });
  });
};
