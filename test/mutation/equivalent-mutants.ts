/** A mutant that no test can tell from the code, and why. It is tried all the same: should a test notice it, this list is wrong. */
export interface EquivalentMutant {
  readonly file: string;
  /** The first line of what is mutated, without the white space around. */
  readonly line: string;
  /** What of it is replaced, where the line alone leaves that open. */
  readonly from?: string;
  readonly to: string;
  readonly reason: string;
}

const SHORT_CUT = 'A short cut of a hot path: the longer way gives the same.';
const ENDS = 'A function that ends returns undefined.';
const SAME_START = 'A digest is only compared with others, which all begin like this.';
const NO_TWINS = 'No two are equal.';
const NOT_ENFORCED = 'For the types: whatever is not asked for as enforced counts observed rules in.';
const OF_LISTS = 'Blocks name no facts but lists, and those look at no event.';
const PLACES = 'Places are counted from what stands there already.';
const ROOM = 'How much room there is says only how often integers are copied.';
const NO_LENGTH = 'Neither text is the length of a prefix.';
const STRYKER_TEXT = '"Stryker was here!"';
const BOUNDS_MEMORY = 'What is remembered saves time and is bounded to save memory; the answer is the same.';

/** Several mutants of one line, for one reason. */
function alike(
  file: string,
  line: string,
  reason: string,
  ...all: readonly string[]
): readonly EquivalentMutant[] {
  return all.map((to) => ({ file, line, to, reason }));
}

export const EQUIVALENT_MUTANTS: readonly EquivalentMutant[] = [
  {
    file: 'lib/findings/path.ts',
    line: 'if (ofElement === null) collect(element, after, 0, found);',
    to: 'true',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/findings/path.ts',
    line: 'if (second === undefined) return (root) => readMember(root, first);',
    to: 'false',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/findings/path.ts',
    line: 'if (rest.length === 2) return (root) => readMember(readMember(root, first), second);',
    to: 'false',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/findings/path.ts',
    line: 'if (value === undefined) return undefined;',
    to: 'false',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/findings/nearest.ts',
    line: '.filter((text) => text !== word && Math.abs(text.length - lower.length) <= furthest)',
    from: 'Math.abs(text.length - lower.length) <= furthest',
    to: 'true',
    reason:
      'Words whose lengths differ by more are further away than that; this is the quicker way to see it.',
  },
  {
    file: 'lib/findings/nearest.ts',
    line: '.sort((a, b) => a.away - b.away || (a.text < b.text ? -1 : 1))',
    to: 'a.text <= b.text',
    reason: NO_TWINS,
  },
  {
    file: 'lib/findings/catalogue-suggestions.ts',
    line: "return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();",
    to: "text.replace(/[^A-Za-z0-9]/g, '').toUpperCase()",
    reason: 'Only compared with one another, and ASCII alone is left.',
  },
  {
    file: 'lib/findings/catalogue.ts',
    line: "return typeof segment === 'string' && REQUIRED[shape]?.includes(segment);",
    from: "typeof segment === 'string'",
    to: 'true',
    reason: 'For the types: no list of names includes a number.',
  },
  ...alike(
    'lib/findings/read-event.ts',
    'const characters = value.length >= 2 * min && value.length <= max ? value.length : [...value].length;',
    'Where units are taken for characters, characters could be counted as well: it only takes longer.',
    'false',
    'value.length > 2 * min',
    'value.length < max',
  ),
  { file: 'lib/findings/read-event.ts', line: '} catch {', to: '{}', reason: ENDS },
  ...alike('lib/triage/hash.ts', 'if (before !== undefined) return before;', BOUNDS_MEMORY, 'false'),
  ...alike(
    'lib/triage/hash.ts',
    'if (known.size >= MOST_KNOWN) known.clear();',
    BOUNDS_MEMORY,
    ...['true', 'false', 'known.size < MOST_KNOWN', 'known.size > MOST_KNOWN', ';'],
  ),
  ...alike('lib/triage/hash.ts', 'known.set(text, digits);', BOUNDS_MEMORY, ';'),
  {
    file: 'lib/triage/instance.ts',
    line: 'if (fields.size === 0) return UNTOUCHED;',
    to: 'false',
    reason: SHORT_CUT,
  },
  { file: 'lib/triage/mark.ts', line: '} catch {', to: '{}', reason: ENDS },
  ...alike('lib/triage/merge.ts', 'let isPlain = true;', BOUNDS_MEMORY, 'false'),
  ...alike('lib/triage/merge.ts', 'isPlain &&= placesOf(text).length === 0;', BOUNDS_MEMORY, 'false'),
  ...alike(
    'lib/triage/merge.ts',
    'if (isPlain) PLAIN_VALUES.set(rule, wanted);',
    BOUNDS_MEMORY,
    'false',
    ';',
  ),
  {
    file: 'lib/triage/resolve.ts',
    line: "if (wish !== undefined && verdict === 'adopt') return { entry: markForm(field, wish.value), was };",
    from: 'wish !== undefined',
    to: 'true',
    reason: 'For the types: there is no verdict without a wish.',
  },
  {
    file: 'lib/triage/resolve.ts',
    line: "if (wish !== undefined && verdict === 'write' && !sameValue(current, wish.value)) {",
    from: 'wish !== undefined',
    to: 'true',
    reason: 'For the types: there is no verdict without a wish.',
  },
  { file: 'lib/triage/field.ts', line: 'default:', to: 'default:', reason: ENDS },
  { file: 'lib/triage/withdraw.ts', line: 'default:', to: 'default:', reason: ENDS },
  {
    file: 'lib/triage/field.ts',
    line: "const all = items.every((item) => typeof item === 'string')",
    to: "items.some(item => typeof item === 'string')",
    reason: 'A list holds texts or identifiers, never both.',
  },
  {
    file: 'lib/triage/verdict.ts',
    line: "const wanted = verdicts.get('Severity') === 'write' ? wishes.get('Severity')?.value : undefined;",
    to: "wishes.get('Severity').value",
    reason: 'For the types: there is no verdict without a wish.',
  },
  {
    file: 'lib/triage/view.ts',
    line: 'if (!viewed.has(name)) viewed.set(name, read(this, this.#finding, this.#config));',
    from: '!viewed.has(name)',
    to: 'true',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/triage/view.ts',
    line: 'if (this.#mark.entries.size === 0) return currentValue(this.#finding, field);',
    to: 'false',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/triage/withdraw.ts',
    line: 'if (severityRank(provider) >= 0) return rankBefore > severityRank(provider) ? before : provider;',
    to: 'rankBefore >= severityRank(provider)',
    reason: 'Labels of one rank are one label.',
  },
  {
    file: 'lib/triage/decide.ts',
    line: 'if (rulings === NOTHING_RULED) return UNCHANGED;',
    to: 'false',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/triage/decide.ts',
    line: 'const differs = shadow !== enforced && canonicalJson(shadow.update) !== canonicalJson(enforced.update);',
    from: 'shadow !== enforced',
    to: 'true',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/triage/finding-triaged.ts',
    line: "const mark = parseObject(UserDefinedFields[keysOf(prefix).set] ?? '');",
    from: "''",
    to: '"Stryker was here!"',
    reason: 'Neither text is a mark.',
  },
  {
    file: 'lib/triage/finding-triaged.ts',
    line: 'return mark?.v === 1 && Array.isArray(mark.off) ? mark.off.map(String) : [];',
    from: '[]',
    to: '["Stryker was here"]',
    reason: 'It is told of fields alone that the update changes.',
  },
  {
    file: 'lib/triage/judge.ts',
    line: 'if (candidates.length === 0) return NONE;',
    to: 'false',
    reason: SHORT_CUT,
  },
  {
    file: 'lib/triage/names-in-mark.ts',
    line: "const texts = [config.prefix, ...config.succeeds].map((prefix) => fields.get(keysOf(prefix).rules) ?? '');",
    from: "''",
    to: '"Stryker was here!"',
    reason: 'Neither text is the name of a rule.',
  },
  {
    file: 'lib/triage/repeated-rulings.ts',
    line: "let rules = '';",
    to: '"Stryker was here!"',
    reason: SAME_START,
  },
  {
    file: 'lib/triage/repeated-rulings.ts',
    line: "const hasPassed = compliance?.Status === 'PASSED';",
    to: "compliance?.Status !== 'PASSED'",
    reason: 'Digests still differ by it: the other way round.',
  },
  {
    file: 'lib/triage/repeated-rulings.ts',
    line: `return typeof value === 'number' ? \`#\${value};\` : '?';`,
    from: "typeof value === 'number'",
    to: 'true',
    reason: 'Nothing then reads `#undefined;`, as no number does.',
  },
  ...alike(
    'lib/triage/repeated-rulings.ts',
    'if (before !== undefined) return before;',
    BOUNDS_MEMORY,
    'false',
  ),
  ...alike(
    'lib/triage/repeated-rulings.ts',
    'knownWrites.set(rule, fits ? writes : null);',
    BOUNDS_MEMORY,
    ';',
  ),
  {
    file: 'lib/triage/repeated-rulings.ts',
    line: "const texts = [params.Note?.Text ?? '', ...Object.values(params.UserDefinedFields ?? {})];",
    from: "''",
    to: '"Stryker was here!"',
    reason: 'Neither text has a place.',
  },
  {
    file: 'lib/triage/rule-on-finding.ts',
    line: "return conclude(rulings(enforced, rulingOf(situation, 'observe', standing, judged, null)));",
    from: "'observe'",
    to: '""',
    reason: NOT_ENFORCED,
  },
  {
    file: 'lib/triage/rule-on-finding.ts',
    line: "return rulings(await ruleIn('enforce'), await ruleIn('observe'));",
    from: "'observe'",
    to: '""',
    reason: NOT_ENFORCED,
  },
  {
    file: 'lambdas/triage/delivery-memory.ts',
    line: 'return updatedMs !== undefined && (timeMs === null || timeMs <= updatedMs);',
    from: 'timeMs === null',
    to: 'false',
    reason: 'For the types: null compares as 0, and no update is from before 1970.',
  },
  {
    file: 'lambdas/triage/ending.ts',
    line: 'messageIds: intake.messagesOf.get(key) ?? [],',
    from: '[]',
    to: '["Stryker was here"]',
    reason: 'For the types: only findings that have messages are settled.',
  },
  {
    file: 'lambdas/triage/ending.ts',
    line: "outcome.outcome === 'deadLettered' && cause !== undefined",
    from: 'cause !== undefined',
    to: 'true',
    reason: 'For the types: what is dead-lettered has a cause.',
  },
  {
    file: 'lambdas/triage/suppression-budget.ts',
    line: 'const spentAtMs: number[] = [];',
    from: '[]',
    to: '["Stryker was here"]',
    reason: 'A text is no time within the hour: it is dropped before anything is counted.',
  },
  {
    file: 'lambdas/triage/suppression-budget.ts',
    line: 'if (perHour !== null) spentAtMs.push(atMs);',
    from: 'perHour !== null',
    to: 'true',
    reason: 'Without a budget nobody reads what was spent; not keeping it saves memory.',
  },
  ...alike(
    'lib/rules/engine/authority.ts',
    "const NO_EVENT = { detailType: '' };",
    OF_LISTS,
    '{}',
    STRYKER_TEXT,
  ),
  {
    file: 'lib/rules/engine/authority.ts',
    line: "if ('condition' in condition || !Array.isArray(condition.value)) return condition;",
    from: "'condition'",
    to: '""',
    reason: 'For the types: a condition that names another has no value.',
  },
  ...alike('lib/rules/engine/element-operators.ts', 'if (getter === undefined) {', SHORT_CUT, 'true'),
  ...alike('lib/rules/engine/element-operators.ts', 'getters.set(fact, getter);', SHORT_CUT, ';'),
  {
    file: 'lib/rules/engine/engine-operators.ts',
    line: "const [address, prefix = ''] = cidr.split('/') as [string, string?];",
    from: "''",
    to: STRYKER_TEXT,
    reason: NO_LENGTH,
  },
  {
    file: 'lib/rules/engine/engine-operators.ts',
    line: "(cidr) => isString(cidr) && networks(cidr)?.check(address, family === 4 ? 'ipv4' : 'ipv6') === true,",
    from: "'ipv6'",
    to: '""',
    reason: 'node:net takes every family but `ipv4` for IPv6.',
  },
  {
    file: 'lib/rules/engine/reads.ts',
    line: "params.Note?.Text ?? '',",
    from: "''",
    to: STRYKER_TEXT,
    reason: 'Neither text has a place.',
  },
  {
    file: 'lib/rules/engine/reads.ts',
    line: '...(params.Types ?? []),',
    from: '[]',
    to: '["Stryker was here"]',
    reason: 'A text without a place reads nothing.',
  },
  ...alike(
    'lib/rules/engine/has-runs.ts',
    'while (length < a.length && a[length] === b[length]) length += 1;',
    'A shorter prefix only rules out later; behind the end of both texts nothing is equal any more.',
    'false',
    'length <= a.length',
  ),
  {
    file: 'lib/rules/engine/candidates/fact-slots.ts',
    line: `const name = \`\${form ?? ''} \${fact}\`;`,
    from: "''",
    to: STRYKER_TEXT,
    reason: 'Any text does that is no form.',
  },
  ...alike(
    'lib/rules/engine/candidates/fact-slots.ts',
    'this.#turn += 1;',
    'Turns are only told apart.',
    'this.#turn -= 1',
  ),
  ...alike(
    'lib/rules/engine/candidates/find-candidates.ts',
    'return found.length > 1 ? found.sort((a, b) => a - b) : found;',
    SHORT_CUT,
    'true',
    'found.length >= 1',
  ),
  ...alike(
    'lib/rules/engine/candidates/condition-test.ts',
    'if (length + steps.length > code.length) {',
    ROOM,
    'length + steps.length >= code.length',
  ),
  ...alike(
    'lib/rules/engine/candidates/index-code.ts',
    'if (length + numbers.length > code.length) {',
    ROOM,
    'length + numbers.length >= code.length',
  ),
  ...alike(
    'lib/rules/engine/candidates/index-code.ts',
    'if (end > MOST_ROOM * (filed.length + 1)) {',
    'Either way of writing cells down says the same; it is a matter of room.',
    'true',
    'false',
    'end >= MOST_ROOM * (filed.length + 1)',
    'end <= MOST_ROOM * (filed.length + 1)',
    'MOST_ROOM / (filed.length + 1)',
    'filed.length - 1',
    '{}',
  ),
  ...alike(
    'lib/rules/engine/candidates/index-code.ts',
    'if (node < NOTHING) {',
    'Where nothing is, it has ended before.',
    'node <= NOTHING',
  ),
  ...alike(
    'lib/rules/engine/candidates/index-code.ts',
    'buckets[-(code[cell] as number) - 1] = null;',
    'It only lets go of memory.',
    '+(code[cell] as number)',
  ),
  ...alike(
    'lib/rules/engine/candidates/search.ts',
    'if (lengths.length <= MOST_LENGTHS) return lengths;',
    'Of as many lengths as are kept each is kept.',
    'lengths.length < MOST_LENGTHS',
  ),
  ...alike(
    'lib/rules/engine/candidates/search.ts',
    'if (filter[placeInFilter(hash) & mask] === 0 || at < GRAM_LENGTH - 1) continue;',
    'The filter spares a lookup and says nothing that the lookup does not.',
    'false',
  ),
  ...alike(
    'lib/rules/engine/candidates/condition-test.ts',
    'const asked: ValueTest[] = [];',
    PLACES,
    '["Stryker was here"]',
  ),
  ...alike(
    'lib/rules/engine/candidates/condition-test.ts',
    'const compared: ((slot: number) => boolean)[] = [];',
    PLACES,
    '["Stryker was here"]',
  ),
  {
    file: 'lib/rules/engine/candidates/condition-test.ts',
    line: 'const membership = other === null ? membershipOf(operator, value) : null;',
    from: 'other === null',
    to: 'false',
    reason: SHORT_CUT,
  },
  ...alike('lib/rules/engine/candidates/condition-test.ts', 'if (membership !== null) {', SHORT_CUT, 'false'),
  {
    file: 'lib/rules/engine/candidates/condition-test.ts',
    line: "write(condition, yes, no, 'over');",
    from: "'over'",
    to: '""',
    reason: 'Whatever is not `exact` is `over`.',
  },
  ...alike(
    'lib/rules/engine/candidates/condition-test.ts',
    `if (found === null) throw new Error(\`There is no operator \${operator}.\`);`,
    'Whatever is thrown lets the rule through to the engine, which says what is wrong.',
    'false',
    '``',
  ),
  ...alike(
    'lib/rules/engine/candidates/condition-test.ts',
    'default:',
    'What is left goes on at the same place whatever it says.',
    'default:',
  ),
  {
    file: 'lib/rules/engine/candidates/condition-test.ts',
    line: 'return true;',
    from: 'true',
    to: 'false',
    reason: 'What is left goes on at the same place whatever it says.',
  },
  {
    file: 'lib/rules/engine/candidates/demand.ts',
    line: 'const [first = []] = all;',
    from: '[]',
    to: '["Stryker was here"]',
    reason: 'Where there are no alternatives, there are no texts of theirs.',
  },
  {
    file: 'lib/rules/engine/candidates/search.ts',
    line: 'for (const bound of inOrderOfReach(kind, literals)) fileUnder(bound, true);',
    from: 'true',
    to: 'false',
    reason: 'It only makes the groups, in their order; what comes of it is not read.',
  },
  ...alike(
    'lib/rules/engine/candidates/search.ts',
    'return Array.from({ length: text.length - GRAM_LENGTH + 1 }, (_, from) => {',
    'Behind its end each text has the same piece, which is never the rarest.',
    'text.length + GRAM_LENGTH',
  ),
  ...alike(
    'lib/rules/engine/candidates/index-code.ts',
    'const buckets: (Bucket | null)[] = [];',
    PLACES,
    '["Stryker was here"]',
  ),
  ...alike(
    'lib/rules/engine/candidates/index-code.ts',
    'const catalogues: Catalogue<number>[] = [];',
    PLACES,
    '["Stryker was here"]',
  ),
  ...alike(
    'lib/rules/engine/candidates/index-code.ts',
    'return [operation + SPARSE, slot, 2 * filed.length, ...filed.map(([number]) => number), ...cells];',
    'The bits that are looked at are the same below zero.',
    'operation - SPARSE',
  ),
  ...alike(
    'lib/rules/engine/candidates/index-code.ts',
    'const cells = new Array<number>(end).fill(NOTHING);',
    'A hole becomes 0 in an array of integers, which is nothing.',
    'new Array()',
  ),
  ...alike(
    'lib/rules/engine/candidates/fact-slots.ts',
    'readonly #slots: Slot[] = [];',
    PLACES,
    '["Stryker was here"]',
  ),
  ...alike(
    'lib/rules/engine/candidates/fact-slots.ts',
    'itemNumbers: [],',
    'As many are read as were counted, and written.',
    '["Stryker was here"]',
  ),
  ...alike(
    'lib/rules/engine/candidates/fact-slots.ts',
    'if (slot.valueNumber === UNREAD) slot.valueNumber = slot.numbers.get(slot.value) ?? OTHER;',
    SHORT_CUT,
    'true',
  ),
  ...alike('lib/rules/engine/candidates/fact-slots.ts', 'const UNREAD = -1;', SHORT_CUT, '+1'),
  {
    file: 'lib/rules/engine/candidates/address.ts',
    line: "const [address, length = ''] = cidr.split('/') as [string, string?];",
    from: "''",
    to: STRYKER_TEXT,
    reason: NO_LENGTH,
  },
];
