import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules, loadRulesetOrThrow } from '../../lib/rules/load.ts';
import { codesOf, loadFolder, RULE, ruleWith, saidOf } from './rules-folder.ts';

describe('loading rules', () => {
  it('sorts rules by priority, then by name in code units, and fills in what was left out', () => {
    const { ruleset, diagnostics } = loadFolder({
      'a/1.json': ruleWith({ $schema: '../rule.schema.json', name: 'b', priority: 5 }),
      'a/deep/2.json': ruleWith({ name: 'a', priority: 5, mode: 'enforce' }),
      'b/3.json': ruleWith({ name: 'Z', priority: 5 }),
      'b/4.json': ruleWith({ name: 'top', priority: 50 }),
    });

    expect(diagnostics).toEqual([]);
    expect(ruleset?.rules.map(({ name }) => name)).toEqual(['top', 'Z', 'a', 'b']);
    expect(ruleset?.rules.map(({ mode }) => mode)).toEqual(['observe', 'observe', 'enforce', 'observe']);
    expect(ruleset?.rules[3]).toEqual({ ...RULE, name: 'b', priority: 5, mode: 'observe' });
    expect(ruleset?.config).toEqual({
      prefix: 'triage',
      succeeds: [],
      provenance: 'finding',
      customActions: [],
      withdrawing: [],
    });
  });

  it('brings lists, accounts, shared conditions and the configuration along', () => {
    const { ruleset } = loadFolder({
      'a/1.json': RULE,
      'context/plain.json': ['x', { value: 'y', until: '2027-01-01', reason: 'moves' }],
      'context/wrapped.json': { $schema: './list.schema.json', description: 'd', entries: ['z'] },
      'context/lists/below.json': ['w'],
      'context/accounts.json': { $schema: '../accounts.schema.json', 111122223333: { env: 'prod' } },
      'conditions/c.json': { description: 'd', condition: RULE.conditions },
      'triage.config.json': { prefix: 'acme', customActions: ['Escalate'] },
    });

    expect(ruleset).toMatchObject({
      lists: {
        plain: [{ value: 'x' }, { value: 'y', until: '2027-01-01', reason: 'moves' }],
        wrapped: [{ value: 'z' }],
        below: [{ value: 'w' }],
      },
      accounts: { 111122223333: { env: 'prod' } },
      conditions: { c: RULE.conditions },
      config: { prefix: 'acme', succeeds: [], provenance: 'finding', customActions: ['Escalate'] },
    });
    expect(Object.keys(ruleset?.accounts ?? {})).toEqual(['111122223333']);
  });

  it('names equal content by one version and other content by another, wherever the files stand', () => {
    const version = (files: Readonly<Record<string, unknown>>) => loadFolder(files).ruleset?.version;
    const first = version({ 'a/1.json': RULE, 'context/l.json': ['x'] });

    expect(first).toMatch(/^[0-9a-f]{12}$/);
    expect(
      version({ 'b/other.json': `// a comment\n${JSON.stringify(RULE)}`, 'context/l.json': ['x'] }),
    ).toBe(first);
    expect(version({ 'a/1.json': ruleWith({ mode: 'observe' }), 'context/l.json': ['x'] })).toBe(first);
    expect(version({ 'a/1.json': ruleWith({ mode: 'enforce' }), 'context/l.json': ['x'] })).not.toBe(first);
    expect(version({ 'a/1.json': RULE, 'context/l.json': ['y'] })).not.toBe(first);
  });

  it('leaves tests, samples and schemas alone', () => {
    const { diagnostics, ruleset } = loadFolder({
      'a/1.json': RULE,
      'a/1.test.json': { cases: [] },
      'rule.schema.json': {},
      'samples/finding.json': { Id: 'x' },
      'README.md': '# Rules',
    });

    expect(diagnostics).toEqual([]);
    expect(ruleset?.rules).toHaveLength(1);
  });

  it.each([
    ['a rule outside an area', 'rule.json', /folder of its area/],
    ['a file with another ending', 'a/rule.jsonc', /end in .json/],
    ['YAML', 'a/rule.yml', /end in .json/],
    ['a shared condition in a folder', 'conditions/a/b.json', /rules\/conditions\/<name>.json/],
    ['a list too deep', 'context/lists/a/b.json', /rules\/context\/<name>.json/],
  ])('refuses %s, which would be left out without a word', (_, path, message) => {
    expect(saidOf(loadFolder({ 'a/1.json': RULE, [path]: RULE }))).toEqual([expect.stringMatching(message)]);
  });

  it('refuses links, which lead out of the folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', '1.json'), JSON.stringify(RULE));
    symlinkSync(join(folder, 'a'), join(folder, 'b'));

    const loaded = loadRules(folder);

    rmSync(folder, { recursive: true });
    expect(saidOf(loaded)).toEqual([expect.stringMatching(/TR005 .* Links are not followed/)]);
  });

  it('leaves hidden files and folders alone', () => {
    const loaded = loadFolder({ 'a/1.json': RULE, 'a/.draft.json': 'no JSON', '.git/x.json': 'no JSON' });

    expect(loaded.diagnostics).toEqual([]);
  });

  it('refuses a file that cannot be read, and goes on to the next', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', '1.json'), '');
    // Nothing is read into memory whole that has more than 2 GiB; the file is a hole, so it takes no room.
    truncateSync(join(folder, 'a', '1.json'), 2 ** 32);
    writeFileSync(join(folder, 'a', '2.json'), '[]');

    const loaded = loadRules(folder);

    rmSync(folder, { recursive: true });
    expect(codesOf(loaded)).toEqual(['TR005', 'TR003']);
    expect(loaded.ruleset).toBeNull();
  });

  it.each([
    ['a shared condition', 'conditions/c.json', 7],
    ['the accounts', 'context/accounts.json', ['111122223333']],
    ['the configuration', 'triage.config.json', 'triage'],
    ['a list', 'context/l.json', 'x'],
  ])('refuses %s where the file holds something else', (_, path, content) => {
    const loaded = loadFolder({ 'a/1.json': RULE, [path]: JSON.stringify(content) });

    expect(codesOf(loaded)).toEqual(['TR003']);
    expect(loaded.diagnostics[0]?.file).toContain(path);
  });

  it.each([
    ['a related finding', { RelatedFindings: ['arn:aws:x'] }],
    ['a text of Types', { Types: [{ a: 1 }] }],
  ])('refuses %s of another shape', (_, params) => {
    const loaded = loadFolder({ 'a/1.json': ruleWith({ event: { type: 'update', params } }) });

    expect(codesOf(loaded)).toContain('TR003');
  });

  it.each([
    ['an empty folder', {}],
    ['a folder with lists alone', { 'context/l.json': [] }],
  ])('refuses %s: nothing checked is an error', (_, files) => {
    const loaded = loadFolder(files);

    expect(codesOf(loaded)).toEqual(['TR120']);
    expect(loaded.ruleset).toBeNull();
  });

  it('refuses a folder that is not there', () => {
    expect(codesOf(loadRules(join(tmpdir(), 'there-is-no-such-folder')))).toEqual(['TR120']);
  });

  it('tells every mistake of every file in one run, by file and place', () => {
    const loaded = loadFolder({
      'a/1.json': ruleWith({ name: 'one', priority: 0, mode: 'on' }),
      'a/2.json': '{ "name": "two", ',
      'context/l.json': [5, 'x', 'x'],
      'triage.config.json': { prefix: 'Triage' },
    });

    expect(
      loaded.diagnostics.map(({ file, code }) => `${file.split('/').slice(-2).join('/')} ${code}`),
    ).toEqual([
      expect.stringMatching(/a\/1.json TR003/),
      expect.stringMatching(/a\/1.json TR003/),
      expect.stringMatching(/a\/2.json TR001/),
      expect.stringMatching(/l.json TR003/),
      expect.stringMatching(/l.json TR003/),
      expect.stringMatching(/triage.config.json TR003/),
    ]);
  });

  it('throws the printed diagnostics where a build must stop', () => {
    expect(() => loadRulesetOrThrow(join(tmpdir(), 'there-is-no-such-folder'))).toThrow(/TR120 no-rules/);
  });
});

describe('lists, accounts and the configuration', () => {
  const load = (path: string, content: unknown) => saidOf(loadFolder({ 'a/1.json': RULE, [path]: content }));

  it.each([
    ['a number', [111122223333], /put numbers in quotes, or account ids lose their zeros/],
    ['a number as value', [{ value: 111122223333 }], /put numbers in quotes/],
    ['a blank text', ['a', ' '], /not blank/],
    ['an entry without value', [{ reason: 'x' }], /"value" is missing/],
    ['an unknown member', [{ value: 'x', untill: '2027-01-01' }], /Did you mean "until"/],
    ['a day the calendar has not', [{ value: 'x', until: '2027-02-30' }], /The calendar has no/],
    ['a value twice', ['x', { value: 'x', until: '2027-01-01' }], /twice/],
    ['an object without entries', { values: [] }, /"values" is not a member|"entries" is missing/],
    ['a text', '"x"', /A list is an array/],
  ])('refuses a list with %s', (_, content, message) => {
    expect(load('context/l.json', content)[0]).toMatch(message);
  });

  it('refuses a list that no fact could name, and one named twice', () => {
    expect(load('context/my list.json', ['x'])).toEqual([expect.stringMatching(/cannot be a fact/)]);
    expect(
      saidOf(loadFolder({ 'a/1.json': RULE, 'context/l.json': [], 'context/lists/l.json': [] })),
    ).toEqual([expect.stringMatching(/two lists named "l"/)]);
  });

  it.each([
    ['an id of 11 digits', { 11112222333: {} }, /An account id has 12 digits/],
    ['what is no object', { 111122223333: 'prod' }, /is not object/],
    ['a key that no fact could name', { 111122223333: { 'a.b': 'x' } }, /A key has letters/],
    ['a value within a value', { 111122223333: { env: { name: 'x' } } }, /A text, a number/],
    ['a list of numbers', { 111122223333: { teams: [1] } }, /1 is not string/],
  ])('refuses accounts with %s', (_, content, message) => {
    expect(load('context/accounts.json', content)).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['a prefix too long for the id of its action', { prefix: 'a'.repeat(13) }, /1 to 12 letters/],
    ['an unknown provenance', { provenance: 'findings' }, /Did you mean "finding"/],
    ['itself among its predecessors', { prefix: 'acme', succeeds: ['acme'] }, /cannot succeed itself/],
    ['an id that no custom action can have', { customActions: ['re-triage'] }, /1 to 20 letters/],
    ['an unknown member', { prefx: 'x' }, /Did you mean "prefix"/],
  ])('refuses a configuration with %s', (_, content, message) => {
    expect(load('triage.config.json', content)).toEqual([expect.stringMatching(message)]);
  });
});
