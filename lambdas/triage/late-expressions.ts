import { createRequire } from 'node:module';
import type { RE2JS as Expressions } from 're2js';

let loaded: typeof Expressions | null = null;

/**
 * Stands in for re2js in the bundle: that library is half of what would be read at a cold start, and many rulesets
 * match no expression. Operators answer at once, so it is required, not imported, when one is first asked for; the
 * file beside this one is the package itself.
 */
export const RE2JS: Pick<typeof Expressions, 'compile' | 'DOTALL'> = {
  get DOTALL() {
    return expressions().DOTALL;
  },
  compile: (pattern, flags) => expressions().compile(pattern, flags),
};

function expressions(): typeof Expressions {
  loaded ??= (createRequire(import.meta.url)('./expressions.mjs') as { RE2JS: typeof Expressions }).RE2JS;
  return loaded;
}
