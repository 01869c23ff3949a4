import { bug, type SeededBug } from './seeded-bug.ts';

/** Where values are looked up in a form of theirs, or by their size. */
export const FORM_BUGS: readonly SeededBug[] = [
  bug(
    'only the first way at the top of an expression counts',
    'candidates/literals.ts',
    'while (at <= text.length);',
    'while (at < 0);',
  ),
  bug(
    'a flag that lets case go is passed over',
    'candidates/literals.ts',
    "const ignoresCase = flags.includes('i');",
    "const ignoresCase = flags.includes('I');",
  ),
  bug(
    'expressions that let case go do not make others look in lower case',
    'candidates/demand.ts',
    'read.some(({ ignoresCase }) => ignoresCase)',
    'read.every(({ ignoresCase }) => ignoresCase)',
  ),
  bug('the long s is no s', 'candidates/form.ts', ".replaceAll('ſ', 's')", ''),
  bug('letters are alike in upper case', 'candidates/form.ts', 'text.toLowerCase()', 'text.toUpperCase()'),
  bug(
    'a literal is not looked up in the form in which the fact is',
    'candidates/index-tree.ts',
    "as === 'folded' ? folded(String(literal)) : literal",
    'literal',
  ),
  bug(
    'a text is looked for as it stands where case is let go',
    'pattern.ts',
    'hasTexts(folded(text))',
    'hasTexts(text)',
  ),
  bug(
    'a form of one fact is taken for that of another',
    'candidates/fact-slots.ts',
    'const name = `',
    'const name = form ?? `',
  ),
  bug(
    'a size that is the bound does not reach it',
    'candidates/search.ts',
    '(size as number) >= bound',
    '(size as number) > bound',
  ),
  bug(
    'bounds above are in the order of those below',
    'candidates/search.ts',
    "kind === 'atLeast' ? rising : rising.reverse()",
    'rising',
  ),
  bug(
    'bounds are sorted as texts are',
    'candidates/search.ts',
    '.sort((a, b) => a - b);\n  return kind',
    '.sort();\n  return kind',
  ),
  bug(
    'texts of numbers have no size',
    'candidates/search.ts',
    "typeof value === 'string' ? Number(value) : value",
    'value',
  ),
  bug(
    'lists of numbers have no size',
    'candidates/search.ts',
    "typeof value === 'object' && value !== null",
    'false',
  ),
  bug(
    'below is above',
    'candidates/demand.ts',
    "return sizes('atMost', literals);",
    "return sizes('atLeast', literals);",
  ),
  bug(
    'after is before',
    'candidates/demand.ts',
    "sizes('atLeast', literals.map(instantOf), 'instant')",
    "sizes('atMost', literals.map(instantOf), 'instant')",
  ),
  bug(
    'what is older counts as newer',
    'candidates/demand.ts',
    "sizes('atLeast', literals.map(ageOf), 'age')",
    "sizes('atMost', literals.map(ageOf), 'age')",
  ),
  bug(
    'ages are of the instant at which nothing was asked',
    'candidates/form.ts',
    'nowMs - Date.parse(text)',
    '-Date.parse(text)',
  ),
  bug(
    'of several networks only the first counts',
    'candidates/demand.ts',
    'flatMap(beginningsOfNetwork)',
    'slice(0, 1).flatMap(beginningsOfNetwork)',
  ),
  bug(
    'networks of IPv6 have no addresses of IPv4',
    'candidates/address.ts',
    '[beginning, IPV4]',
    '[beginning]',
  ),
  bug(
    'addresses of IPv4 that are written in those of IPv6 are others',
    'candidates/address.ts',
    'return digits.startsWith(MAPPED_DIGITS) ? IPV4 + digits.slice(MAPPED_DIGITS.length) : digits;',
    'return digits;',
  ),
  bug(
    'zeros that are left out are put at the end',
    'candidates/address.ts',
    "head.padEnd(ADDRESS_DIGITS - tail.length, '0') + tail",
    "(head + tail).padEnd(ADDRESS_DIGITS, '0')",
  ),
  bug(
    'the zone of an address is read as a part of it',
    'candidates/address.ts',
    "text.split('%', 1)[0] as string",
    'text',
  ),
  bug(
    'a network has one address less than its length says',
    'candidates/address.ts',
    'IPV4.length + count',
    'IPV4.length + count + (count > 0 ? 1 : 0)',
  ),
];
