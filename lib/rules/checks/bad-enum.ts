import { nearest } from '../../findings/nearest.ts';
import { readComparison } from '../comparison.ts';
import { diagnose, didYouMean, quote } from '../diagnostic.ts';
import { replaceValue, withFix } from '../fix.ts';
import type { OperatorName } from '../operators.ts';
import type { FileCheck } from '../workspace.ts';

const COMPARES_WHOLE_VALUES: ReadonlySet<OperatorName> = new Set([
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'equalsIgnoreCase',
] as const);

/** A value that the API never puts into an enumerated field ("Critical" for CRITICAL) can only be a slip. */
export const checkBadEnum: FileCheck = ({ source, sites }, workspace) =>
  sites.leaves.flatMap((site) => {
    const comparison = readComparison(site, workspace);
    if (comparison === undefined || 'code' in comparison) return [];
    const { operator, left, right } = comparison;
    const allowed = left.enum;
    if (allowed === undefined || right.from !== 'literal' || !COMPARES_WHOLE_VALUES.has(operator)) return [];
    const same = (value: string) =>
      operator === 'equalsIgnoreCase' ? allowed.includes(value.toUpperCase()) : allowed.includes(value);
    return right.values.flatMap((value, i) => {
      if (typeof value !== 'string' || same(value)) return [];
      const isArray = Array.isArray(site.leaf.value);
      const near = nearest(value, allowed);
      const [only, another] = near;
      const help = didYouMean(near) ?? `One of: ${allowed.join(', ')}.`;
      const at = { path: [...site.path, 'value', ...(isArray ? [i] : [])] };
      const fix =
        only === undefined || another !== undefined ? undefined : replaceValue(source, at.path, only);
      return [withFix(diagnose(source, at, 'TR110', `${left.text} is never ${quote(value)}.`, help), fix)];
    });
  });
