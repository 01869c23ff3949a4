import { importsOf, type Sources, targetOf, withoutComments } from './sources.ts';

/** Folders from the ground up; a folder may import itself and lower floors, not its neighbours on the same floor. */
export const FLOORS: readonly (readonly string[])[] = [
  ['lib/findings', 'lib/package'],
  ['lib/rules', 'lib/event-bridge'],
  ['lib/triage', 'lib/revisions'],
  ['lambdas', 'lib/simulation', 'lib/rule-tests', 'lib/infrastructure'],
  ['lib/account'],
  ['lib/export', 'lib/dead-letters', 'lib/report', 'lib/import', 'lib/sweep', 'lib/init'],
  ['lib/local', 'lib/doctor', 'lib/verification'],
  ['lib/cli'],
  ['bin'],
];

/** Packages and Node modules that neither read nor write the world outside. */
const PURE_MODULES = ['json-rules-engine', 're2js', 'fastest-levenshtein', 'node:net'];
/** Of node:crypto only hashes: the rest is randomness and keys. */
const PURE_IMPORT = /^import \{ (?:createHash|hash) \} from 'node:crypto';$/m;

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

/** The rooms of the infrastructure, in the order in which they may use each other; what puts them together is beside them. */
export const ROOMS = [
  'configuration',
  'event-pattern',
  'bundle',
  'queues',
  'permissions',
  'event-flow',
  'observability',
  'sweep',
] as const;

/** Imports between rooms that go up, and rooms that are not listed. */
export function roomBreaches(sources: Sources, house = 'lib/infrastructure/'): readonly string[] {
  const roomOf = (path: string) => (path.slice(house.length).includes('/') ? path.split('/')[2] : null);
  const rank = (room: string | null | undefined) =>
    room === null ? ROOMS.length : (ROOMS as readonly unknown[]).indexOf(room);
  return [...sources].flatMap(([path, source]) => {
    if (!path.startsWith(house)) return [];
    if (rank(roomOf(path)) < 0) return [`${path} is in no room`];
    return importsOf(source).flatMap((specifier) => {
      const target = targetOf(path, specifier);
      if (target === null || !target.startsWith(house) || roomOf(target) === roomOf(path)) return [];
      return rank(roomOf(target)) < rank(roomOf(path)) ? [] : [`${path} imports ${target}`];
    });
  });
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
