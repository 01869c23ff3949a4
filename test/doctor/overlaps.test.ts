import { describe, expect, it } from 'vitest';
import { checkNativeRules } from '../../lib/doctor/checks/check-native-rules.ts';
import { type Comparison, compareWithNative } from '../../lib/doctor/checks/overlaps.ts';
import { loadRules } from '../../lib/rules/load.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';

const nowMs = Date.parse('2026-11-27T00:00:00Z');

type Members = Readonly<Record<string, unknown>>;
interface Ours extends Members {
  readonly name: string;
}

function rule(name: string, params: object, control: string, more: Members = {}): Ours {
  return {
    ...{ name, description: 'A rule of this test.', owner: '@acme/secops', mode: 'enforce', priority: 100 },
    conditions: { all: [{ fact: 'Compliance.SecurityControlId', operator: 'equal', value: control }] },
    event: { type: 'update', params },
    ...more,
  };
}

function native(update: object, criteria: object, more: Members = {}): Members {
  return {
    ...{ RuleName: 'theirs', RuleArn: 'arn:theirs', RuleStatus: 'ENABLED', RuleOrder: 7, IsTerminal: false },
    Criteria: criteria,
    Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: update }],
    ...more,
  };
}
const onControl = (Value: string) => ({ ComplianceSecurityControlId: [{ Value, Comparison: 'EQUALS' }] });
const LOW = { Severity: { Label: 'LOW' } };
const HIGH = { Severity: { Label: 'HIGH' } };

function compare(natives: readonly Members[], rules: readonly Ours[]): Comparison {
  const loaded = loadRules(writeRules({}, rules));
  const { ruleset } = loaded;
  if (ruleset === null) throw new Error(JSON.stringify(loaded.diagnostics));
  return compareWithNative(natives, { ...loaded, ruleset }, nowMs);
}

describe('native rules and rules here', () => {
  it('overlap where both write a field of findings that both can match', () => {
    const { overlaps, unread } = compare(
      [native({ ...LOW, Confidence: 3 }, onControl('S3.8'))],
      [
        rule('ours', HIGH, 'S3.8'),
        rule('elsewhere', HIGH, 'EC2.1'),
        rule('other-field', { Criticality: 9 }, 'S3.8'),
      ],
    );

    expect(overlaps).toEqual([
      {
        ...{ native: { name: 'theirs', order: 7 }, field: 'Severity', value: { Label: 'LOW' } },
        rules: [{ name: 'ours', mode: 'enforce', overwrites: false, writesTheSame: false }],
      },
    ]);
    expect(unread).toEqual([]);
  });

  it.each([
    [
      'a native rule that is disabled',
      [native(LOW, onControl('S3.8'), { RuleStatus: 'DISABLED' })],
      [rule('ours', HIGH, 'S3.8')],
    ],
    [
      'a rule here that has expired',
      [native(LOW, onControl('S3.8'))],
      [rule('ours', HIGH, 'S3.8', { expires: '2026-11-26' })],
    ],
    [
      'a rule here that acts at a press of a button',
      [native(LOW, onControl('S3.8'))],
      [
        rule('ours', HIGH, 'S3.8', {
          conditions: { all: [{ fact: 'event.actionName', operator: 'equal', value: 'Raise' }] },
        }),
      ],
    ],
    [
      'user-defined fields of other keys',
      [native({ UserDefinedFields: { team: 'a' } }, onControl('S3.8'))],
      [rule('ours', { UserDefinedFields: { ticket: 'b' } }, 'S3.8')],
    ],
  ])('do not for %s', (_, natives, rules) => {
    expect(compare(natives, rules).overlaps).toEqual([]);
  });

  it('are compared by the key of user-defined fields', () => {
    const { overlaps } = compare(
      [native({ UserDefinedFields: { team: 'a' } }, onControl('S3.8'))],
      [rule('ours', { UserDefinedFields: { team: 'b', ticket: 'c' } }, 'S3.8')],
    );

    expect(overlaps).toMatchObject([{ field: 'UserDefinedFields' }]);
  });

  it('are taken to meet whatever the native rule asks of a field that rules here change', () => {
    const { overlaps } = compare(
      [
        native(
          { ...LOW },
          { ...onControl('S3.8'), SeverityLabel: [{ Value: 'MEDIUM', Comparison: 'EQUALS' }] },
        ),
      ],
      [
        rule('ours', HIGH, 'S3.8', {
          conditions: {
            all: [
              { fact: 'Compliance.SecurityControlId', operator: 'equal', value: 'S3.8' },
              { fact: 'Severity.Label', operator: 'equal', value: 'LOW' },
            ],
          },
        }),
      ],
    );

    expect(overlaps).toHaveLength(1);
  });

  it('are taken to meet where the criteria of the native rule cannot be read', () => {
    const { overlaps } = compare(
      [native(LOW, { NoteUpdatedBy: [{ Value: 'bot', Comparison: 'EQUALS' }] })],
      [rule('ours', HIGH, 'S3.8')],
    );

    expect(overlaps).toHaveLength(1);
  });

  it('name those first that ask for the same', () => {
    const { overlaps } = compare(
      [native(LOW, onControl('S3.8'))],
      [
        rule('by-product', HIGH, '', {
          conditions: { all: [{ fact: 'ProductName', operator: 'equal', value: 'GuardDuty' }] },
          priority: 900,
        }),
        rule('same-control', HIGH, 'S3.8'),
      ],
    );

    expect(overlaps[0]?.rules.map(({ name }) => name)).toEqual(['same-control', 'by-product']);
  });
});

describe('what is said of native rules', () => {
  const natives = [native(LOW, onControl('S3.8'))];
  const said = (rules: readonly Ours[], some = natives) =>
    checkNativeRules({ kind: 'answered', value: some }, compare(some, rules));

  it('is a fight where a rule here writes something else over it', () => {
    const found = said([rule('ours', HIGH, 'S3.8', { overwrite: ['Severity'] })]);

    expect(found).toMatchObject([{ standing: 'wrong', code: 'fight' }]);
    expect(found[0]?.details).toEqual(['"theirs" (order 7) sets Severity LOW; so does ours (overwrites)']);
  });

  it.each([
    ['it leaves the value alone', rule('ours', HIGH, 'S3.8')],
    ['it wants the same', rule('ours', LOW, 'S3.8', { overwrite: ['Severity'] })],
    ['it observes', rule('ours', HIGH, 'S3.8', { overwrite: ['Severity'], mode: 'observe' })],
  ])('is worth knowing where %s', (_, ours) => {
    expect(said([ours])).toMatchObject([{ standing: 'note', code: 'held' }]);
  });

  it('is that they stay apart, or that there are none, or nothing to compare with', () => {
    expect(said([rule('ours', HIGH, 'EC2.1')])).toMatchObject([{ standing: 'fine', code: 'apart' }]);
    expect(said([rule('ours', HIGH, 'EC2.1')], [])).toMatchObject([{ standing: 'fine', code: 'none' }]);
    expect(checkNativeRules({ kind: 'answered', value: natives }, null)).toMatchObject([
      { standing: 'note', code: 'not-compared' },
    ]);
  });

  it('does not pass over a rule of which it cannot be read what it writes', () => {
    const strange = [native({ RecordState: 'ARCHIVED' }, onControl('S3.8'))];

    expect(said([rule('ours', HIGH, 'S3.8')], strange)).toMatchObject([
      { standing: 'note', code: 'unread', details: ['"theirs"'] },
    ]);
  });
});
