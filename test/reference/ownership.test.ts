import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Rule } from '../../lib/rules/rule.ts';
import { applyUpdate } from './apply-update.ts';
import { referenceDecide } from './decide.ts';
import { findingWith, IMPORTED, markedFinding, NOW, rulesetOf, ruleWriting } from './fixtures.ts';

const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' } });

function decide(finding: Finding, ...rules: readonly Rule[]) {
  return referenceDecide(finding, IMPORTED, rulesetOf(rules), NOW);
}

describe('ownership', () => {
  it('holds what a person set', () => {
    const decision = decide(findingWith({ Workflow: { Status: 'NOTIFIED' } }), suppress);

    expect(decision).toEqual({ kind: 'held', update: null, rules: ['rule-a'], held: ['Workflow'] });
  });

  it("holds a severity that differs from the provider's", () => {
    const finding = findingWith({
      Severity: { Label: 'MEDIUM' },
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
    });

    expect(decide(finding, ruleWriting({ Severity: { Label: 'LOW' } })).held).toEqual(['Severity']);
  });

  it('holds a confidence that stands beside provider fields without one', () => {
    const finding = findingWith({ Confidence: 10, FindingProviderFields: {} });

    expect(decide(finding, ruleWriting({ Confidence: 20 })).held).toEqual(['Confidence']);
  });

  it('changes what is ours', () => {
    const finding = markedFinding({ Confidence: 10 }, { Confidence: 10 });

    expect(decide(finding, ruleWriting({ Confidence: 20 })).update?.Confidence).toBe(20);
  });

  it('holds a key that someone wrote and writes the free one beside it', () => {
    const finding = findingWith({ UserDefinedFields: { ticket: 'OPS-1' } });

    const decision = decide(finding, ruleWriting({ UserDefinedFields: { ticket: 'OPS-2', team: 'red' } }));

    expect(decision.held).toEqual(['UserDefinedFields.ticket']);
    expect(decision.update?.UserDefinedFields).toMatchObject({ ticket: 'OPS-1', team: 'red' });
  });

  it('takes a finding that the service reopened for free', () => {
    const finding = markedFinding({ Workflow: 'RESOLVED' }, { Workflow: { Status: 'NEW' } });

    expect(decide(finding, suppress).update?.Workflow).toEqual({ Status: 'SUPPRESSED' });
  });

  it('respects a person who put our SUPPRESSED back to NEW', () => {
    const finding = markedFinding({ Workflow: 'SUPPRESSED' }, { Workflow: { Status: 'NEW' } });

    expect(decide(finding, suppress)).toMatchObject({ kind: 'held', held: ['Workflow'] });
  });

  it('overwrites where the rule says so and remembers the value', () => {
    const finding = findingWith({ Workflow: { Status: 'NOTIFIED' } });

    const decision = decide(finding, { ...suppress, overwrite: ['Workflow'] });

    expect(decision.update).toEqual({
      Workflow: { Status: 'SUPPRESSED' },
      UserDefinedFields: {
        triageRules: '|rule-a|',
        triageSet: '{"v":1,"Workflow":"SUPPRESSED","was":{"Workflow":"NOTIFIED"}}',
      },
    });
  });

  it('adopts an equal value by sending the mark alone', () => {
    const finding = findingWith({ Workflow: { Status: 'SUPPRESSED' } });

    const decision = decide(finding, { ...suppress, adopt: true });

    expect(decision.update).toEqual({
      UserDefinedFields: {
        triageRules: '|rule-a|',
        triageSet: '{"v":1,"Workflow":"SUPPRESSED","was":{"Workflow":"SUPPRESSED"}}',
      },
    });
  });

  it("withholds a note when another field of its rule is someone else's, even if equal", () => {
    const finding = findingWith({ Workflow: { Status: 'SUPPRESSED' } });
    const rule = ruleWriting({ Workflow: { Status: 'SUPPRESSED' }, Note: { Text: 'ours' }, Confidence: 4 });

    const decision = decide(finding, rule);

    expect(decision).toMatchObject({ kind: 'update', update: { Confidence: 4 }, held: [] });
    expect(decision.update).not.toHaveProperty('Note');
  });

  it('carries an entry that no longer holds', () => {
    const finding = markedFinding({ Workflow: 'SUPPRESSED' }, { Workflow: { Status: 'NEW' } });

    const decision = decide(finding, suppress, ruleWriting({ Confidence: 4 }, { name: 'rule-b' }));

    expect(decision.update?.UserDefinedFields).toEqual({
      triageRules: '|rule-b|',
      triageSet: '{"v":1,"Workflow":"SUPPRESSED","Confidence":4}',
    });
  });

  it('makes no entry for a free field that already stands as wanted', () => {
    const finding = findingWith({ Confidence: 4 });

    const decision = decide(finding, ruleWriting({ Confidence: 4, Criticality: 5 }));

    expect(decision.update?.UserDefinedFields?.triageSet).toBe('{"v":1,"Criticality":5}');
  });

  it('hashes lists as sorted sets, related findings by ProductArn and Id', () => {
    const related = [{ ProductArn: 'arn:b', Id: '1' }];

    const decision = decide(findingWith(), ruleWriting({ Types: ['b', 'a', 'b'], RelatedFindings: related }));

    expect(decision.update?.UserDefinedFields?.triageSet).toBe(
      '{"v":1,"Types":"0473ef2d","RelatedFindings":"f4d42625"}',
    );
  });

  it('counts a broken mark as none', () => {
    const finding = findingWith({ Confidence: 4, UserDefinedFields: { triageSet: '{"v":1,' } });

    expect(decide(finding, ruleWriting({ Confidence: 5 })).kind).toBe('update');
  });
});

describe('the view', () => {
  it("shows the provider's severity instead of ours", () => {
    const finding = markedFinding(
      { Severity: 'LOW' },
      { Severity: { Label: 'LOW' }, FindingProviderFields: { Severity: { Label: 'HIGH' } } },
    );
    const rule = ruleWriting(
      { Severity: { Label: 'LOW' }, Confidence: 1 },
      { conditions: { all: [{ fact: 'Severity.Normalized', operator: 'equal', value: 70 }] } },
    );

    expect(decide(finding, rule).update).toMatchObject({ Confidence: 1 });
  });

  it("hides our note and keys and shows a person's", () => {
    const ours = applyUpdate(
      findingWith(),
      decide(findingWith(), ruleWriting({ Note: { Text: 'ours' }, UserDefinedFields: { k: 'v' } })).update,
    );
    const reader = ruleWriting(
      { Confidence: 1 },
      {
        name: 'reader',
        conditions: {
          any: [
            { fact: 'Note.Text', operator: 'exists', value: true },
            { fact: 'UserDefinedFields', operator: 'exists', value: true },
          ],
        },
      },
    );

    expect(decide(ours, reader).update).not.toHaveProperty('Confidence');
    expect(decide({ ...ours, Note: { Text: 'a person' } }, reader).update).toMatchObject({ Confidence: 1 });
  });

  it('reads lists in force, accounts and the age', () => {
    const rule = ruleWriting(
      { Confidence: 1 },
      {
        conditions: {
          all: [
            { fact: 'AwsAccountId', operator: 'in', value: { fact: 'lists.ci' } },
            { fact: 'account.tier', operator: 'equal', value: 'dev' },
            { fact: 'ageDays', operator: 'equal', value: 2 },
          ],
        },
      },
    );
    const context = (until: string) => ({
      lists: { ci: [{ value: '111122223333', until }] },
      accounts: { '111122223333': { tier: 'dev' } },
    });
    const finding = findingWith({ CreatedAt: '2026-06-13T00:00:00Z' });

    const inForce = referenceDecide(finding, IMPORTED, rulesetOf([rule], context('2026-06-15')), NOW);
    const lapsed = referenceDecide(finding, IMPORTED, rulesetOf([rule], context('2026-06-14')), NOW);

    expect([inForce.kind, lapsed.kind]).toEqual(['update', 'unchanged']);
  });
});
