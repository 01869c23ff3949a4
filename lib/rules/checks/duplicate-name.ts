import { diagnose, quote } from '../diagnostic.ts';
import type { ConditionFile, WorkspaceCheck } from '../workspace.ts';

/** Marks and logs name rules: two of one name could not be told apart. */
export const checkDuplicateName: WorkspaceCheck = ({ rules }) => {
  const first = new Map<string, ConditionFile>();
  return rules.flatMap((rule) => {
    const taken = first.get(rule.name);
    if (taken === undefined) {
      if (rule.name !== '') first.set(rule.name, rule);
      return [];
    }
    const message = `The name ${quote(rule.name)} is taken by ${taken.source.label}.`;
    return [diagnose(rule.source, { path: ['name'] }, 'TR119', message, 'A rule has a name of its own.')];
  });
};
