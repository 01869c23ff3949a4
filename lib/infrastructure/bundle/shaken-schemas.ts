import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

const SCHEMAS = /@aws-sdk[\\/](client-[\w-]+)[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/;
const CLIENT = /@aws-sdk\/(client-[\w-]+)\//;
const LITERAL = /^const (\w+) = ("(?:[^"\\]|\\.)*");$/gm;
const COMPUTED_KEY = /([{,]\s*)\[(\w+)\](\s*:)/g;

/**
 * Lets esbuild drop the schemas of operations that nobody calls. An SDK client writes each operation as
 * `{ [_h]: […] }`, and because evaluating a computed key may have effects, esbuild keeps all of them with every type
 * they name. Here such keys become the literals they stand for. Fails the build where a client's files do not look
 * as expected: a new version must neither break quietly nor quietly grow again.
 *
 * @param apart Commands whose schemas become a module of their own, so that what loads lazily can be loaded alone.
 */
export function shakenSchemas(apart: readonly string[]): Plugin {
  return {
    name: 'shaken-schemas',
    setup(build) {
      const shaken = new Set<string>();
      build.onStart(() => shaken.clear());
      build.onResolve({ filter: /^\.\.\/schemas\/schemas_\d+$/ }, async (args) => {
        const command = apart.find((name) => args.importer.endsWith(`${name}Command.js`));
        if (command === undefined || args.pluginData === RESOLVING) return null;
        const { kind, resolveDir, importer } = args;
        const found = await build.resolve(args.path, { kind, resolveDir, importer, pluginData: RESOLVING });
        return { ...found, suffix: `?${command}` };
      });
      build.onLoad({ filter: SCHEMAS }, async ({ path }) => {
        const contents = shakeSchemas(await readFile(path, 'utf8'));
        const kept = await schemasThatStay(contents);
        if (kept.length > 0) throw unexpected(`${kept.length} cannot be dropped, such as ${kept[0]}`);
        shaken.add(SCHEMAS.exec(path)?.[1] ?? '');
        return { contents, loader: 'js' };
      });
      build.onEnd(({ metafile }) => {
        const inputs = Object.keys(metafile?.inputs ?? {});
        const clients = new Set(inputs.flatMap((path) => CLIENT.exec(path)?.[1] ?? []));
        const missed = [...clients].filter((client) => !shaken.has(client));
        const together = apart.filter((name) => !inputs.some((path) => path.endsWith(`?${name}`)));
        const faults = [
          ...missed.map((client) => `no schemas found in ${client}`),
          ...together.map((name) => `${name}Command, which is to stand apart, names none`),
        ];
        return { errors: faults.map((fault) => ({ text: unexpected(fault).message })) };
      });
    },
  };
}

/** Replaces computed keys by the literals they name. Throws where the module has none, or one without a literal. */
export function shakeSchemas(source: string): string {
  const literals = new Map([...source.matchAll(LITERAL)].map(([, name, text]) => [name, text]));
  let replaced = 0;
  const contents = source.replace(COMPUTED_KEY, (_match, before: string, name: string, after: string) => {
    const literal = literals.get(name);
    if (literal === undefined) throw unexpected(`the key [${name}] names no literal of its module`);
    replaced += 1;
    return `${before}${literal}${after}`;
  });
  if (replaced === 0) throw unexpected('there is no computed key to replace; perhaps this is needed no more');
  return contents;
}

const RESOLVING = Symbol('the path is being resolved by esbuild itself');

/** What is left where nothing is imported: schemas of errors, which register themselves; of anything else, nothing. */
async function schemasThatStay(contents: string): Promise<readonly string[]> {
  const { code } = await transform(contents.replace(/^export /gm, ''), {
    treeShaking: true,
    format: 'esm',
    // As in the bundle: `64 | 0` has to be folded before it is seen to have no effect.
    minifySyntax: true,
    logLevel: 'silent',
  });
  return [...code.matchAll(/^(?:var|let|const) (\S+) = \[(?!\s*-3,)/gm)].map(([, name = '']) => name);
}

function unexpected(what: string): Error {
  return new Error(
    `The schemas of an @aws-sdk client are not as expected: ${what}. Look at lib/infrastructure/bundle/shaken-schemas.ts.`,
  );
}
