import { GetFindingsCommand, paginateGetFindings } from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import { createTestHub, finding, productArn, serveTestHub } from './account.ts';

/** The ids that a query returns, or why it was refused. */
function ids(findings: readonly Finding[], query: Record<string, unknown>): unknown {
  const { hub } = createTestHub({ quotas: 'off' });
  hub.seed(findings);
  const delivery = hub.call('GetFindings', { MaxResults: 100, ...query });
  if (delivery.kind !== 'reply' || delivery.reply.kind !== 'done') {
    return delivery.kind === 'reply' && delivery.reply.kind === 'refused' ? delivery.reply.message : delivery;
  }
  const { Findings } = delivery.reply.body as { Findings: readonly Finding[] };
  return Findings.map(({ Id }) => Id);
}

const equals = (Value: string): unknown[] => [{ Value, Comparison: 'EQUALS' }];

const days = (Value: number, Comparison?: string): { readonly UpdatedAt: readonly unknown[] } => ({
  UpdatedAt: [{ DateRange: { Value, Unit: 'DAYS', ...(Comparison !== undefined && { Comparison }) } }],
});

describe('GetFindings over HTTP with the AWS SDK', () => {
  it('finds by identifier and returns the finding as it is stored', async () => {
    const { hub, client } = await serveTestHub();
    const wanted = finding('b', { UserDefinedFields: { k: 'v' } });
    hub.seed([finding('a'), wanted, finding('b', { ProductArn: 'arn:aws:securityhub:other' })]);

    const reply = await client.send(
      new GetFindingsCommand({
        Filters: {
          Id: [{ Value: 'b', Comparison: 'EQUALS' }],
          ProductArn: [{ Value: productArn, Comparison: 'EQUALS' }],
        },
      }),
    );

    expect(reply.Findings).toEqual([wanted]);
    expect(reply.NextToken).toBeUndefined();
  });

  it('pages, and skips none when those already read leave the filter', async () => {
    const { hub, client } = await serveTestHub({ quotas: 'off' });
    hub.seed(Array.from({ length: 7 }, (_, index) => finding(`${index}`)));
    const Filters = { WorkflowStatus: [{ Value: 'NEW', Comparison: 'EQUALS' as const }] };
    const pages: (string | undefined)[][] = [];

    for await (const page of paginateGetFindings({ client, pageSize: 3 }, { Filters })) {
      const found = page.Findings ?? [];
      pages.push(found.map(({ Id }) => Id));
      hub.call('BatchUpdateFindings', {
        FindingIdentifiers: found.map(({ Id }) => ({ Id, ProductArn: productArn })),
        Workflow: { Status: 'NOTIFIED' },
      });
    }

    expect(pages).toEqual([['0', '1', '2'], ['3', '4', '5'], ['6']]);
  });
});

describe('the filters of GetFindings', () => {
  const findings = [
    finding('a', {
      AwsAccountId: '111111111111',
      Workflow: { Status: 'SUPPRESSED' },
      RecordState: 'ARCHIVED',
    }),
    finding('b', { UserDefinedFields: { team: 'blue' }, Severity: { Label: 'LOW' } }),
    finding('c', { UserDefinedFields: { team: 'red' }, UpdatedAt: '2026-02-28T00:00:00Z' }),
  ];

  it.each<[string, Record<string, unknown>, string[]]>([
    ['nothing', {}, ['a', 'b', 'c']],
    ['an account', { AwsAccountId: equals('111111111111') }, ['a']],
    ['a status, absent being NEW', { WorkflowStatus: equals('NEW') }, ['b', 'c']],
    ['a record state, absent being ACTIVE', { RecordState: equals('ACTIVE') }, ['b', 'c']],
    ['a severity', { SeverityLabel: equals('LOW') }, ['b']],
    ['values joined by OR', { Id: [...equals('a'), ...equals('c')] }, ['a', 'c']],
    ['attributes joined by AND', { Id: equals('a'), RecordState: equals('ACTIVE') }, []],
    [
      'a prefix',
      { ProductArn: [{ Value: 'arn:aws:securityhub:us-west', Comparison: 'PREFIX' }] },
      ['a', 'b', 'c'],
    ],
    [
      'exclusion',
      {
        Id: [
          { Value: 'a', Comparison: 'NOT_EQUALS' },
          { Value: 'b', Comparison: 'NOT_EQUALS' },
        ],
      },
      ['c'],
    ],
    [
      'an element of a list',
      { ResourceType: equals('AwsS3Bucket'), Type: equals('TTPs/Discovery/Scan') },
      ['a', 'b', 'c'],
    ],
    [
      'a user-defined field',
      { UserDefinedFields: [{ Key: 'team', Value: 'blue', Comparison: 'EQUALS' }] },
      ['b'],
    ],
    [
      'its exclusion',
      { UserDefinedFields: [{ Key: 'team', Value: 'blue', Comparison: 'NOT_EQUALS' }] },
      ['a', 'c'],
    ],
    ['days', { UpdatedAt: [{ DateRange: { Value: 2, Unit: 'DAYS' } }] }, ['c']],
    ['days, within by default', days(60), ['a', 'b', 'c']],
    ['days within', days(59, 'WITHIN'), ['a', 'b', 'c']],
    ['days within, to the millisecond', days(2, 'WITHIN'), ['c']],
    ['days since', days(2, 'OLDER_THAN'), ['a', 'b']],
    ['days since, and none is as old', days(59, 'OLDER_THAN'), []],
    [
      'either of two ranges',
      { UpdatedAt: [...days(2).UpdatedAt, ...days(50, 'OLDER_THAN').UpdatedAt] },
      ['a', 'b', 'c'],
    ],
    ['a range', { UpdatedAt: [{ Start: '2026-01-01T00:00:00Z', End: '2026-01-03T00:00:00Z' }] }, ['a', 'b']],
  ])('select by %s', (_, Filters, expected) => {
    expect(ids(findings, { Filters })).toEqual(expected);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'an attribute it cannot judge',
      { Filters: { Keyword: [{ Value: 'x' }] } },
      'does not support the filter "Keyword"',
    ],
    ['an attribute of Object', { Filters: { constructor: equals('x') } }, 'does not support the filter'],
    [
      'more than 20 values',
      { Filters: { Id: Array.from({ length: 21 }, () => equals('a')[0]) } },
      'at most 20',
    ],
    [
      'a comparison for automation rules only',
      { Filters: { Id: [{ Value: 'a', Comparison: 'CONTAINS' }] } },
      'Comparison',
    ],
    [
      'EQUALS beside NOT_EQUALS',
      { Filters: { Id: [...equals('a'), { Value: 'b', Comparison: 'NOT_EQUALS' }] } },
      'both',
    ],
    ['a date filter without dates', { Filters: { UpdatedAt: [{ Start: 'x' }] } }, 'Start and End'],
    ['a comparison of days that is none', { Filters: days(2, 'NEWER_THAN') }, '.Comparison must be one of'],
    [
      'days as text',
      { Filters: { UpdatedAt: [{ DateRange: { Value: '2', Unit: 'DAYS' } }] } },
      '[0].DateRange.Value must be an integer',
    ],
    ['half a day', { Filters: days(0.5) }, '.Value must be an integer'],
    ['days ahead', { Filters: days(-1) }, '.Value must be an integer from 0'],
    [
      'another unit',
      { Filters: { UpdatedAt: [{ DateRange: { Value: 2, Unit: 'HOURS' } }] } },
      '.Unit must be',
    ],
    ['days without a unit', { Filters: { UpdatedAt: [{ DateRange: { Value: 2 } }] } }, '.Unit is missing'],
    ['a page of 0', { MaxResults: 0 }, 'MaxResults'],
    ['a page of 101', { MaxResults: 101 }, 'MaxResults'],
    ['a token of its own making', { NextToken: 'x' }, 'NextToken'],
    ['an order it cannot make', { SortCriteria: [{ Field: 'Title' }] }, 'SortCriteria'],
  ])('refuse %s', (_, query, why) => {
    expect(ids(findings, query)).toContain(why);
  });
});

describe('the order of GetFindings', () => {
  it('is by instant, not by spelling, and the order of arrival among equals', () => {
    const findings = [
      finding('late', { UpdatedAt: '2026-01-01T10:00:00+00:00' }),
      finding('early', { UpdatedAt: '2026-01-01T11:00:00+02:00' }),
      finding('same', { UpdatedAt: '2026-01-01T10:00:00.000Z' }),
    ];
    const sorted = (SortOrder: string): unknown =>
      ids(findings, { SortCriteria: [{ Field: 'UpdatedAt', SortOrder }] });

    expect(sorted('asc')).toEqual(['early', 'late', 'same']);
    expect(sorted('desc')).toEqual(['late', 'same', 'early']);
  });

  it('holds over pages', () => {
    const { hub } = createTestHub({ quotas: 'off' });
    hub.seed(
      ['1', '3', '2', '5', '4'].map((day) => finding(day, { UpdatedAt: `2026-01-0${day}T00:00:00Z` })),
    );
    const read: string[] = [];
    let NextToken: string | undefined;
    do {
      const delivery = hub.call('GetFindings', {
        MaxResults: 2,
        SortCriteria: [{ Field: 'UpdatedAt', SortOrder: 'desc' }],
        NextToken,
      });
      const body =
        delivery.kind === 'reply' && delivery.reply.kind === 'done' ? delivery.reply.body : undefined;
      const page = body as { Findings: readonly Finding[]; NextToken?: string };
      read.push(...page.Findings.map(({ Id }) => Id));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);

    expect(read).toEqual(['5', '4', '3', '2', '1']);
  });
});
