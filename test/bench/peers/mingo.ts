import { Query } from 'mingo';
import { type BuildMatcher, namesWhere } from './matcher.ts';
import { mongoQuery } from './mongo-query.ts';

/** mingo, one Query a rule, made once. */
export const buildMingo: BuildMatcher = (ruleset) => {
  const queries = ruleset.rules.map(({ name, conditions }) => ({
    name,
    query: new Query(mongoQuery(conditions, ruleset)),
  }));
  return (finding) => namesWhere(queries, ({ query }) => query.test(finding));
};
