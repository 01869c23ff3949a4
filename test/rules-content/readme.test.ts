import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import { DIAGNOSTIC_NAMES } from '../../lib/rules/diagnostic.ts';
import { loadRules } from '../../lib/rules/load.ts';
import { DECORATORS, OPERATORS } from '../../lib/rules/operators.ts';
import type { LeafCondition, Rule } from '../../lib/rules/rule.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import { RULES_DIR, readSamples } from './content.ts';

const guide = readFileSync(join(RULES_DIR, 'README.md'), 'utf8');
const samples = readSamples();
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };

/** The one condition at the end of each row of the operator tables. */
const examples = [...guide.matchAll(/^\|.*\| `(\{ "fact".*\})` \|$/gm)].map(
  ([, text]) => JSON.parse(text ?? '') as LeafCondition,
);

const [, firstRule = ''] = /```json\n(\{[\s\S]*?\n\})\n```/.exec(guide) ?? [];

function ruleOf(conditions: readonly LeafCondition[]): Rule {
  return {
    name: 'example',
    owner: '@acme/docs',
    mode: 'enforce',
    priority: 1,
    conditions: { all: conditions },
    event: { type: 'update', params: { Confidence: 1 } },
  };
}

function rulesetOf(rule: Rule): Ruleset {
  return { rules: [rule], conditions: {}, lists: {}, accounts: {}, config: DEFAULT_CONFIG, version: '' };
}

async function decideSample(name: string, rule: Rule) {
  const sample = samples.get(name);
  if (sample === undefined) throw new Error(`There is no sample "${name}".`);
  return decide(sample, IMPORTED, rulesetOf(rule), Date.parse('2026-11-20T00:00:00Z'));
}

describe("the author's guide", () => {
  it('shows every operator and every prefix', () => {
    const operators = new Set(examples.map(({ operator }) => operator.split(':').at(-1)));
    const prefixes = new Set(examples.flatMap(({ operator }) => operator.split(':').slice(0, -1)));

    expect(operators).toEqual(new Set(Object.keys(OPERATORS)));
    expect(prefixes).toEqual(new Set(DECORATORS));
  });

  it.each(examples)('$operator on $fact is true for the sample it names', async (example) => {
    const { kind } = await decideSample('guardduty-recon-portscan', ruleOf([example]));

    expect(kind).toBe('update');
  });

  it('starts with a rule that does what it says', async () => {
    const { kind, rules } = await decideSample('guardduty-ssh-brute-force-bastion', JSON.parse(firstRule));

    expect(kind).toBe('observed');
    expect(rules).toEqual(['lower-bastion-guessing']);
  });

  describe('in a copy of the rules', () => {
    let copy: string;
    beforeAll(() => {
      copy = mkdtempSync(join(tmpdir(), 'rules-content-'));
      cpSync(RULES_DIR, copy, { recursive: true });
    });
    afterAll(() => rmSync(copy, { recursive: true }));

    it('gives a first rule and operator examples that the checks accept', () => {
      writeFileSync(join(copy, 'guardduty/lower-bastion-guessing.json'), firstRule);
      writeFileSync(join(copy, 'guardduty/example.json'), JSON.stringify(ruleOf(examples)));

      const { ruleset, diagnostics } = loadRules(copy);

      expect(diagnostics).toEqual([]);
      expect(ruleset?.rules.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['lower-bastion-guessing', 'example']),
      );
    });
  });

  it.each(Object.entries(DIAGNOSTIC_NAMES))('has the place that %s %s points to', (code, name) => {
    expect(guide).toContain(`<a id="${code.toLowerCase()}"></a>${code} ${name} |`);
  });

  it.each(UPDATABLE_FIELDS)('says how %s is written', (field) => {
    expect(guide).toContain(`\`${field}\``);
  });

  it('links only to samples and rules that exist', () => {
    const links = [...guide.matchAll(/\]\(((?!http|#)[^)]+)\)/g)].map(([, link]) => link ?? '');

    const missing = links.filter((link) => {
      try {
        return readFileSync(join(RULES_DIR, link)).length === 0;
      } catch {
        return true;
      }
    });

    expect(links.length).toBeGreaterThan(18);
    expect(missing).toEqual([]);
  });
});
