import { importsOf, type Sources, targetOf, withoutComments } from './sources.ts';

/** Folders from the ground up; a folder may import itself and lower floors, not its neighbours on the same floor. */
export const FLOORS: readonly (readonly string[])[] = [
  ['lib/findings'],
  ['lib/rules'],
  ['lib/triage', 'lib/revisions'],
  ['lambdas', 'lib/simulation', 'lib/rule-tests', 'lib/infrastructure'],
  ['lib/local', 'lib/export'],
  ['lib/cli'],
  ['bin'],
];

/** Packages and Node modules that neither read nor write the world outside. */
const PURE_MODULES = ['json-rules-engine', 're2js', 'fastest-levenshtein', 'node:net'];
/** Of node:crypto only the hash: the rest is randomness and keys. */
const PURE_IMPORT = /^import \{ createHash \} from 'node:crypto';$/m;

const IMPURE: Readonly<Record<string, RegExp>> = {
  'Date.now': /\bDate\.now\b/,
  'new Date()': /\bnew Date(?:\(\s*\)|(?!\s*\())/,
  'Date()': /(?<!new |[\w.])Date\(/,
  process: /\bprocess\b\s*[.[?]/,
  'Math.random': /\bMath\.random\b/,
  performance: /\bperformance\./,
  'crypto randomness': /\b(?:randomBytes|randomInt|randomUUID|getRandomValues)\b/,
  timer: /\bset(?:Timeout|Interval|Immediate)\(/,
  fetch: /\bfetch\(/,
  console: /\bconsole\./,
  'import.meta': /\bimport\.meta\b/,
  globalThis: /\bglobalThis\b/,
};

/** Imports that go up or sideways in the house, and files that live on no floor. */
export function layerBreaches(sources: Sources): readonly string[] {
  const breaches: string[] = [];
  for (const [path, source] of sources) {
    const from = placeOf(path);
    if (from === null) breaches.push(`${path} lives on no floor`);
    for (const specifier of importsOf(source)) {
      const target = targetOf(path, specifier);
      if (from === null || target === null) continue;
      const to = placeOf(target);
      if (to === null || (to.folder !== from.folder && to.floor >= from.floor))
        breaches.push(`${path} imports ${target}`);
    }
  }
  return breaches;
}

/** What in these sources depends on more than its arguments. */
export function impurities(sources: Sources): readonly string[] {
  return [...sources].flatMap(([path, source]) => {
    const modules = importsOf(source)
      .filter((specifier) => targetOf(path, specifier) === null)
      .filter(
        (name) => !PURE_MODULES.includes(name) && !(name === 'node:crypto' && PURE_IMPORT.test(source)),
      );
    const code = withoutComments(source);
    const words = Object.entries(IMPURE).filter(([, pattern]) => pattern.test(code));
    return [...modules, ...words.map(([word]) => word)].map((what) => `${path} uses ${what}`);
  });
}

/** Files longer than `most` lines. */
export function longFiles(sources: Sources, most: number): readonly string[] {
  return [...sources]
    .map(([path, source]) => ({ path, lines: source.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > most)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

function placeOf(path: string): { readonly folder: string; readonly floor: number } | null {
  for (const [floor, folders] of FLOORS.entries()) {
    const folder = folders.find((name) => path.startsWith(`${name}/`));
    if (folder !== undefined) return { folder, floor };
  }
  return null;
}
