import { describe, expect, it } from 'vitest';
import { readNativeRules } from '../../lib/import/native/read-rules.ts';
import { IMPORT_FORMATS, IMPORT_REPORTERS } from '../../lib/import/reporters/texts.ts';
import { importEnforced, NOW_MS } from './compare.ts';
import type { NativeRule } from './native-reference.ts';

const HOSTILE = '\u001b[2J<img src=x> | @everyone `x` \u202e';

describe('the report of an import', () => {
  it.each(IMPORT_FORMATS)('lets no title act where it is read as %s', async (format) => {
    const text = IMPORT_REPORTERS[format](await report());

    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is looked for.
    expect(text).not.toMatch(/\u001b|\u202e/);
    if (format === 'markdown') expect(text).not.toMatch(/<img|[^>;] \| @everyone/);
  });

  it('counts rules that came over, and those without a difference of their own', async () => {
    const text = IMPORT_REPORTERS.compact(await report());

    expect(text.split('\n')[0]).toBe(
      '1 of 3 native automation rules imported, 1 of them without a difference of their own',
    );
  });

  it('says as JSON what became of each rule, those left out for being off among what is well', async () => {
    const json = JSON.parse(IMPORT_REPORTERS.json(await report()));

    expect(json).toMatchObject({ version: 1, ok: false, counts: { rules: 3, imported: 1 } });
    expect(json.rules.map(({ name }: { name: string | null }) => name)).toEqual(['plain', null, null]);
  });
});

async function report() {
  const made = await importEnforced(
    readNativeRules([rule('plain'), rule(HOSTILE, { Unheard: [] }), off], NOW_MS),
  );
  return { ...made, isDry: false, paths: new Map([['rules/imported/plain.json', '']]) };
}

function rule(
  RuleName: string,
  Criteria: NativeRule['Criteria'] = { Title: [{ Value: 'a', Comparison: 'PREFIX' }] },
): NativeRule {
  return { RuleName, RuleOrder: 1, Criteria, Actions: [{ FindingFieldsUpdate: { Confidence: 5 } }] };
}

const off: NativeRule = { ...rule('off'), RuleStatus: 'DISABLED' };
