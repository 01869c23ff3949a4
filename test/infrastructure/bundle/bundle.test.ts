import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleLambda } from '../../../lib/infrastructure/bundle/bundle.ts';
import type { BundleReport } from '../../../lib/infrastructure/bundle/bundle-report.ts';
import { indexEntriesOf } from '../../../lib/rules/engine/candidates/index-entries.ts';
import { writeBadRules, writeRules } from '../fixture-rules.ts';
import { temporaryDir } from '../temporary-dir.ts';

const SCRIPT = fileURLToPath(new URL('../../../lib/infrastructure/bundle/bundle.ts', import.meta.url));

/** What may run with the function's rights. A new name here is a new party to trust: look at it first. */
const ALLOWED =
  /^(?:securityhub-triage|json-rules-engine|clone|eventemitter2|hash-it|re2js|bowser|tslib|@middy\/core|@aws\/lambda-invoke-store|@aws-lambda-powertools\/(?:commons|logger|metrics)|@smithy\/[\w-]+|@aws-sdk\/[\w-]+)$/;

let report: BundleReport;
let outDir: string;
let rulesDir: string;

beforeAll(async () => {
  rulesDir = writeRules();
  outDir = temporaryDir();
  report = await bundleLambda('triage', { rulesDir, outDir });
});

describe('the bundle', () => {
  it('holds nothing of jsonpath-plus, the parser it uses or eval-like code of it', () => {
    const names = report.packages.map(({ name }) => name);
    const text = contents(outDir)
      .map(([, content]) => content)
      .join('\n');

    expect(names).not.toContain('jsonpath-plus');
    expect(names).toContain('json-rules-engine');
    expect(text).toContain('JSONPath is not evaluated');
    expect(text).not.toMatch(/jsonpath-plus|\bjsep\b|runInNewContext/);
  });

  it('holds only packages that were looked at', () => {
    const strangers = report.packages.map(({ name }) => name).filter((name) => !ALLOWED.test(name));

    expect(strangers).toEqual([]);
  });

  it('of the sweep holds no other packages, and no JSONPath either', async () => {
    const dir = temporaryDir();

    const { packages } = await bundleLambda('sweep', { rulesDir, outDir: dir });

    const names = packages.map(({ name }) => name);
    expect(names.filter((name) => !ALLOWED.test(name))).toEqual([]);
    expect(names).toContain('json-rules-engine');
    expect(names).not.toContain('jsonpath-plus');
    const text = contents(dir)
      .map(([, content]) => content)
      .join('\n');
    expect(text).not.toMatch(/jsonpath-plus|\bjsep\b|runInNewContext/);
    expect(readdirSync(dir)).toEqual(expect.arrayContaining(['ruleset.json', 'ruleset-index.json']));
  });

  it('is the same to the byte when made again elsewhere', async () => {
    const again = temporaryDir();

    await bundleLambda('triage', { rulesDir, outDir: again });

    expect(contents(again)).toEqual(contents(outDir));
  });

  it('carries the ruleset beside the code, defaults filled in', () => {
    const ruleset = JSON.parse(readFileSync(join(outDir, 'ruleset.json'), 'utf8'));

    expect(ruleset.rules).toMatchObject([{ name: 'notify-public-bucket', mode: 'enforce' }]);
    expect(ruleset.config.prefix).toBe('triage');
    expect(ruleset.version).toMatch(/^[0-9a-f]{12}$/);
  });

  it('carries what the index is built of, the same as would be worked out at the start', () => {
    const ruleset = JSON.parse(readFileSync(join(outDir, 'ruleset.json'), 'utf8'));
    const index = JSON.parse(readFileSync(join(outDir, 'ruleset-index.json'), 'utf8'));

    expect(index).toEqual(JSON.parse(JSON.stringify(indexEntriesOf(ruleset))));
    expect(index.version).toBe(ruleset.version);
  });

  it('changes with the rules', async () => {
    const other = temporaryDir();

    await bundleLambda('triage', { rulesDir: writeRules({ prefix: 'acme' }), outDir: other });

    const changed = contents(other).filter(
      ([name, content]) => content !== new Map(contents(outDir)).get(name),
    );
    expect(changed.map(([name]) => name).sort()).toEqual(['ruleset-index.json', 'ruleset.json']);
  });

  it('replaces an earlier bundle and leaves other files where they are', async () => {
    const dir = temporaryDir();
    for (const name of ['chunk-OLD1.mjs', 'ruleset.json', 'notes.txt']) writeFileSync(join(dir, name), 'old');

    await bundleLambda('triage', { rulesDir, outDir: dir });

    expect(contents(dir).filter(([, content]) => content === 'old')).toEqual([['notes.txt', 'old']]);
  });

  it("starts under the function's Node options and exports the handler", () => {
    const program = `console.log(typeof (await import(${JSON.stringify(pathToFileURL(join(outDir, 'index.mjs')).href)})).handler)`;

    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      env: {
        NODE_OPTIONS: '--disallow-code-generation-from-strings',
        AWS_REGION: 'eu-west-1',
        AWS_LAMBDA_FUNCTION_NAME: 'triage',
        TRIAGE_MODE: 'observe',
        SUPPRESSIONS_PER_HOUR: 'none',
        DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead',
        INGEST_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/ingest',
      },
    });

    expect(printed.trim()).toBe('function');
  });

  it('loads less than half of itself before the first event', () => {
    expect(report.initBytes).toBeLessThan(report.totalBytes / 2);
  });
});

describe('a bad rule', () => {
  it('makes no bundle and is named with its place', async () => {
    const bundling = bundleLambda('triage', { rulesDir: writeBadRules(), outDir: temporaryDir() });

    await expect(bundling).rejects.toThrow(/bad\.json:10:17/);
  });

  it('ends the script with the diagnostics and no stack trace', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [SCRIPT, '--rules', writeBadRules(), '--out', temporaryDir()],
      { encoding: 'utf8' },
    );

    expect(status).toBe(1);
    expect(stderr).toMatch(/bad\.json:10:17/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

function contents(dir: string): readonly (readonly [string, string])[] {
  return readdirSync(dir)
    .sort()
    .map((name) => [name, readFileSync(join(dir, name), 'utf8')] as const);
}
