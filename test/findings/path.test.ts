import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGetter, parsePath } from '../../lib/findings/path.ts';

const finding = {
  Title: 'A bucket is public',
  Empty: null,
  Severity: { Label: 'HIGH' },
  Types: ['TTPs/Discovery', 'Effects/Data Exposure'],
  ProductFields: { 'aws/securityhub/ProductName': 'GuardDuty', 'a"b': 'quoted' },
  Resources: [{ Id: 'i-1', Tags: { env: 'prod' } }, { Id: 'i-2' }, { Id: 'i-3', Tags: { env: 'dev' } }],
  Vulnerabilities: [{ Cvss: [{ BaseScore: 9.8 }, { BaseScore: 7 }] }, { Cvss: [{ BaseScore: 5 }] }],
};

function read(text: string, root: unknown = finding): unknown {
  const path = parsePath(text);
  if (path === null) throw new Error(`${text} is no path`);
  return compileGetter(path)(root);
}

describe('a path', () => {
  it.each([
    ['Title', 'A bucket is public'],
    ['Severity.Label', 'HIGH'],
    ['ProductFields["aws/securityhub/ProductName"]', 'GuardDuty'],
    ['ProductFields["a\\"b"]', 'quoted'],
    ['Types', ['TTPs/Discovery', 'Effects/Data Exposure']],
    ['Types[*]', ['TTPs/Discovery', 'Effects/Data Exposure']],
    ['Types[1]', 'Effects/Data Exposure'],
    ['Resources[*].Tags.env', ['prod', 'dev']],
    ['Resources[1].Tags.env', undefined],
    ['Vulnerabilities[*].Cvss[*].BaseScore', [9.8, 7, 5]],
    ['Vulnerabilities[*].Cvss', [{ BaseScore: 9.8 }, { BaseScore: 7 }, { BaseScore: 5 }]],
  ])('%s reads what stands there', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    'Missing',
    'Empty',
    'Empty.Deeper',
    'Title.length',
    'Types.length',
    'Resources.Id',
    'Resources[9].Id',
  ])('%s is missing', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each([
    ['Types[0]', { Types: ['a'] }, 'a'],
    ['Types[0]', { Types: 'a' }, undefined],
    ['Types[0]', { Types: { 0: 'a' } }, undefined],
    ['Types[1]', { Types: ['a'] }, undefined],
    ['Types.length', { Types: ['a'] }, undefined],
  ])('%s of %j is %j', (text, root, value) => {
    const path = parsePath(text);

    expect(path && compileGetter(path)(root)).toBe(value);
  });

  it.each([
    ['A.B.C', { A: { B: { C: 1 } } }, 1],
    ['A.B.C', { A: { B: { D: 1 } } }, undefined],
    ['A.B.C', { A: { D: { C: 1 } } }, undefined],
    ['A.B.C', { A: { B: { C: null } } }, undefined],
    ['A.B.C.D', { A: { B: { C: { D: 'deep' } } } }, 'deep'],
    ['A[10]', { A: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 'tenth'] }, 'tenth'],
  ])('%s of %j is %j, however deep', (text, root, value) => {
    expect(read(text, root)).toEqual(value);
  });

  it.each([
    ['A[*]', { A: 'text' }],
    ['A[*]', { A: { 0: 1 } }],
    ['A[*].B[*]', { A: [{ B: 'text' }, { B: { 0: 1 } }, {}, null] }],
    ['A[*].B', { A: [{ B: null }, { B: [null] }, { B: [] }] }],
    ['A[*].B[*].C', { A: [{ B: [{ C: null }, { C: [null, undefined] }] }] }],
  ])('%s of %j has no element', (text, root) => {
    expect(read(text, root)).toBeUndefined();
  });

  it('yields single values where elements hold lists, without what is null in them', () => {
    expect(read('A[*].B', { A: [{ B: [1, null, 2, undefined] }, { B: 3 }] })).toEqual([1, 2, 3]);
    expect(
      read('A[*].B[*].C', { A: [{ B: [{ C: [1, null] }, { C: 2 }] }, { B: [null, { C: 3 }] }] }),
    ).toEqual([1, 2, 3]);
    expect(
      read('A[*][*]', {
        A: [
          [1, 2],
          [3, null],
        ],
      }),
    ).toEqual([1, 2, 3]);
  });

  it.each([
    [1, finding.Resources, ['prod', 'dev']],
    [2, { Tags: { env: 'prod' } }, 'prod'],
    [4, 'prod', 'prod'],
    [4, null, undefined],
  ])('reads from its segment %i on', (from, root, value) => {
    const path = parsePath('Resources[*].Tags.env');
    if (path === null) throw new Error('no path');

    expect(compileGetter(path, from)(root)).toEqual(value);
  });

  it('is missing where no element has a value, so that "every" is never true of nothing', () => {
    expect(read('Resources[*].Missing')).toBeUndefined();
    expect(read('Resources[*].Id', { Resources: [] })).toBeUndefined();
  });

  it('never reads what an object inherits', () => {
    for (const text of [
      'constructor',
      '__proto__',
      'Severity.constructor',
      'Types.constructor',
      'toString',
    ]) {
      expect(read(text)).toBeUndefined();
    }
  });

  it.each([
    '',
    '.Title',
    'Title.',
    'Title..x',
    '$.Title',
    'Types[]',
    'Types[-1]',
    'Types[12345]',
    'Types[?(@.x)]',
    'Types[(@.length-1)]',
    "ProductFields['x']",
    'ProductFields["x]',
    'Title ',
    'A[*',
    'A^',
    'A;B',
  ])('%j is none', (text) => {
    expect(parsePath(text)).toBeNull();
  });

  it('is read without ever throwing, whatever the text and the finding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.jsonValue(), (text, root) => {
        const path = parsePath(text);
        if (path !== null) compileGetter(path)(root);
      }),
      { numRuns: 2000 },
    );
  });
});
