import { describe, expect, it } from 'vitest';
import { readSdkDeclarations } from '../../lib/cli/sdk-declarations.ts';
import catalogue from '../../lib/findings/catalogue.json' with { type: 'json' };

const declared = readSdkDeclarations();

describe('the declarations of the SDK', () => {
  it('have every member of the catalogue, and nearly all of them are described', () => {
    const members = Object.entries(catalogue.shapes).flatMap(([shape, names]) =>
      Object.keys(names).map((name) => `${shape}.${name}`),
    );

    expect(members.filter((member) => !declared.has(member))).toEqual([]);
    expect(members.filter((member) => declared.get(member)?.description === '').length).toBeLessThan(
      members.length / 100,
    );
  });

  it('tell the type, whether the API does without the member, and what it is about', () => {
    expect(declared.get('AwsSecurityFinding.SchemaVersion')).toEqual({
      type: 'string',
      optional: false,
      description: 'The schema version that a finding is formatted for. The value is 2018-10-08.',
    });
    expect(declared.get('Severity.Label')).toMatchObject({ type: 'SeverityLabel', optional: true });
    expect(declared.get('AwsSecurityFinding.Resources')).toMatchObject({ type: 'Resource', optional: false });
  });

  it('are told as plain text', () => {
    const descriptions = [...declared.values()].map(({ description }) => description);

    expect(descriptions.filter((text) => /<\/?[a-z]+>|&[a-z]+;|\n| {2}/.test(text))).toEqual([]);
  });
});
