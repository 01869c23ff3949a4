import { isObject } from '../condition-sites.ts';
import { diagnose } from '../diagnostic.ts';
import { lookUpFact, lookUpFactOf } from '../fact-type.ts';
import { replaceValue, withFix } from '../fix.ts';
import type { FileCheck } from '../workspace.ts';

/** A fact that no finding has never matches, or with a negation always does: refused, on either side of a comparison. */
export const checkUnknownFact: FileCheck = ({ source, sites }, workspace) =>
  sites.leaves.flatMap((site) => {
    const { leaf, path } = site;
    const left = lookUpFactOf(site, workspace);
    const valueFact = isObject(leaf.value) ? leaf.value.fact : undefined;
    const right = typeof valueFact === 'string' ? lookUpFact(valueFact, workspace) : undefined;
    return [
      ...(left === undefined || left.known ? [] : [{ at: [...path, 'fact'], ...left }]),
      ...(right === undefined || right.known ? [] : [{ at: [...path, 'value', 'fact'], ...right }]),
    ].map(({ at, message, help, only }) =>
      withFix(
        diagnose(source, { path: at }, 'TR101', message, help),
        only === undefined ? undefined : replaceValue(source, at, only),
      ),
    );
  });
