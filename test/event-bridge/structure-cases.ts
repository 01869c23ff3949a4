import type { PatternCase } from './value-cases.ts';

/** How fields, arrays and `$or` work together. */
export const STRUCTURE_CASES: readonly PatternCase[] = [
  {
    feature: '$or of fields',
    pattern: { source: ['hub'], $or: [{ a: [1] }, { b: [2] }] },
    matching: [
      { source: 'hub', a: 1 },
      { source: 'hub', b: 2 },
    ],
    other: [{ a: 1 }, { source: 'hub' }, { source: 'hub', a: 2, b: 1 }],
  },
  {
    feature: '$or inside $or',
    pattern: { d: { $or: [{ a: [1] }, { b: [2], $or: [{ c: [3] }, { e: [4] }] }] } },
    matching: [{ d: { a: 1 } }, { d: { b: 2, c: 3 } }, { d: { b: 2, e: 4 } }],
    other: [{ d: { b: 2 } }, { d: { c: 3 } }],
  },
  {
    feature: '$or whose branch replaces an earlier condition on its path',
    pattern: { a: [1], $or: [{ a: [2] }, { b: [1] }] },
    matching: [{ a: 2 }, { a: 1, b: 1 }],
    other: [{ a: 1 }, { a: 3, b: 1 }],
  },
  {
    feature: 'a field after $or replaces that of its branches',
    pattern: { $or: [{ a: [2] }, { b: [1] }], a: [1] },
    matching: [{ a: 1 }, { a: 1, b: 1 }],
    other: [{ a: 2 }, { b: 1 }],
  },
  {
    feature: 'one element answers for all fields of its array',
    pattern: { r: { type: ['bucket'], tags: { env: ['prod'] } } },
    matching: [
      { r: [{ type: 'role' }, { type: 'bucket', tags: { env: 'prod' } }] },
      { r: { type: 'bucket', tags: { env: 'prod' } } },
    ],
    other: [
      {
        r: [
          { type: 'bucket', tags: { env: 'dev' } },
          { type: 'role', tags: { env: 'prod' } },
        ],
      },
    ],
  },
  {
    feature: 'one element of the outer array answers for arrays inside it',
    pattern: { f: { id: [1], r: { type: ['b'] } } },
    matching: [
      {
        f: [
          { id: 2, r: [] },
          { id: 1, r: [{ type: 'a' }, { type: 'b' }] },
        ],
      },
    ],
    other: [
      {
        f: [
          { id: 1, r: [{ type: 'a' }] },
          { id: 2, r: [{ type: 'b' }] },
        ],
      },
    ],
  },
  {
    feature: 'two arrays of one element are chosen from independently',
    pattern: { f: { r: { x: [1] }, v: { y: [2] } } },
    matching: [{ f: { r: [{ x: 0 }, { x: 1 }], v: [{ y: 2 }, { y: 0 }] } }],
    other: [{ f: [{ r: [{ x: 1 }] }, { v: [{ y: 2 }] }] }],
  },
  {
    feature: 'a list of scalars carries no position',
    pattern: { r: { tags: ['a'], id: [1] } },
    matching: [{ r: { tags: ['b', 'a'], id: 1 } }, { r: [{ tags: ['b', 'a'], id: 1 }] }],
    other: [{ r: [{ tags: ['a'] }, { id: 1 }] }],
  },
  {
    feature: 'a scalar among objects carries no position either',
    pattern: { r: ['a'], 'r.x': [1] },
    matching: [{ r: ['a', { x: 1 }] }],
    other: [{ r: ['b', { x: 1 }] }, { r: ['a', { x: 2 }] }],
  },
  {
    feature: 'an array in an array is an element too',
    pattern: { g: { a: [1], b: [2] } },
    matching: [{ g: [[{ a: 1, b: 2 }]] }],
    other: [{ g: [[{ a: 1 }], [{ b: 2 }]] }],
  },
  {
    feature: 'names with slashes and dots are joined to paths',
    pattern: { f: { 'aws/hub/Id': ['x'], 'a.b': [1] } },
    matching: [{ f: { 'aws/hub/Id': 'x', a: { b: 1 } } }, { f: { 'aws/hub/Id': 'x', 'a.b': 1 } }],
    other: [{ f: { aws: { hub: { Id: 'x' } }, 'a.b': 1 } }],
  },
];
