import {
  BatchUpdateFindingsCommand,
  type BatchUpdateFindingsCommandInput,
} from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import type { SecurityHubOptions } from '../../../lib/local/security-hub/contract.ts';
import { finding, productArn, serveTestHub } from './account.ts';

type Update = Omit<BatchUpdateFindingsCommandInput, 'FindingIdentifiers'>;
const ONE = { Id: 'one', ProductArn: productArn };

async function update(readings: SecurityHubOptions['readings'], update: Update, identifiers = [ONE]) {
  const { hub, client } = await serveTestHub({ readings: readings ?? {} });
  hub.seed([finding('one')]);
  const command = new BatchUpdateFindingsCommand({ FindingIdentifiers: identifiers, ...update });
  const outcome = await client.send(command).then(
    ({ UnprocessedFindings = [] }) => UnprocessedFindings[0]?.ErrorCode ?? 'processed',
    (error: Error) => error.name,
  );
  return { outcome, finding: hub.findings()[0] };
}

const REFUSED = 'InvalidInputException';
const TOO_LONG = { UserDefinedFields: { key: 'x'.repeat(1025) } };
const TOO_MANY = {
  UserDefinedFields: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`key-${n}`, '1'])),
};
const CONTRADICTION: Update = { Severity: { Label: 'LOW', Normalized: 90 } };
const NOTE = { Note: { Text: 'one\ntwo', UpdatedBy: 'test' } };
const MANY = [ONE, ...Array.from({ length: 100 }, (_, n) => ({ ...ONE, Id: `none-${n}` }))];

describe('what is undocumented of BatchUpdateFindings', () => {
  it.each([
    ['an empty list is taken', {}, { Types: [] }, 'processed'],
    ['an empty list is refused', { emptyCollections: 'refused' }, { Types: [] }, REFUSED],
    ['an empty map is refused', { emptyCollections: 'refused' }, { UserDefinedFields: {} }, REFUSED],
    ['a list of one is not', { emptyCollections: 'refused' }, { Types: ['Effects'] }, 'processed'],
    ['a value too long refuses the call', {}, TOO_LONG, REFUSED],
    ['or leaves the finding alone', { excessiveValues: 'findingUnprocessed' }, TOO_LONG, 'InvalidInput'],
    ['or is taken', { excessiveValues: 'taken' }, TOO_LONG, 'processed'],
    ['too many are taken', { excessiveValues: 'taken' }, TOO_MANY, 'processed'],
    ['a contradiction is taken', {}, CONTRADICTION, 'processed'],
    ['or refused', { severityConflict: 'refused' }, CONTRADICTION, REFUSED],
    ['a note has several lines', {}, NOTE, 'processed'],
    ['or one', { noteLines: 'one' }, NOTE, REFUSED],
  ] as const)('can be read so: %s', async (_, readings, change, outcome) => {
    expect((await update(readings, change as Update)).outcome).toBe(outcome);
  });

  it.each([
    [{}, 'LOW', 1],
    [{ severityConflict: 'normalized' }, 'CRITICAL', 90],
  ] as const)('decides between label and number by %j', async (readings, Label, Normalized) => {
    const { finding: after } = await update(readings, CONTRADICTION);

    expect(after?.Severity).toMatchObject({ Label, Normalized });
  });

  it.each([
    [{}, '2026-01-02T00:00:00.000Z'],
    [{ updatedAt: 'changed' }, '2026-03-01T12:00:00.250Z'],
  ] as const)('has UpdatedAt by %j', async (readings, UpdatedAt) => {
    const { finding: after } = await update(readings, { Confidence: 1 });

    expect(after?.UpdatedAt).toBe(UpdatedAt);
  });

  it.each([
    ['named', 'processed'],
    ['all', 'AccessDeniedException'],
  ] as const)('has a Deny of single values deny those that are %s', async (deniedValues, outcome) => {
    const { hub, client } = await serveTestHub(
      { readings: { deniedValues } },
      {
        authorize: ({ conditionKeys }) =>
          conditionKeys['securityhub:ASFFSyntaxPath/Workflow.Status'] === 'SUPPRESSED' ? 'denied' : 'allowed',
      },
    );
    hub.seed([finding('one')]);
    const sent = (members: Update) =>
      client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers: [ONE], ...members })).then(
        () => 'processed',
        (error: Error) => error.name,
      );

    expect(await sent({ Workflow: { Status: 'NEW' } })).toBe(outcome);
    expect(await sent({ Workflow: { Status: 'SUPPRESSED' } })).toBe('AccessDeniedException');
    expect(await sent({ Confidence: 1 })).toBe('processed');
  });

  it('takes more than a hundred identifiers where it is told to', async () => {
    expect((await update({}, { Confidence: 1 }, MANY)).outcome).toBe(REFUSED);
    expect((await update({ tooManyIdentifiers: 'taken' }, { Confidence: 1 }, MANY)).outcome).toBe(
      'FindingNotFound',
    );
  });

  it('gives IAM no key for what it is told to leave out', async () => {
    const seen: string[] = [];
    const { hub, client } = await serveTestHub(
      { readings: { withoutConditionKey: ['Types', 'Note.Text'] } },
      {
        authorize: ({ conditionKeys }) => {
          seen.push(...Object.keys(conditionKeys));
          return 'allowed';
        },
      },
    );
    hub.seed([finding('one')]);

    await client.send(
      new BatchUpdateFindingsCommand({
        FindingIdentifiers: [ONE],
        Types: ['Effects'],
        ...NOTE,
        Confidence: 1,
      }),
    );

    expect(seen.sort()).toEqual([
      'securityhub:ASFFSyntaxPath/Confidence',
      'securityhub:ASFFSyntaxPath/Note.UpdatedBy',
    ]);
  });
});
