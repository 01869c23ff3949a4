import { describe, expect, it } from 'vitest';
import { applyUpdate } from '../../../lib/local/security-hub/apply-update.ts';
import { createTestHub, finding, productArn } from './account.ts';

const at = '2026-03-01T00:00:00.000Z';
const replace = { maps: 'replace', at } as const;
const merge = { maps: 'merge', at } as const;

describe('applyUpdate', () => {
  it.each([
    [0, 'INFORMATIONAL'],
    [1, 'LOW'],
    [39, 'LOW'],
    [40, 'MEDIUM'],
    [69, 'MEDIUM'],
    [70, 'HIGH'],
    [89, 'HIGH'],
    [90, 'CRITICAL'],
    [100, 'CRITICAL'],
  ])('derives the label of the normalized severity %i', (Normalized, Label) => {
    const updated = applyUpdate(finding('a'), { Severity: { Normalized } }, replace);

    expect(updated.Severity).toEqual({ Label, Normalized, Original: '8.1' });
  });

  it.each([
    ['INFORMATIONAL', 0],
    ['LOW', 1],
    ['MEDIUM', 40],
    ['HIGH', 70],
    ['CRITICAL', 90],
  ] as const)('writes the normalized severity beside %s', (Label, Normalized) => {
    const updated = applyUpdate(finding('a'), { Severity: { Label } }, replace);

    expect(updated.Severity).toEqual({ Label, Normalized, Original: '8.1' });
  });

  it('changes nothing that the update does not name', () => {
    const before = finding('a', { UserDefinedFields: { k: 'v' }, Extra: [1] });

    const after = applyUpdate(before, { Confidence: 3 }, replace);

    expect(after).toEqual({ ...before, Confidence: 3 });
  });

  it('reads maps and lists as replaced or as merged', () => {
    const other = { ProductArn: productArn, Id: 'other' };
    const more = { ProductArn: productArn, Id: 'more' };
    const before = finding('a', {
      Types: ['TTPs/a', 'TTPs/b'],
      RelatedFindings: [other],
      UserDefinedFields: { kept: '1', changed: '1' },
    });
    const update = {
      Types: ['TTPs/b', 'TTPs/c'],
      RelatedFindings: [other, more],
      UserDefinedFields: { changed: '2' },
    };

    expect(applyUpdate(before, update, replace)).toMatchObject(update);
    expect(applyUpdate(before, update, replace).UserDefinedFields).toEqual({ changed: '2' });
    expect(applyUpdate(before, update, merge)).toMatchObject({
      Types: ['TTPs/a', 'TTPs/b', 'TTPs/c'],
      RelatedFindings: [other, more],
      UserDefinedFields: { kept: '1', changed: '2' },
    });
  });

  it('survives raw findings whose members have the wrong type', () => {
    const raw = { Id: 'a', ProductArn: 'p', Severity: 'HIGH', Types: 'x', UserDefinedFields: null };

    const updated = applyUpdate(
      raw,
      { Severity: { Label: 'LOW' }, Types: ['TTPs/a'], UserDefinedFields: { k: 'v' } },
      merge,
    );

    expect(updated).toMatchObject({
      Severity: { Label: 'LOW', Normalized: 1 },
      Types: ['TTPs/a'],
      UserDefinedFields: { k: 'v' },
    });
  });

  it('leaves a finding whose merged map would pass its limit unprocessed', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']));
    const { hub } = createTestHub({ maps: 'merge' });
    hub.seed([finding('a', { UserDefinedFields: many })]);

    const delivery = hub.call('BatchUpdateFindings', {
      FindingIdentifiers: [{ Id: 'a', ProductArn: productArn }],
      UserDefinedFields: { another: 'v' },
    });

    expect(delivery).toMatchObject({
      reply: {
        body: { UnprocessedFindings: [{ ErrorCode: 'InvalidInput', ErrorMessage: 'Invalid Input' }] },
      },
    });
  });
});
