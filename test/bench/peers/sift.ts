import sift from 'sift';
import { type BuildMatcher, namesWhere } from './matcher.ts';
import { mongoQuery } from './mongo-query.ts';

/** sift, one filter a rule, made once. */
export const buildSift: BuildMatcher = (ruleset) => {
  const filters = ruleset.rules.map(({ name, conditions }) => ({
    name,
    test: sift.default(mongoQuery(conditions, ruleset)),
  }));
  return (finding) => namesWhere(filters, ({ test }) => test(finding));
};
