import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { decide } from '../../lib/triage/decide.ts';
import { type NamesInMark, namesInMark } from '../../lib/triage/names-in-mark.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { findingWith, IMPORTED, NOW, ruleWriting } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

const SUPPRESSED = { Workflow: { Status: 'SUPPRESSED' } };
const SET = '{"v":1,"Workflow":"SUPPRESSED"}';

function read(fields: Readonly<Record<string, string>>, members: object = SUPPRESSED): NamesInMark {
  return namesInMark(findingWith({ ...members, UserDefinedFields: fields }), DEFAULT_CONFIG);
}

/** The names that are read of this text beside a mark. */
function namesOf(triageRules: string): readonly string[] {
  return read({ triageSet: SET, triageRules }).rules;
}

describe('who decided a finding, as its mark says', () => {
  it('is read of what the product itself wrote', async () => {
    const rules = rulesetOf([
      ruleWriting({ Workflow: { Status: 'SUPPRESSED' } }, { name: 'aws/scanner.v2' }),
      ruleWriting({ Confidence: 5 }, { name: 'low_score', priority: 1 }),
    ]);
    const { update } = await decide(findingWith(), IMPORTED, rules, NOW);

    const names = namesInMark(applyUpdate(findingWith(), update), DEFAULT_CONFIG);

    expect(names).toEqual({ rules: ['aws/scanner.v2', 'low_score'], suppresses: true });
  });

  it.each([
    ['has no user-defined fields', findingWith(SUPPRESSED)],
    [
      'has names without a mark',
      findingWith({ ...SUPPRESSED, UserDefinedFields: { triageRules: '|scanner|' } }),
    ],
    [
      'bears the mark of a later version',
      findingWith({ ...SUPPRESSED, UserDefinedFields: { triageRules: '|scanner|', triageSet: '{"v":2}' } }),
    ],
    [
      'bears the mark of another instance',
      findingWith({ ...SUPPRESSED, UserDefinedFields: { stagingRules: '|scanner|', stagingSet: SET } }),
    ],
  ] satisfies [string, Finding][])('is nobody where the finding %s', (_, finding) => {
    expect(namesInMark(finding, DEFAULT_CONFIG)).toEqual({ rules: [], suppresses: false });
  });

  it('is left to the log where no names are beside the mark', () => {
    expect(read({ triageSet: SET })).toEqual({ rules: [], suppresses: true });
    expect(namesOf('|')).toEqual([]);
  });

  it('is read of an instance we succeed too, our own first, each name once', () => {
    const finding = findingWith({
      UserDefinedFields: { oldRules: '|scanner|older|', oldSet: SET, triageRules: '|newer|scanner|' },
    });

    const { rules } = namesInMark(finding, { ...DEFAULT_CONFIG, succeeds: ['old'] });

    expect(rules).toEqual(['newer', 'scanner', 'older']);
  });

  it('is no text that cannot be the name of a rule, for marks can be written by others', () => {
    expect(namesOf('|<b>bold|_first|scanner|with space|tail!|.hidden|é|')).toEqual(['scanner']);
    expect(namesOf(`|a|${'n'.repeat(128)}|${'n'.repeat(129)}|`)).toEqual(['a', 'n'.repeat(128)]);
  });
});

describe('whether we suppressed a finding', () => {
  it.each([
    ['says so, and the finding is', true, SET, SUPPRESSED],
    ['says so, but somebody reopened it', false, SET, { Workflow: { Status: 'NEW' } }],
    ['says so, but the status is gone', false, SET, {}],
    ['says nothing of it', false, '{"v":1,"Confidence":5}', SUPPRESSED],
    ['says that we took it back', false, '{"v":1,"Workflow":"NEW","off":["Workflow"]}', SUPPRESSED],
    ['says nothing of it, nor is it suppressed', false, '{"v":1,"Confidence":5}', {}],
  ])('is so where the mark %s: %s', (_, suppresses, triageSet, members) => {
    expect(read({ triageSet, triageRules: '|a|' }, members)).toEqual({ rules: ['a'], suppresses });
  });
});
