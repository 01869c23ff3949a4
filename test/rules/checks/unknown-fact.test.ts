import { describe, expect, it } from 'vitest';
import { codesOf, loadRule, ruleOn, saidOf } from '../rules-folder.ts';

const on = (fact: string, operator = 'exists', value: unknown = true) => ruleOn({ fact, operator, value });

describe('facts', () => {
  it.each([
    'Severity.Label',
    'Resources[*].Tags.env',
    'ProductFields["aws/securityhub/ProductName"]',
    'UserDefinedFields.team',
    'lists.ciAccounts',
    'account.env',
    'ageDays',
    'event.detailType',
    'event.actionName',
  ])('knows %s', (fact) => {
    expect(codesOf(loadRule(on(fact)))).toEqual([]);
  });

  it.each([
    ['Severity.Lable', /Did you mean "Severity.Label"/],
    ['severity.label', /Did you mean "Severity.Label"/],
    ['Resources.Id', /Did you mean "Resources\[\*\].Id"/],
    ['AccountId', /"AccountId" is not in a finding/],
    ['WorkflowState', /read Workflow.Status/],
    ['ProcessedAt', /read UpdatedAt/],
    ['Note.UpdatedBy', /read Note.Text/],
    ['Note["UpdatedBy"]', /read Note.Text/],
    ['Severity.Product', /deprecated/],
    ['UserDefinedFields.triageSet', /product's own mark/],
    ['UserDefinedFields["triageHold"]', /product's own mark/],
    ['lists.ciAcounts', /no rules\/context\/ciAcounts.json. Did you mean "lists.ciAccounts"/],
    ['account.enviroment', /"account.enviroment" is no fact/],
    ['account.toString', /is no fact/],
    ['accounts', /account.env/],
    ['lists', /lists.ciAccounts/],
    ['ageDay', /Did you mean "ageDays"/],
    ['event.account', /is no fact/],
    ['event.actionname', /Did you mean "event.actionName"/],
    ['', /is no path/],
    ['Severity..Label', /is no path/],
    ['ProductFields.aws/securityhub/X', /\["any key"\] for other names/],
    ['__proto__.polluted', /is not in a finding/],
    ['Severity.constructor', /is not in a finding/],
    ['Severity.hasOwnProperty', /is not in a finding/],
  ])('refuses %j', (fact, message) => {
    const said = saidOf(loadRule(on(fact)));

    expect(said).toEqual([expect.stringMatching(message)]);
    expect(said[0]).toMatch(/^TR101 /);
  });

  it('looks at the fact of a value too', () => {
    expect(saidOf(loadRule(on('AwsAccountId', 'in', { fact: 'lists.unknown' })))).toEqual([
      expect.stringMatching(/TR101 "lists.unknown" is no fact/),
    ]);
    expect(saidOf(loadRule(on('Title', 'equal', { fact: 'Titel' })))).toEqual([
      expect.stringMatching(/TR101 "Titel"/),
    ]);
  });

  it('reads facts in a block on elements from the element', () => {
    const block = (fact: string) =>
      on('Resources', 'anyElement', { all: [{ fact, operator: 'equal', value: 'x' }] });

    expect(codesOf(loadRule(block('Tags.env')))).toEqual([]);
    expect(saidOf(loadRule(block('Resources[*].Id')))).toEqual([
      expect.stringMatching(/not in an element \(Resource\)/),
    ]);
    expect(saidOf(loadRule(block('ageDays')))).toEqual([expect.stringMatching(/TR101/)]);
    expect(saidOf(loadRule(block('lists.ciAccounts')))).toEqual([expect.stringMatching(/TR101/)]);
  });
});
