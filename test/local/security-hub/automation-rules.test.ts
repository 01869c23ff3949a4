import { randomUUID } from 'node:crypto';
import {
  BatchDeleteAutomationRulesCommand,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  CreateAutomationRuleCommand,
  type CreateAutomationRuleCommandInput,
} from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { finding, productArn, type ServedTestHub, serveTestHub } from './account.ts';

type Rule = CreateAutomationRuleCommandInput;

const rule = (order: number, FindingFieldsUpdate: object, more: Partial<Rule> = {}): Rule => ({
  ...{ RuleName: `rule-${order}`, Description: 'Of this test.', RuleOrder: order },
  Criteria: { Id: [{ Value: 'one', Comparison: 'EQUALS' }] },
  Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate }],
  ...more,
});

async function create({ client }: ServedTestHub, ...rules: readonly Rule[]): Promise<readonly string[]> {
  const arns: string[] = [];
  for (const one of rules) arns.push((await client.send(new CreateAutomationRuleCommand(one))).RuleArn ?? '');
  return arns;
}

async function importOne({ client }: ServedTestHub, id = 'one', minute = 0): Promise<void> {
  const UpdatedAt = `2026-01-02T00:0${minute}:00.000Z`;
  // A finding of the tests is read-only, which the SDK's type is not.
  const Findings = [finding(id, { UpdatedAt })] as never;
  await client.send(new BatchImportFindingsCommand({ Findings }));
}

describe('automation rules', () => {
  it('act on what is imported before its event is sent, in their order, and a terminal one ends it', async () => {
    const test = await serveTestHub();
    await create(
      test,
      rule(3, { Criticality: 3 }),
      rule(1, { Criticality: 1, Workflow: { Status: 'SUPPRESSED' } }),
      rule(2, { Criticality: 2 }, { IsTerminal: true }),
    );

    await importOne(test);
    await importOne(test, 'another');

    const [one, another] = test.events.map((event) => event.detail.findings[0]);
    expect(one).toMatchObject({ Criticality: 2, Workflow: { Status: 'SUPPRESSED' } });
    expect(another).not.toHaveProperty('Criticality');
    expect(test.hub.findings()[0]).toEqual(one);
  });

  it.each([
    ['onImports', 5],
    ['onUpdatesToo', 9],
  ] as const)('act on updates or not: %s', async (automationRules, criticality) => {
    const test = await serveTestHub({ readings: { automationRules } });
    await create(test, rule(1, { Criticality: 9 }));
    await importOne(test);

    await test.client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [{ Id: 'one', ProductArn: productArn }],
        Criticality: 5,
      }),
    );

    expect(test.hub.findings()[0]).toMatchObject({ Criticality: criticality });
  });

  it('act no more once they are disabled or deleted', async () => {
    const test = await serveTestHub({ newId: randomUUID });
    const arns = await create(
      test,
      rule(1, { Criticality: 1 }, { RuleStatus: 'DISABLED' }),
      rule(2, { Confidence: 2 }),
    );
    const { ProcessedAutomationRules } = await test.client.send(
      new BatchDeleteAutomationRulesCommand({ AutomationRulesArns: [arns[1] ?? ''] }),
    );

    await importOne(test);

    expect(ProcessedAutomationRules).toEqual([arns[1]]);
    expect(test.hub.findings()[0]).not.toHaveProperty('Criticality');
    expect(test.hub.findings()[0]).not.toHaveProperty('Confidence');
  });

  it.each([
    ['criteria that are not judged here', rule(1, {}, { Criteria: { Confidence: [{ Eq: 1 }] } })],
    ['an order over 1000', rule(1001, {})],
    ['a value that no update may have', rule(1, { Criticality: 101 })],
    [
      'two actions',
      rule(1, {}, { Actions: [...(rule(1, {}).Actions ?? []), ...(rule(1, {}).Actions ?? [])] }),
    ],
  ])('are refused with %s', async (_, refused) => {
    const test = await serveTestHub();

    await expect(create(test, refused)).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidInputException' }),
    );
  });
});
