import { describe, expect, it } from 'vitest';
import { findConfigs } from '../../lib/import/native/find-configs.ts';
import { readOcsfRules } from '../../lib/import/ocsf/read-rules.ts';
import { importEnforced, NOW_MS } from './compare.ts';
import { brokenTests } from './written-rules.ts';

const text = (FieldName: string, Value: string, Comparison = 'EQUALS') => ({
  FieldName,
  Filter: { Value, Comparison },
});

describe('rules of the new Security Hub', () => {
  it('become rules on the fields of ASFF that hold the same', async () => {
    const made = await imported(
      {
        CompositeFilters: [
          {
            StringFilters: [text('resources.type', 'AWS::S3::Bucket'), text('severity', 'High')],
            Operator: 'AND',
          },
          {
            StringFilters: [text('cloud.account.uid', '111122223333')],
            NumberFilters: [{ FieldName: 'severity_id', Filter: { Gte: 4 } }],
            Operator: 'OR',
          },
          {
            MapFilters: [
              { FieldName: 'resources.tags', Filter: { Key: 'env', Value: 'dev', Comparison: 'EQUALS' } },
            ],
          },
        ],
        CompositeOperator: 'AND',
      },
      { SeverityId: 2, StatusId: 2, Comment: 'looked at' },
    );

    const [rule] = made.rules;
    expect(rule?.rule?.conditions).toEqual({
      all: [
        {
          all: [
            {
              name: 'resources.type',
              fact: 'Resources[*].Type',
              operator: 'someFact:equal',
              value: 'AwsS3Bucket',
            },
            { name: 'severity', fact: 'Severity.Label', operator: 'equal', value: 'HIGH' },
          ],
        },
        {
          name: 'one of',
          any: [
            { name: 'cloud.account.uid', fact: 'AwsAccountId', operator: 'equal', value: '111122223333' },
            { name: 'severity_id', fact: 'Severity.Label', operator: 'in', value: ['HIGH', 'CRITICAL'] },
          ],
        },
        { name: 'resources.tags', fact: 'Resources[*].Tags.env', operator: 'someFact:equal', value: 'dev' },
      ],
    });
    expect(rule?.rule?.event.params).toEqual({
      ...{ Workflow: { Status: 'NOTIFIED' }, Severity: { Label: 'LOW' }, Note: { Text: 'looked at' } },
    });
    expect(rule?.remarks.map(({ code }) => code)).toEqual([
      'in-progress-is-notified',
      'earlier-results-stay',
    ]);
    expect(rule?.cases).toBeGreaterThan(4);
    expect(await brokenTests(made)).toEqual([]);
  });

  it.each([
    ['class_name', { StringFilters: [text('class_name', 'Detection Finding')] }],
    ['resources.type', { StringFilters: [text('resources.type', 'AWS::Made::Up')] }],
    ['severity', { StringFilters: [text('severity', 'Fatal')] }],
    ['severity PREFIX', { StringFilters: [text('severity', 'H', 'PREFIX')] }],
    [
      'IpFilters',
      { IpFilters: [{ FieldName: 'evidences.src_endpoint.ip', Filter: { Cidr: '192.0.2.0/24' } }] },
    ],
    [
      'evidences.src_endpoint.port',
      { NumberFilters: [{ FieldName: 'evidences.src_endpoint.port', Filter: { Eq: 22 } }] },
    ],
    [
      'databucket.tags',
      {
        MapFilters: [
          { FieldName: 'databucket.tags', Filter: { Key: 'a', Value: 'b', Comparison: 'EQUALS' } },
        ],
      },
    ],
  ])('are refused by the name of what ASFF lacks: %s', async (name, composite) => {
    const made = await imported({ CompositeFilters: [composite] }, { SeverityId: 2 });

    const [rule] = made.rules;
    expect(rule?.rule).toBeNull();
    expect(rule?.refusals).toHaveLength(1);
    expect(rule?.refusals[0]).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')}`));
  });

  it.each([
    [{ SeverityId: 6 }, 'SeverityId 6 has no label'],
    [{ StatusId: 5 }, 'StatusId 5 is no workflow status'],
    [{ Criticality: 5 }, 'changes Criticality'],
    [undefined, 'EXTERNAL_INTEGRATION'],
  ])('are refused for what they do: %j', async (fields, said) => {
    const made = await imported(
      { CompositeFilters: [{ StringFilters: [text('severity', 'High')] }] },
      fields,
    );

    expect(made.rules[0]?.refusals.join(' ')).toContain(said);
  });

  it('are told from lists of names, and from rules of the other service', () => {
    const cspm = { RuleName: 'a', Criteria: {}, Actions: [] };
    const own = { RuleId: '1', Criteria: { OcsfFindingCriteria: {} }, Actions: [] };

    expect(findConfigs([{ Rules: [{ RuleId: '1', Actions: [] }] }])).toHaveProperty(
      'fault',
      expect.stringContaining('get-automation-rule-v2'),
    );
    expect(findConfigs([own, cspm])).toHaveProperty('fault', expect.stringContaining('both services'));
    expect(findConfigs([own, own])).toMatchObject({ service: 'new', configs: [own, own] });
  });
});

function imported(criteria: object, fields: object | undefined) {
  const type = fields === undefined ? 'EXTERNAL_INTEGRATION' : 'FINDING_FIELDS_UPDATE';
  const action = { Type: type, ...(fields !== undefined && { FindingFieldsUpdate: fields }) };
  const rule = {
    RuleId: '1',
    RuleName: 'A rule',
    RuleOrder: 1.5,
    RuleStatus: 'ENABLED',
    Criteria: { OcsfFindingCriteria: criteria },
    Actions: [action],
  };
  return importEnforced(readOcsfRules([rule], NOW_MS));
}
