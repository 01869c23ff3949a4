import { describe, expect, it } from 'vitest';
import { getPath } from './values.ts';

describe('getPath', () => {
  const finding = {
    Severity: { Label: 'LOW' },
    ProductFields: { 'aws/securityhub/ProductName': 'GuardDuty', gone: null },
    Resources: [
      { Id: 'i-1', Tags: { env: 'prod' }, Ips: ['10.0.0.1', '10.0.0.2'] },
      { Id: 'i-2', Ips: [] },
      { Id: null, Tags: { env: 'dev' } },
    ],
    Types: ['a', 'b'],
  };

  it.each([
    ['Severity.Label', 'LOW'],
    ['ProductFields["aws/securityhub/ProductName"]', 'GuardDuty'],
    ['Resources[0].Tags.env', 'prod'],
    ['Types[1]', 'b'],
    ['Types[*]', ['a', 'b']],
    ['Resources[*].Id', ['i-1', 'i-2']],
    ['Resources[*].Tags.env', ['prod', 'dev']],
    ['Resources[*].Ips', ['10.0.0.1', '10.0.0.2']],
    ['Resources[*].Ips[*]', ['10.0.0.1', '10.0.0.2']],
  ])('reads %s', (path, expected) => {
    expect(getPath(finding, path)).toEqual(expected);
  });

  it.each([
    ['a missing member', 'Severity.Normalized'],
    ['null', 'ProductFields.gone'],
    ['a prototype member', 'Severity.toString'],
    ['an array without [*]', 'Resources.Id'],
    ['an empty result of [*]', 'Resources[*].Region'],
    ['[*] on what is no array', 'Severity[*]'],
    ['an index out of range', 'Types[2]'],
    ['a path that begins with a bracket', '["Types"]'],
  ])('finds nothing at %s', (_, path) => {
    expect(getPath(finding, path)).toBeUndefined();
  });
});
