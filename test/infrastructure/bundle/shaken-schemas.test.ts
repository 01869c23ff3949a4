import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { shakenSchemas, shakeSchemas } from '../../../lib/infrastructure/bundle/shaken-schemas.ts';
import { temporaryDir } from '../temporary-dir.ts';

const SCHEMAS = `
const _h = "http", _e = "e";
const _hE = "httpError";
const _m = "say \\"hi\\"";
const n0 = "com.amazonaws.things";
export var ThingRequest$ = [3, n0, "ThingRequest", 0, ["Id"], [[0, { [_hE]: 1 }], 64 | 0]];
export var Thing$ = [9, n0, "Thing", { [_m]: ["GET", "/things", 200], [_hE]: 2 }, () => ThingRequest$];
export var Other$ = [9, n0, "Other", { [_hE]: ["GET", "/other", 200] }, () => ThingRequest$];
`;

describe('shaking schemas', () => {
  it('replaces each computed key by the literal it names, and nothing else', () => {
    const shaken = shakeSchemas(SCHEMAS);

    expect(shaken).toContain('{ "httpError": 1 }');
    expect(shaken).toContain('{ "say \\"hi\\"": ["GET", "/things", 200], "httpError": 2 }');
    expect(shaken.replace('"say \\"hi\\"":', '[_m]:').replaceAll('"httpError":', '[_hE]:')).toBe(SCHEMAS);
  });

  it.each([
    [
      'a key that names no literal',
      'const _h = name();\nexport var A$ = [9, { [_h]: 1 }];',
      /\[_h\] names no/,
    ],
    ['no computed key at all', 'export var A$ = [9, { "http": 1 }];', /no computed key/],
  ])('refuses %s', (_what, source, message) => {
    expect(() => shakeSchemas(source)).toThrow(message);
  });
});

describe('the plugin', () => {
  it('leaves of a client what is imported', async () => {
    const text = await bundleWith({ schemas: SCHEMAS });

    expect(text).toContain('/things');
    expect(text).not.toContain('/other');
  });

  it('gives a command that stands apart its own module of schemas', async () => {
    const client = writeClient({ schemas: SCHEMAS });
    const commands = join(client, 'dist-es/commands');
    mkdirSync(commands);
    writeFileSync(
      join(commands, 'OtherCommand.js'),
      'import { Other$ } from "../schemas/schemas_0"; export const other = Other$;',
    );

    const { metafile } = await bundle(
      'import { Thing$ } from "@aws-sdk/client-things"; console.log(Thing$, import("./node_modules/@aws-sdk/client-things/dist-es/commands/OtherCommand.js"));',
      client,
      ['Other'],
    );

    const holders = Object.values(metafile.outputs).map(({ inputs }) =>
      Object.keys(inputs).filter((path) => path.includes('schemas_0')),
    );
    expect(holders.flat().filter((path) => path.endsWith('?Other'))).toHaveLength(1);
    expect(holders.filter((paths) => paths.length > 1)).toEqual([]);
  });

  it('fails the build where a schema could not be dropped', async () => {
    const bundling = bundleWith({ schemas: `${SCHEMAS}\nexport var Odd$ = [9, n0, compute()];` });

    await expect(bundling).rejects.toThrow('1 cannot be dropped, such as Odd$');
  });

  it('fails the build where a client keeps its schemas elsewhere', async () => {
    const bundling = bundleWith({ schemas: SCHEMAS, folder: 'dist-es/shapes' });

    await expect(bundling).rejects.toThrow('no schemas found in client-things');
  });

  it('fails the build where the command that is to stand apart is not there', async () => {
    const bundling = bundle('', writeClient({ schemas: SCHEMAS }), ['Other']);

    await expect(bundling).rejects.toThrow('OtherCommand, which is to stand apart, names none');
  });
});

/** A client laid out as those of the SDK are. */
function writeClient({ schemas, folder = 'dist-es/schemas' }: { schemas: string; folder?: string }): string {
  const client = join(temporaryDir(), 'node_modules/@aws-sdk/client-things');
  mkdirSync(join(client, folder), { recursive: true });
  writeFileSync(join(client, folder, 'schemas_0.js'), schemas);
  writeFileSync(
    join(client, 'package.json'),
    JSON.stringify({ name: '@aws-sdk/client-things', module: 'index.js', sideEffects: false }),
  );
  writeFileSync(join(client, 'index.js'), `export * from "./${folder}/schemas_0";`);
  return client;
}

async function bundleWith(client: { schemas: string; folder?: string }): Promise<string> {
  const source = 'import { Thing$ } from "@aws-sdk/client-things"; console.log(Thing$);';
  const { outputFiles } = await bundle(source, writeClient(client));
  return outputFiles.map(({ text }) => text).join('\n');
}

function bundle(source: string, client: string, apart: readonly string[] = []) {
  return build({
    stdin: { contents: source, resolveDir: join(client, '../../..') },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    splitting: true,
    format: 'esm',
    outdir: 'out',
    mainFields: ['module'],
    logLevel: 'silent',
    plugins: [shakenSchemas(apart)],
  });
}
