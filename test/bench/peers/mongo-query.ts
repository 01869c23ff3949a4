import type { Condition } from '../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { type Comparison, literalExpression, type Writer, writeCondition } from './comparison.ts';

export type MongoQuery = Readonly<Record<string, unknown>>;

/** A condition in MongoDB's query language, which mingo and sift both read; paths go through lists by themselves. */
export function mongoQuery(condition: Condition, ruleset: Ruleset): MongoQuery {
  return writeCondition(condition, ruleset, WRITER);
}

const WRITER: Writer<MongoQuery> = {
  all: (conditions) => ({ $and: conditions }),
  any: (conditions) => ({ $or: conditions }),
  not: (condition) => ({ $nor: [condition] }),
  comparison: ({ lists, members, quantifier, test }) => {
    const path = [...lists, ...members].join('.');
    if (quantifier !== 'every') return { [path]: predicate(test) };
    return { [path]: { $exists: true, $not: predicate(test, true) } };
  },
};

/** The predicate, or what contradicts it: "every" is "there are some, and none that does not". */
function predicate(test: Comparison['test'], negated = false): unknown {
  switch (test.kind) {
    case 'lessThan':
      return { [negated ? '$gte' : '$lt']: test.value };
    case 'atMost':
      return { [negated ? '$gt' : '$lte']: test.value };
    case 'greaterThan':
      return { [negated ? '$lte' : '$gt']: test.value };
    case 'atLeast':
      return { [negated ? '$lt' : '$gte']: test.value };
    default:
      if (negated) throw new Error(`No query was written for every:${test.kind}`);
  }
  switch (test.kind) {
    case 'equal':
      return test.value;
    case 'in':
      return { $in: test.values };
    case 'startsWith':
      return { $regex: new RegExp(`^${literalExpression(test.value)}`) };
    case 'matches':
      return { $regex: new RegExp(`^(?:${test.value})$`, 's') };
  }
}
