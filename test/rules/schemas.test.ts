import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCHEMA_FILES } from '../../lib/rules/schemas/schema-files.ts';
import { schemaTexts } from '../../lib/rules/schemas/schema-texts.ts';
import { codesOf, loadRule, RULE, ruleOn, ruleWith, ruleWriting } from './rules-folder.ts';
import { strictAjv } from './schemas/strict-ajv.ts';

const validate = strictAjv().compile(SCHEMA_FILES['rule.schema.json'] ?? false);
const LEAF = { fact: 'Title', operator: 'equal', value: 'x' };

describe('the schemas that editors read', () => {
  it.each([...schemaTexts()])('has %s written out as the code says it', (name, text) => {
    expect(readFileSync(new URL(`../../rules/${name}`, import.meta.url), 'utf8')).toBe(text);
  });

  it.each([
    ['a rule', RULE],
    ['nested blocks', ruleOn({ any: [{ not: LEAF }, { name: 'n', condition: 'shared' }] })],
    ['decorators', ruleOn({ ...LEAF, fact: 'Types', operator: 'someFact:not:startsWith' })],
    ['an array for in', ruleOn({ ...LEAF, operator: 'in', value: ['x'] })],
    [
      'elements',
      ruleOn({ fact: 'Resources', operator: 'anyElement', value: { all: [{ ...LEAF, fact: 'Id' }] } }),
    ],
  ])('accept what loading accepts: %s', (_, rule) => {
    const shared = { 'conditions/shared.json': { condition: { all: [LEAF] } } };

    expect(validate(rule)).toBe(true);
    expect(codesOf(loadRule(rule, shared))).toEqual([]);
  });

  it.each([
    ['a comparison as root', ruleWith({ conditions: LEAF })],
    ['an empty block', ruleOn({ any: [] })],
    ['all beside any', ruleOn({ all: [LEAF], any: [LEAF] })],
    ['a comparison beside all', ruleOn({ all: [LEAF], ...LEAF })],
    ['a path', ruleOn({ ...LEAF, path: '$' })],
    ['a missing value', ruleOn({ fact: 'Title', operator: 'equal' })],
    ['an unknown operator', ruleOn({ ...LEAF, operator: 'equals' })],
    ['a text for in', ruleOn({ ...LEAF, operator: 'in' })],
    ['a text for exists', ruleOn({ ...LEAF, operator: 'exists' })],
    ['a comparison as block on elements', ruleOn({ fact: 'Resources', operator: 'noElement', value: LEAF })],
    ['an unknown field', ruleWriting({ RecordState: 'ARCHIVED' })],
    ['no field', ruleWriting({})],
    ['a priority of 0', ruleWith({ priority: 0 })],
  ])('refuse what loading refuses: %s', (_, rule) => {
    expect(validate(rule)).toBe(false);
    expect(codesOf(loadRule(rule))).not.toEqual([]);
  });
});
