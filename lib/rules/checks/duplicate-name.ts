import { diagnose, quote } from '../diagnostic.ts';
import type { WorkspaceCheck } from '../workspace.ts';

/** Marks and logs name rules: two of one name could not be told apart. */
export const checkDuplicateName: WorkspaceCheck = ({ rules }) =>
  rules.flatMap((rule, i) => {
    const first = rules.slice(0, i).find(({ name }) => name === rule.name && name !== '');
    if (first === undefined) return [];
    const message = `The name ${quote(rule.name)} is taken by ${first.source.label}.`;
    return [diagnose(rule.source, { path: ['name'] }, 'TR119', message, 'A rule has a name of its own.')];
  });
