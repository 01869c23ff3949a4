import { nearest } from '../../findings/nearest.ts';
import { diagnose, didYouMean, quote } from '../diagnostic.ts';
import type { FileCheck } from '../workspace.ts';

/** A reference names a file of rules/conditions; the engine would fail on an unknown one at the first finding. */
export const checkUnknownCondition: FileCheck = ({ source, sites }, { conditions }) =>
  sites.references.flatMap(({ path, name, within }) => {
    if (within.length > 0) {
      const help = 'Facts there are relative to the element; write the conditions out.';
      return [
        diagnose(source, { path }, 'TR113', 'A block on elements cannot use a shared condition.', help),
      ];
    }
    if (typeof name !== 'string' || conditions.has(name)) return [];
    const help = didYouMean(nearest(name, conditions.keys())) ?? `There is no rules/conditions/${name}.json.`;
    return [diagnose(source, { path }, 'TR113', `${quote(name)} is no shared condition.`, help)];
  });
