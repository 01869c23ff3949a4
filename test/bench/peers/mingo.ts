import { Query } from 'mingo';
import type { BuildMatcher } from './matcher.ts';
import { mongoQuery } from './mongo-query.ts';

/** mingo, one Query a rule, made once. */
export const buildMingo: BuildMatcher = (ruleset) => {
  const queries = ruleset.rules.map(({ name, conditions }) => ({
    name,
    query: new Query(mongoQuery(conditions, ruleset)),
  }));
  return (finding) => queries.flatMap(({ name, query }) => (query.test(finding) ? [name] : []));
};
