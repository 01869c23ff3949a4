import { expect, it } from 'vitest';
import { JSONPath } from '../../../lambdas/triage/no-jsonpath.ts';

it('what stands in for jsonpath-plus answers no path', () => {
  expect(JSONPath).toThrow('JSONPath is not evaluated');
});
