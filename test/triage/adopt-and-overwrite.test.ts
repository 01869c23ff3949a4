import { describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Rule, UpdateTemplate } from '../../lib/rules/rule.ts';
import { decide } from '../../lib/triage/decide.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { findingWith, IMPORTED, NOW, ruleWriting, WITHDRAWING_ALL } from '../reference/fixtures.ts';
import { rulesetOf } from '../rules/engine/ruleset-of.ts';

const NOTIFIED = { Workflow: { Status: 'NOTIFIED' } };
const suppress = ruleWriting({ Workflow: { Status: 'SUPPRESSED' } }, { name: 'suppress' });

/** What is decided of an imported finding. */
async function decided(finding: Finding, ...rules: readonly Rule[]): Promise<Decision> {
  return decide(finding, IMPORTED, rulesetOf(rules), NOW);
}

describe('adopt', () => {
  it('takes over an equal value by sending the mark alone, once', async () => {
    const finding = findingWith(NOTIFIED);
    const notify = ruleWriting(NOTIFIED as UpdateTemplate, { name: 'notify', adopt: true });

    const decision = await decided(finding, notify);
    const again = await decided(applyUpdate(finding, decision.update), notify);

    expect(decision.update).toEqual({
      UserDefinedFields: {
        triageRules: '|notify|',
        triageSet: '{"v":1,"Workflow":"NOTIFIED","was":{"Workflow":"NOTIFIED"}}',
      },
    });
    expect(again.kind).toBe('unchanged');
  });

  it('takes over no value that differs', async () => {
    const decision = await decided(findingWith(NOTIFIED), { ...suppress, adopt: true });

    expect(decision).toMatchObject({ kind: 'held', update: null });
  });

  it('does not send a mark for an equal value without it', async () => {
    const finding = findingWith({ Workflow: { Status: 'SUPPRESSED' } });

    expect(await decided(finding, suppress)).toMatchObject({ kind: 'unchanged', update: null });
  });
});

describe('overwrite', () => {
  const overwrite: Rule = { ...suppress, overwrite: ['Workflow'] };

  it('remembers the value it replaces and goes back to NEW when the rule is gone', async () => {
    const finding = findingWith(NOTIFIED);

    const decision = await decided(finding, overwrite);
    const withdrawn = await decided(applyUpdate(finding, decision.update));

    expect(decision.update?.UserDefinedFields?.triageSet).toBe(
      '{"v":1,"Workflow":"SUPPRESSED","was":{"Workflow":"NOTIFIED"}}',
    );
    expect(withdrawn.update?.Workflow).toEqual({ Status: 'NEW' });
  });

  it('goes back to the severity that someone set, where that is above the provider’s', async () => {
    const finding = findingWith({
      Severity: { Label: 'CRITICAL' },
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
    });
    const downgrade = ruleWriting({ Severity: { Label: 'LOW' } }, { overwrite: ['Severity'] });

    const decision = await decided(finding, downgrade);
    const none = rulesetOf([], { config: WITHDRAWING_ALL });
    const withdrawn = await decide(applyUpdate(finding, decision.update), IMPORTED, none, NOW);

    expect(decision.update?.Severity).toEqual({ Label: 'LOW' });
    expect(withdrawn.update?.Severity).toEqual({ Label: 'CRITICAL' });
  });

  it('is asked of the rule that wins the field, not of one below it', async () => {
    const below: Rule = { ...overwrite, name: 'below', priority: 1 };

    const decision = await decided(findingWith(NOTIFIED), suppress, below);

    expect(decision).toMatchObject({ kind: 'held', update: null });
  });

  it('covers every key where it names UserDefinedFields', async () => {
    const finding = findingWith({ UserDefinedFields: { team: 'red' } });
    const team: Rule = ruleWriting(
      { UserDefinedFields: { team: 'blue' } },
      { overwrite: ['UserDefinedFields'] },
    );

    const decision = await decided(finding, team);

    expect(decision.update?.UserDefinedFields).toMatchObject({ team: 'blue' });
  });
});
