import { applyEdits, type Edit, findNodeAtLocation } from 'jsonc-parser';
import type { Diagnostic, Fix } from './diagnostic.ts';
import type { JsonPath, Source } from './source.ts';

/** Puts another text in the place of one, leaving all around it alone; undefined where the file has none there itself. */
export function replaceValue({ tree }: Pick<Source, 'tree'>, path: JsonPath, value: string): Fix | undefined {
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, [...path]);
  if (node?.type !== 'string') return undefined;
  return [{ offset: node.offset, length: node.length, content: JSON.stringify(value) }];
}

/** The diagnostic with a fix, where there is one that is safe. */
export function withFix(diagnostic: Diagnostic, fix: Fix | undefined): Diagnostic {
  return fix === undefined ? diagnostic : { ...diagnostic, fix };
}

/** Applies the fixes that do not overlap, the first ones first; the others are left for another round. */
export function applyFixes(
  text: string,
  fixes: readonly Fix[],
): { readonly text: string; readonly applied: number } {
  const taken: Edit[] = [];
  let applied = 0;
  for (const fix of fixes) {
    if (fix.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    taken.push(...fix);
    applied += 1;
  }
  return { text: applyEdits(text, taken), applied };
}

function overlaps(a: Edit, b: Edit): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
