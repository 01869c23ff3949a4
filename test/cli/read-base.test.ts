import { afterAll, describe, expect, it } from 'vitest';
import { createRepository } from '../revisions/repository.ts';
import { createSurroundings, triage } from './triage.ts';

const surroundings = createSurroundings();
const repository = createRepository();
afterAll(() => {
  surroundings.remove();
  repository.delete();
});

const RULE = {
  name: 'example',
  owner: '@acme/secops',
  mode: 'enforce',
  priority: 10,
  conditions: { all: [{ name: 'GuardDuty', fact: 'ProductName', operator: 'equal', value: 'GuardDuty' }] },
  event: { type: 'update', params: { Severity: { Label: 'LOW' } } },
};
const TEST = {
  rule: 'example',
  now: '2026-01-01T00:00:00Z',
  cases: [
    { name: 'match', finding: 's', expect: { matches: true } },
    { name: 'miss', finding: 's', with: { ProductName: 'Macie' }, expect: { matches: false } },
  ],
};
const write = (path: string, content: unknown) => repository.write(path, JSON.stringify(content, null, 2));

const first = repository.commit();
write('rules/area/example.json', { ...RULE, priority: -1 });
const broken = repository.commit();
write('rules/area/example.json', RULE);
write('rules/area/example.test.json', TEST);
write('rules/samples/s.json', { Id: '1', ProductArn: 'arn:a', ProductName: 'GuardDuty' });
repository.commit();
// What is compared is the work tree, uncommitted.
write('rules/area/example.json', { ...RULE, mode: 'observe' });

const lint = (...args: readonly string[]) =>
  triage({ ...surroundings, cwd: repository.root }, 'lint', '--now', '2026-11-22', ...args);

describe('triage lint --base', () => {
  it('says what the work tree withdraws, compared with a commit', async () => {
    const { code, stdout, stderr } = await lint('--base', 'main', '-f', 'pretty');

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toBe(
      [
        'rules:1:1  error  TR211 withdrawing-field-dropped',
        '  No enforced rule writes Severity any more, and "withdrawing" does not name it.',
        '  help  "example" wrote it at main, and findings have it until it is taken back. Write "withdrawing": ["Severity"] in triage.config.json, until the findings it matched have had an event.',
        '  docs  rules/README.md#tr211',
        '',
        'rules/area/example.json:4:11  warning  TR210 withdraws',
        '  This rule observes, and was enforced at main.',
        '    3 │   "owner": "@acme/secops",',
        '  ▶ 4 │   "mode": "observe",',
        '      │           ^^^^^^^^^',
        "  help  Where no other rule decides it, what it wrote is withdrawn with each finding's next event: Severity becomes the provider's.",
        '  docs  rules/README.md#tr210',
        '',
        '1 error and 1 warning in 1 of 1 rule.',
        '',
      ].join('\n'),
    );
  });

  it('says nothing of that without a base', async () => {
    const { code, stdout } = await lint();

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it.each([
    ['before the first rule', first, `There are no rules in rules at ${first} (${first.slice(0, 12)})`],
    ['that never loaded', broken, `The rules of ${broken} (${broken.slice(0, 12)}) do not load`],
  ])('has nothing to compare with at a commit %s', async (_, ref, message) => {
    const { code, stderr } = await lint('--base', ref);

    expect(code).toBe(0);
    expect(stderr).toContain(`${message}: there is nothing to compare with.\n`);
  });

  it.each(['nosuch', '--all', 'main:rules'])(
    'refuses %s, which names no commit, with exit code 2',
    async (ref) => {
      const { code, stdout, stderr } = await lint(`--base=${ref}`);

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`--base ${ref} names no commit here. Fetch it first`);
    },
  );

  it('refuses a folder outside any repository', async () => {
    surroundings.write('rules/area/example.json', JSON.stringify(RULE));

    const { code, stderr } = await triage(surroundings, 'lint', '--base', 'main');

    expect(code).toBe(2);
    expect(stderr).toContain('--base needs a git repository: not a git repository');
  });
});
