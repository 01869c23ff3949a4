import { RE2JS } from 're2js';
import { readComparison } from '../comparison.ts';
import { diagnose, quote } from '../diagnostic.ts';
import type { FileCheck } from '../workspace.ts';

/** Expressions are RE2, which runs in linear time whatever a finding holds; what RE2 cannot do is refused here. */
export const checkRegex: FileCheck = ({ source, sites }, workspace) =>
  sites.leaves.flatMap((site) => {
    const comparison = readComparison(site, workspace);
    if (comparison === undefined || 'code' in comparison || comparison.signature.value !== 'regex') return [];
    return comparison.right.values.flatMap((value, i) => {
      const fault = typeof value === 'string' ? faultOf(value) : undefined;
      if (fault === undefined) return [];
      const at = { path: [...site.path, 'value', ...(Array.isArray(site.leaf.value) ? [i] : [])] };
      const help = 'RE2 knows no look-around and no back-references; the whole text must match.';
      return [diagnose(source, at, 'TR111', `${quote(value)} is no RE2 expression: ${fault}.`, help)];
    });
  });

function faultOf(expression: string): string | undefined {
  try {
    RE2JS.compile(expression);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
