import { readComparison } from '../comparison.ts';
import { takesConditions } from '../condition-sites.ts';
import { diagnose } from '../diagnostic.ts';
import { faultOfOperand } from '../operand-fault.ts';
import type { FileCheck } from '../workspace.ts';

const MAX_ELEMENT_DEPTH = 3;

/**
 * The value of a comparison is of the kind that its operator compares. Many a mistake here is silent (a text of digits
 * never equals a number), some stop the engine for every rule (`in` with a number).
 */
export const checkOperandType: FileCheck = ({ source, sites }, workspace) =>
  sites.leaves.flatMap((site) => {
    if (site.within.length === MAX_ELEMENT_DEPTH && takesConditions(site.leaf.operator)) {
      const message = `Blocks on elements nest more than ${MAX_ELEMENT_DEPTH} deep.`;
      return [diagnose(source, { path: [...site.path, 'operator'] }, 'TR103', message)];
    }
    const comparison = readComparison(site, workspace);
    if (comparison === undefined) return [];
    if ('code' in comparison) {
      if (comparison.code !== 'TR103') return [];
      const at = { path: [...site.path, comparison.member] };
      return [diagnose(source, at, 'TR103', comparison.message, comparison.help)];
    }
    const fault = faultOfOperand(comparison);
    if (fault === undefined) return [];
    return [diagnose(source, { path: [...site.path, 'value'] }, 'TR103', fault.message, fault.help)];
  });
