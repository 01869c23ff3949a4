/** A bug that the index could have: what is written instead of what, once, in a file of lib/rules/engine. */
export interface SeededBug {
  readonly says: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const bug = (says: string, file: string, from: string, to: string): SeededBug => ({ says, file, from, to });

/** Each loses rules that hold, some of them rarely. */
export const SEEDED_BUGS: readonly SeededBug[] = [
  bug(
    'of several ways for a rule to hold only one is filed',
    'candidates/index-entries.ts',
    'branchesOf(conditions, ruleset).map(',
    'branchesOf(conditions, ruleset).slice(0, 1).map(',
  ),
  bug(
    'a demand is kept under a negation',
    'candidates/demand.ts',
    'negated ? demandsOfOpposite(condition, ruleset) : demandsOf(condition, ruleset)',
    'demandsOf(condition, ruleset)',
  ),
  bug(
    'the opposite of equal is taken to be equal',
    'candidates/demand.ts',
    "if (operator === 'notEqual')",
    "if (operator === 'equal')",
  ),
  bug(
    'a character that is repeated or optional counts as a literal one',
    'candidates/literals.ts',
    'items.push(quantifier === null ? read.item : null)',
    'items.push(read.item)',
  ),
  bug(
    'a gap is forgotten, so that alternatives are out of line',
    'candidates/literals.ts',
    "text === null ? [...runs, '']",
    'text === null ? [...runs]',
  ),
  bug(
    'only the first alternative of an expression counts',
    'candidates/demand.ts',
    'const all = patterns.flat();',
    'const all = patterns.map(([one = []]) => one);',
  ),
  bug(
    'a group with a flag is read like any other',
    'candidates/literals.ts',
    "text[at + 1] === '?' && text[at + 2] !== ':' ? null",
    'at < 0 ? null',
  ),
  bug(
    'the one character that ? stands for is forgotten in globs',
    'candidates/literals.ts',
    '/[*?]/',
    '/[*]/',
  ),
  bug(
    'a text is cut to a length that it does not have',
    'candidates/search.ts',
    'lengths.findLast((known) => known <= text.length)',
    'lengths.find((known) => known >= text.length)',
  ),
  bug(
    'a text that is as long as its literal is not looked up',
    'candidates/search.ts',
    'if (length > value.length) return;',
    'if (length >= value.length) return;',
  ),
  bug(
    'the filter of pieces is read one place further on',
    'candidates/search.ts',
    'filter[hash & mask] === 0',
    'filter[(hash + 1) & mask] === 0',
  ),
  bug(
    'what leaves the window stays in the hash one place too long',
    'candidates/search.ts',
    'if (at >= GRAM_LENGTH) hash',
    'if (at > GRAM_LENGTH) hash',
  ),
  bug(
    'every item of an empty list is taken to be some item',
    'candidates/demand.ts',
    "(parts[0] === 'everyFact' && isNeverEmpty(fact))",
    "parts[0] === 'everyFact'",
  ),
  bug(
    'contains looks at the list, not at its items',
    'candidates/demand.ts',
    "demand('value', literals, true)",
    "demand('value', literals)",
  ),
  bug(
    'entries of lists that lapse are left out',
    'candidates/demand.ts',
    'entriesOf(fact, ruleset).map((entry) => entry.value)',
    'entriesOf(fact, ruleset).filter((entry) => entry.until === undefined).map((entry) => entry.value)',
  ),
  bug(
    'blocks on elements follow shared conditions',
    'candidates/demand.ts',
    'branches(block, false, { ...ruleset, conditions: {} })',
    'branches(block, false, ruleset)',
  ),
  bug(
    'an empty group has no way to hold',
    'candidates/demand.ts',
    'if (inner.length === 0) return NOTHING;',
    'if (inner.length === 0) return [];',
  ),
  bug(
    'any of nothing does not hold',
    'candidates/condition-test.ts',
    'if (tests.length === 0) return () => true;',
    'if (tests.length === 0) return () => false;',
  ),
  bug(
    'a throw is taken as a no',
    'candidates/condition-test.ts',
    'return true;\n    }\n  };',
    'return false;\n    }\n  };',
  ),
  bug(
    'what was made of a list outlives its entries',
    'candidates/condition-test.ts',
    'if (known === null || known.list !== list)',
    'if (known === null)',
  ),
  bug(
    'an operator outlives its instant',
    'candidates/value-test.ts',
    'if (last?.nowMs !== nowMs)',
    'if (last === null)',
  ),
  bug(
    'some item is asked of every item',
    'candidates/value-test.ts',
    'Array.isArray(value) && value.some(',
    'Array.isArray(value) && value.every(',
  ),
  bug(
    'rules that were looked at once are not looked at again',
    'candidates/find-candidates.ts',
    'turn += 1;',
    'turn = 1;',
  ),
  bug(
    'what was read of one finding is kept for the next',
    'candidates/fact-slots.ts',
    'this.#turn += 1;',
    'this.#turn = 1;',
  ),
  bug(
    'what cannot be told apart further is forgotten below the root',
    'candidates/index-tree.ts',
    'if (demand === null) always.push(entry.rule);',
    'if (demand === null) depth === 0 && always.push(entry.rule);',
  ),
  bug(
    'the last value of a long list is not found',
    'hashed-list.ts',
    'this.#places.set(value, this.length);',
    'this.#places.set(values[0], this.length);',
  ),
  bug(
    'a number is below itself',
    'candidates/value-test.ts',
    '(value, number) => value <= number',
    '(value, number) => value < number',
  ),
];
