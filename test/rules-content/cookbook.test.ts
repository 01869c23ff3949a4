import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestReport } from '../../lib/rule-tests/report.ts';
import { runRulesFolder } from '../../lib/rule-tests/run-rules-folder.ts';
import { lintRules } from '../../lib/rules/lint/lint-rules.ts';
import { RULES_DIR } from './content.ts';

const guide = readFileSync(join(RULES_DIR, 'README.md'), 'utf8');
const [, cookbook = ''] = /^## Cookbook\n([\s\S]*?)^## /m.exec(guide) ?? [];

/** Title, rule and test of each recipe, as they are printed. */
const recipes = [
  ...cookbook.matchAll(
    /^### \d+\. (.+)\n[\s\S]*?```json\n([\s\S]*?)\n```\n\n```json\n([\s\S]*?)\n```(?=\n\n|\n$)/gm,
  ),
].map(([, title = '', rule = '', test = '']) => {
  const { name } = JSON.parse(rule) as { readonly name: string };
  return { title, name, rule, test };
});

describe('the cookbook', () => {
  let copy: string;
  let report: TestReport;
  beforeAll(async () => {
    copy = mkdtempSync(join(tmpdir(), 'cookbook-'));
    cpSync(RULES_DIR, copy, { recursive: true });
    mkdirSync(join(copy, 'cookbook'));
    for (const { name, rule, test } of recipes) {
      writeFileSync(join(copy, 'cookbook', `${name}.json`), rule);
      writeFileSync(join(copy, 'cookbook', `${name}.test.json`), test);
    }
    const files = recipes.map(({ name }) => join(copy, 'cookbook', `${name}.test.json`));
    ({ report } = await runRulesFolder(copy, files, { coverage: true, mutate: true }));
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  it('has twelve recipes, each with a rule and its test', () => {
    const headings = cookbook.match(/^### /gm) ?? [];

    expect(recipes).toHaveLength(12);
    expect(headings).toHaveLength(12);
    expect(new Set(recipes.map(({ name }) => name)).size).toBe(12);
  });

  it('loads beside the rules that come with it, and each condition is proven', () => {
    expect(report.diagnostics).toEqual([]);
    expect(report.rules.map(({ rule }) => rule).sort()).toEqual(recipes.map(({ name }) => name).sort());
  });

  it('has nothing that lint would say something about', async () => {
    const { diagnostics, rules } = await lintRules(copy, Date.parse('2026-11-22T00:00:00Z'));

    expect(rules).toBeGreaterThanOrEqual(12 + 32);
    expect(diagnostics).toEqual([]);
  });

  it.each(recipes)('$title: the test of $name passes', ({ name }) => {
    const result = report.rules.find(({ rule }) => rule === name);

    expect(result?.cases.length).toBeGreaterThanOrEqual(3);
    expect(result?.cases.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });
});
