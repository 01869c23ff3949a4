import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../../lib/export/redaction/redact-finding.ts';
import type { Finding } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import type { Condition } from '../../../lib/rules/rule.ts';
import type { Ruleset } from '../../../lib/rules/ruleset.ts';
import { decide } from '../../../lib/triage/decide.ts';
import { applyUpdate } from '../../reference/apply-update.ts';
import { IMPORTED, NOW, ruleset } from '../../triage/generators.ts';
import { history, play } from '../../triage/history.ts';

const redact = createRedaction(Buffer.from('a key for tests, thirty-two long'));

/** Texts that name somebody, told apart from all else by their looks or by digits enough. */
const digits = (least: number, most: number, alphabet: string) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: least, maxLength: most });
const account = digits(12, 12, '0123456789');
const octet = fc.integer({ min: 1, max: 223 }).filter((n) => ![10, 100, 127, 169, 172, 192].includes(n));
const address = fc.oneof(
  fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.')),
  fc.tuple(octet, octet, octet).map((octets) => `10.${octets.join('.')}`),
  fc.array(digits(4, 4, '123456789abcdef'), { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':')),
);
const name = fc
  .tuple(
    fc.constantFrom('Alice', 'billing_db', 'acme-prod', 'żółw', 'a b', '(x)'),
    digits(6, 9, 'bcdfghjkmnp'),
  )
  .map(([word, rest]) => `${word}${rest}`);
const mail = name.map((local) => `${local.replace(/[^\w-]/g, '')}@mail.acme.org`);
const instance = digits(17, 17, '0123456789abcdef').map((hex) => `i-${hex}`);
const key = digits(16, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567').map((rest) => `AKIA${rest}`);

const telling = fc.record({ account, address, name, mail, instance, key });
type Telling = typeof telling extends fc.Arbitrary<infer T> ? T : never;

/** The same rules, asking for nothing that redaction takes, and naming no findings of the account. */
function blind(rules: Ruleset): Ruleset {
  const conditions: Condition = { all: [{ fact: 'RecordState', operator: 'equal', value: 'ACTIVE' }] };
  return {
    ...rules,
    rules: rules.rules.map((rule) => {
      const { RelatedFindings, ...params } = rule.event.params;
      const event = { ...rule.event, params: RelatedFindings ? { ...params, Confidence: 33 } : params };
      return { ...rule, conditions, event };
    }),
  };
}

/** A finding that says these things wherever findings say them. */
function findingOf({ account, address, name, mail, instance, key }: Telling): Finding {
  const arn = `arn:aws:ec2:eu-west-1:${account}:instance/${instance}`;
  return {
    Id: `arn:aws:guardduty:eu-west-1:${account}:detector/${instance}/finding/${name}`,
    ProductArn: `arn:aws:securityhub:eu-west-1:${account}:product/${account}/default`,
    GeneratorId: `scanner-${account}`,
    AwsAccountId: account,
    AwsAccountName: name,
    Types: ['TTPs/Discovery'],
    Severity: { Label: 'HIGH' },
    Title: `${address} scans ${instance}, owned by ${name} (${mail}) with ${key} in ${arn}`,
    Description: `Seen by ${mail}`,
    SourceUrl: `https://console.example.org/${instance}?user=${encodeURIComponent(name)}`,
    ProductFields: {
      [`x/${account}/remoteIp`]: address,
      'x/key': key,
      'x/owner': name,
      'x/list': `${mail},${key}`,
    },
    Resources: [
      { Id: arn, Type: 'AwsEc2Instance', Tags: { Name: name, contact: mail } },
      { Id: `arn:aws:iam::${account}:user/team/${name}`, Type: 'AwsIamUser' },
      {
        Id: `AWS::IAM::AccessKey:${key}`,
        Details: { Other: { addresses: `${address}/32`, Text: `${name} ${key}` } },
      },
    ],
    Network: { SourceIpV4: address, SourceDomain: 'intranet.acme.org' },
    Note: { Text: `ask ${name}`, UpdatedBy: mail },
    UserDefinedFields: { owner: name, from: address, account },
    RelatedFindings: [{ Id: arn, ProductArn: arn }],
    FindingProviderFields: { Severity: { Label: 'HIGH' }, Types: ['TTPs/Discovery'] },
  };
}

describe('redaction', () => {
  it('leaves nothing that tells in any member of a finding', () => {
    fc.assert(
      fc.property(telling, (values) => {
        const shown = JSON.stringify(redact(findingOf(values)));

        for (const value of Object.values(values)) expect(shown).not.toContain(value);
        expect(shown).not.toContain('acme.org');
        expect(shown).toContain('"Severity":{"Label":"HIGH"}');
        expect(shown).toMatch(/arn:aws:ec2:eu-west-1:\d{12}:instance\/i-[0-9a-f]{17}/);
      }),
      { numRuns: 300 },
    );
  });

  it('makes equal values equal and different ones different', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(account, address, name, mail, instance, key), { minLength: 2 }),
        (values) => {
          const members = (texts: readonly string[]) =>
            redact({ Id: 'x', ProductArn: 'y', Network: { Names: texts } }).Network as { Names: string[] };

          const { Names } = members(values);

          expect(new Set(Names).size).toBe(new Set(values).size);
          expect(members([...values].reverse()).Names).toEqual([...Names].reverse());
        },
      ),
    );
  });

  it('keeps findings apart whose identity differs, and their identity possible', () => {
    const part = fc.oneof(
      name,
      account,
      instance,
      fc.constantFrom('', 'a', 'role', 'finding', '*', 'arn:aws:s3:::b'),
    );
    const id = fc.oneof(
      fc.string({ minLength: 1, maxLength: 512 }),
      fc.tuple(part, part, part, part).map(([a, b, c, d]) => `arn:aws:${a}:${b}:${account}:${c}/${d}`),
      fc
        .array(part, { minLength: 1, maxLength: 40 })
        .map((parts) => `arn:aws:iam::1:${parts.join('/')}`.slice(0, 512)),
    );

    fc.assert(
      fc.property(fc.array(fc.tuple(id, id), { maxLength: 20 }), (pairs) => {
        const findings = pairs.map(([Id, ProductArn]) => ({ Id, ProductArn }));

        const redacted = findings.map(redact);

        expect(new Set(redacted.map(findingKey)).size).toBe(new Set(findings.map(findingKey)).size);
        for (const { Id } of redacted) expect(Id.length).toBeLessThanOrEqual(512);
      }),
    );
  });

  it('never fails, whatever a finding holds', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.jsonValue(),
        fc.jsonValue(),
        (Title, Note, UserDefinedFields) => {
          const finding = { Id: 'x', ProductArn: 'y', Title, Note, UserDefinedFields, Resources: Title };

          expect(() => redact(finding)).not.toThrow();
        },
      ),
    );
  });
});

describe('what rules make of a redacted finding', () => {
  it('is at rest where it was at rest, and holds what was held', async () => {
    const kinds = new Map<string, number>();

    await fc.assert(
      fc.asyncProperty(history, ruleset.map(blind), async (past, rules) => {
        const finding = await play(past);
        const { update } = await decide(finding, IMPORTED, rules, NOW);
        const settled = applyUpdate(finding, update);
        const before = await decide(settled, IMPORTED, rules, NOW);

        const after = await decide(redact(settled), IMPORTED, rules, NOW);

        kinds.set(before.kind, (kinds.get(before.kind) ?? 0) + 1);
        // Where somebody else wrote what a rule wants too, redaction makes two of it, and the other's is held.
        expect(after.update).toBeNull();
        expect(after.held).toEqual(expect.arrayContaining([...before.held]));
      }),
      { numRuns: 400, seed: 20_261_122 },
    );

    expect(kinds.get('unchanged')).toBeGreaterThan(50);
    expect(kinds.get('held')).toBeGreaterThan(20);
  });
});
