import type { SeededBug } from '../../../contract/seeded-bugs/seeded-bug.ts';

const bug = (says: string, file: string, from: string, to: string): SeededBug => ({ says, file, from, to });

/** Bugs that the derivation of the event pattern could have; each keeps out a finding that is decided, some rarely. */
export const PATTERN_BUGS: readonly SeededBug[] = [
  bug('marks are forgotten', 'derive-pattern.ts', 'keysOf(name).set', 'keysOf(name).hold'),
  bug(
    'marks of a succeeded instance are forgotten',
    'derive-pattern.ts',
    '[prefix, ...succeeds].map(',
    '[prefix].map(',
  ),
  bug('values that are not expected are forgotten', 'derive-pattern.ts', ', ...irregular]', ']'),
  bug('a value that is absent is forgotten among them', 'way.ts', ', { exists: false }]', ']'),
  bug(
    'rules that observe are left out',
    'ways-of-rules.ts',
    'const onAction = [',
    "const onAction = rule.mode === 'observe' || [",
  ),
  bug(
    'rules that have expired are left out',
    'ways-of-rules.ts',
    'const onAction = [',
    "const onAction = String(rule.expires) < '2026-06-15' || [",
  ),
  bug(
    'only one way to meet a rule is told',
    'ways-of-rules.ts',
    '.map(leavesOf)',
    '.slice(0, 1).map(leavesOf)',
  ),
  bug(
    'VerificationState is taken as it stands',
    'leaf.ts',
    "return kind === 'value' && !literals.includes('UNKNOWN');",
    "return kind === 'value';",
  ),
  bug('a part of a text is taken for its beginning', 'leaf.ts', "if (kind === 'part') return 'part';", ''),
  bug('two fields of a list are asked of one element', 'leaf.ts', 'array: array ?? path', 'array: path'),
  bug(
    'the place in a list is taken for a member',
    'leaf.ts',
    "filter((segment) => typeof segment === 'string')",
    "filter((segment) => typeof segment !== 'symbol').map(String)",
  ),
  bug(
    'a negation of known values is overlooked',
    'resolve-condition.ts',
    'holds[i] !== negated)',
    'holds[i])',
  ),
  bug(
    'Normalized is read as a label',
    'resolve-condition.ts',
    'leaf.fact === fact ? value : ',
    "leaf.fact !== '' ? value : ",
  ),
  bug(
    'accounts that nothing is known of are forgotten',
    'resolve-condition.ts',
    "if (holds[0] !== negated) return { condition: ANYTHING, why: 'account' };",
    '',
  ),
  bug(
    'what is known of an account is read of its neighbour',
    'resolve-condition.ts',
    'holds[i + 1] !== negated',
    'holds[i] !== negated',
  ),
  bug(
    'entries that have lapsed still keep accounts out',
    'resolve-condition.ts',
    "if (entries.some(({ until }) => until !== undefined)) return { why: 'time' };",
    '',
  ),
  bug('the kelvin sign is no k', 'resolve-condition.ts', ' && !/k/i.test(value)', ''),
  bug(
    'existence is looked for in any field',
    'resolve-condition.ts',
    '/^UserDefinedFields\\.[\\w-]+$/.test(fact)',
    'true',
  ),
  bug(
    'at most is less than',
    'resolve-condition.ts',
    "greaterThanInclusive: '>='",
    "greaterThanInclusive: '>'",
  ),
  bug(
    'numbers are compared in texts',
    'resolve-condition.ts',
    '/^Confidence$|^Criticality$/.test(fact)',
    'true',
  ),
  bug(
    'branches put together keep the values of one',
    'way.ts',
    '[...a.matchers.values(), ...b.matchers.values()]',
    '[...a.matchers.values()]',
  ),
  bug(
    'branches put together keep the fields of one',
    'way.ts',
    'if (other === undefined) return [];',
    'if (other === undefined) return [[path, leaf] as const];',
  ),
  bug(
    'a branch covers one that lacks its field',
    'way.ts',
    'if (other === undefined || !leafCovers(leaf, other)) return false;',
    'if (other !== undefined && !leafCovers(leaf, other)) return false;',
  ),
  bug(
    'a text is taken to lie within any beginning',
    'way.ts',
    'return matcher.startsWith(affix.prefix);',
    'return true;',
  ),
  bug(
    'a step takes away branches that look at the same field',
    'fit-ways.ts',
    'covers(step.way, way))',
    "way.leaves.has([...step.way.leaves.keys()][0] ?? ''))",
  ),
  bug(
    'a field is written before alternatives that do not have it',
    'branches.ts',
    '=== shared.text',
    "!== ''",
  ),
];
