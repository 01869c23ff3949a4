import { nearest } from '../../findings/nearest.ts';
import { diagnose, didYouMean, quote } from '../diagnostic.ts';
import { replaceValue, withFix } from '../fix.ts';
import { DECORATORS, OPERATORS, readOperator } from '../operators.ts';
import type { FileCheck } from '../workspace.ts';

/** The engine accepts any operator when it loads a rule and fails at the first finding: so unknown ones are refused. */
export const checkUnknownOperator: FileCheck = ({ source, sites }) =>
  sites.leaves.flatMap(({ leaf, path }) => {
    const { operator } = leaf;
    if (typeof operator !== 'string' || readOperator(operator) !== null) return [];
    const parts = operator.split(':');
    const last = parts.at(-1) ?? '';
    const decorator = parts.slice(0, -1).find((part) => !(DECORATORS as readonly string[]).includes(part));
    const at = { path: [...path, 'operator'] };
    if (decorator !== undefined) {
      const help = didYouMean(nearest(decorator, DECORATORS)) ?? `Known: ${DECORATORS.join(', ')}.`;
      return [diagnose(source, at, 'TR102', `${quote(decorator)} is not a decorator of operators.`, help)];
    }
    const known = Object.keys(OPERATORS);
    const near = nearest(last, known);
    const help = didYouMean(near) ?? `Known: ${known.join(', ')}.`;
    const [only, another] = near.map((name) => [...parts.slice(0, -1), name].join(':'));
    const fix = only === undefined || another !== undefined ? undefined : replaceValue(source, at.path, only);
    return [withFix(diagnose(source, at, 'TR102', `${quote(last)} is not an operator.`, help), fix)];
  });
