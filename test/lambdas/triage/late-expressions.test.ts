import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { bundleEntry } from '../../../lib/infrastructure/bundle/bundle-entry.ts';
import { PACKAGE_ROOT } from '../../../lib/package/package-root.ts';
import { temporaryDir } from '../../infrastructure/temporary-dir.ts';
import { startBundledFunction } from './bundled-function.ts';
import { finding, importedEvent, RULESET } from './fixtures.ts';

const ENGINE = join(PACKAGE_ROOT, 'lib/rules/engine');
const [RULE] = RULESET.rules;

describe('expressions in the bundle', () => {
  it.each([
    ['matches', 'Invented (finding|thing)', 'observed'],
    ['matches', 'Invented', 'unchanged'],
    ['glob', 'Inv?nted*', 'observed'],
    ['glob', 'Inv?nted', 'unchanged'],
    ['not:matches', 'Else.*', 'observed'],
  ])('are there when a rule asks: %s %j leaves the finding %s', async (operator, value, outcome) => {
    if (RULE === undefined) throw new Error('The fixture has a rule.');
    const conditions = { all: [{ fact: 'Title', operator, value }] };
    const triage = await startBundledFunction(
      { ...RULESET, rules: [{ ...RULE, conditions }] },
      {
        AWS_REGION: 'eu-west-1',
        AWS_LAMBDA_FUNCTION_NAME: 'triage',
        TRIAGE_MODE: 'observe',
        SUPPRESSIONS_PER_HOUR: 'none',
        DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead',
        INGEST_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/ingest',
      },
    );

    const answered = await triage.invoke(JSON.parse(importedEvent([finding(1)])));

    await triage.close();
    expect(answered).toMatchObject({ answer: { outcomes: [{ outcome }] } });
  });

  it('are not loaded before', async () => {
    const { packages } = await bundleEntry({
      entry: join(PACKAGE_ROOT, 'lambdas/triage/handler.ts'),
      outDir: temporaryDir(),
    });

    const expressions = packages.find(({ name }) => name === 're2js');

    expect(expressions?.bytes).toBeGreaterThan(100_000);
    expect(expressions?.initBytes).toBe(0);
  });

  it('fail loudly where the package does not stand beside the code', async () => {
    const { RE2JS: late } = await import('../../../lambdas/triage/late-expressions.ts');

    expect(() => late.compile('a')).toThrow(/expressions\.mjs/);
    expect(() => late.DOTALL).toThrow(/expressions\.mjs/);
  });

  it('offer every member that the engine asks for', async () => {
    const sources = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ENGINE, name), 'utf8'));
    const asked = new Set(sources.flatMap((text) => [...text.matchAll(/\bRE2JS\.(\w+)/g)].map((m) => m[1])));
    const imported = sources.flatMap((text) =>
      [...text.matchAll(/import (?!type)\{([^}]*)\} from 're2js'/g)].map((m) => m[1]?.trim()),
    );

    const { RE2JS: offered } = await import('../../../lambdas/triage/late-expressions.ts');

    expect(asked).not.toEqual(new Set());
    expect([...asked].filter((member) => !(String(member) in offered && String(member) in RE2JS))).toEqual(
      [],
    );
    expect(new Set(imported)).toEqual(new Set(['RE2JS']));
  });
});
