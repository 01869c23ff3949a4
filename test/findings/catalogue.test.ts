import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateCatalogue } from '../../lib/cli/generate-catalogue.ts';
import { lookUpPath } from '../../lib/findings/catalogue.ts';
import { type AsffPath, parsePath } from '../../lib/findings/path.ts';

describe('the field catalogue', () => {
  it('is what the installed SDK says', () => {
    const written = readFileSync(new URL('../../lib/findings/catalogue.json', import.meta.url), 'utf8');

    expect(generateCatalogue()).toBe(written);
  });

  it.each([
    ['Severity.Label', { type: 'string', list: false }],
    ['Severity.Normalized', { type: 'number', list: false }],
    ['Sample', { type: 'boolean', list: false }],
    ['Types', { type: 'list', list: true, element: 'string' }],
    ['Types[*]', { type: 'string', list: true }],
    ['Types[0]', { type: 'string', list: false }],
    ['Resources', { type: 'list', list: true, element: 'Resource' }],
    ['Resources[*]', { type: 'structure', list: true, element: 'Resource' }],
    ['Resources[*].Tags', { type: 'map', list: true }],
    ['Resources[*].Tags.env', { type: 'string', list: true }],
    ['Resources[*].Details.AwsS3Bucket.Name', { type: 'string', list: true }],
    ['Vulnerabilities[*].Cvss', { type: 'list', list: true, element: 'Cvss' }],
    ['ProductFields["aws/securityhub/ProductName"]', { type: 'string', list: false }],
    ['Resources[0].Details.AzureResource.anything[2].below', { type: 'any', list: false }],
  ])('knows %s', (text, expected) => {
    expect(lookUpPath(path(text))).toMatchObject({ known: true, ...expected });
  });

  it('knows the values of an enumerated field, also inside a list', () => {
    const label = lookUpPath(path('Severity.Label'));
    const partitions = lookUpPath(path('Resources[*].Partition'));

    expect(label).toMatchObject({ enum: ['CRITICAL', 'HIGH', 'INFORMATIONAL', 'LOW', 'MEDIUM'] });
    expect(partitions).toMatchObject({ enum: expect.arrayContaining(['aws', 'aws-cn']) });
    expect(lookUpPath(path('Title'))).not.toHaveProperty('enum');
  });

  it.each([
    ['Resources', undefined, true],
    ['Resources[*].Id', undefined, true],
    ['Resources[*].Tags', undefined, false],
    ['Resources[1].Id', undefined, false],
    ['Vulnerabilities[*].Id', undefined, false],
    ['Id', 'Vulnerability', true],
    ['Label', 'Severity', false],
    ['ProductFields.constructor', undefined, false],
  ])('knows whether the API does without %s, starting from %s', (text, from, required) => {
    expect(lookUpPath(path(text), from)).toMatchObject({ known: true, required });
  });

  it('reads a path from the element of a list', () => {
    expect(lookUpPath(path('Tags.env'), 'Resource')).toMatchObject({
      known: true,
      type: 'string',
      list: false,
    });
    expect(lookUpPath(path('Severity.Label'), 'Resource')).toMatchObject({ known: false });
  });

  it.each([
    ['Severty.Label', 'Severity.Label'],
    ['Severity.Lable', 'Severity.Label'],
    ['severity.label', 'Severity.Label'],
    ['SeverityLabel', 'Severity.Label'],
    ['Label', 'Severity.Label'],
    ['SecurityControlId', 'Compliance.SecurityControlId'],
    ['Resources.Id', 'Resources[*].Id'],
    ['Severity[*].Label', 'Severity.Label'],
    ['ProductFields.aws.Name', 'ProductFields["aws.Name"]'],
    ['Resource[*].Id', 'Resources[*].Id'],
    ['Resources.Tag.env', 'Resources[*].Tags.env'],
    ['Resources[0].Tag.env', 'Resources[0].Tags.env'],
    ['ProductFields.aws[0]', 'ProductFields.aws'],
    ['ProductFields.aws.x[0]', 'ProductFields'],
    ['constructor', undefined],
    ['Zebra', undefined],
  ])('refuses %s and suggests %s', (text, suggestion) => {
    const found = lookUpPath(path(text));

    expect(found.known).toBe(false);
    expect(found.known ? undefined : found.suggestions[0]).toBe(suggestion);
  });

  it.each([
    ['Severty.Label', ['Severity.Label']],
    ['Severity.Zebra', ['Severity.Label']],
    ['EpssScore', ['Vulnerabilities[*].EpssScore', 'Vulnerabilities[*].Cvss[*].BaseScore']],
    ['ProductFields.aws.x["a\\"b\\\\"]', ['ProductFields["aws.x.a\\"b\\\\"]']],
  ])('suggests for %s nothing but %j', (text, suggestions) => {
    expect(lookUpPath(path(text))).toEqual({ known: false, suggestions });
  });

  it.each(['AwsS3Bucket', 'CountryCode'])('suggests for %s nothing from far below', (text) => {
    expect(lookUpPath(path(text))).toEqual({ known: false, suggestions: [] });
  });

  it('suggests three paths at most, the one that is named first', () => {
    expect(lookUpPath(path('DestinationPort'))).toEqual({
      known: false,
      suggestions: [
        'Network.DestinationPort',
        'NetworkPath[*].Egress.Destination',
        'Network.DestinationIpV4',
      ],
    });
  });

  it('suggests only paths that it knows', () => {
    for (const text of [
      'Resorces[*].Typ',
      'Vulnerabilites.EpsScore',
      'Workflow',
      'Compliance.Statis',
      'Notes.Text',
    ]) {
      const found = lookUpPath(path(text));
      const suggestions = found.known ? [] : found.suggestions;

      expect(suggestions.map((suggestion) => lookUpPath(path(suggestion)).known)).not.toContain(false);
    }
  });
});

function path(text: string): AsffPath {
  const parsed = parsePath(text);
  if (parsed === null) throw new Error(`not a path: ${text}`);
  return parsed;
}
