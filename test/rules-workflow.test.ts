import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { createRepository } from './revisions/repository.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SCRIPT = join(ROOT, '.github', 'impact-comment');

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
const { jobs } = parse(readFileSync(join(ROOT, '.github/workflows/rules.yml'), 'utf8')) as {
  readonly jobs: Readonly<Record<'changes' | 'rules' | 'impact' | 'comment', Job>>;
};
const stepThat = (job: keyof typeof jobs, runs: string): Step => {
  const found = jobs[job].steps.find(({ run }) => run?.includes(runs));
  if (found === undefined) throw new Error(`No step of ${job} runs ${runs}.`);
  return found;
};

describe('the workflow of rules', () => {
  /** Runs the step in the merge of a pull request, as GitHub checks it out: what it hands on. */
  function differs(
    change: (repository: ReturnType<typeof createRepository>) => void,
    more?: () => string,
  ): string {
    const repository = createRepository();
    onTestFinished(repository.delete);
    repository.write('rules/a/one.json', '{}');
    repository.write('lib/one.ts', '');
    repository.commit();
    repository.git('checkout', '--quiet', '-b', 'change');
    change(repository);
    repository.commit();
    repository.git('checkout', '--quiet', 'main');
    // What the base got meanwhile is no change of the pull request.
    repository.write('rules/b/of-the-base.json', '{}');
    repository.commit();
    repository.git('merge', '--quiet', '--no-ff', '--message', 'as GitHub merges', 'change');
    const output = join(repository.root, '.git', 'output');
    const { status } = spawnSync('bash', ['-e', '-c', stepThat('changes', 'git diff').run ?? ''], {
      cwd: more?.() ?? repository.root,
      env: { PATH: process.env.PATH, GITHUB_OUTPUT: output },
    });
    expect(status).toBe(0);
    return readFileSync(output, 'utf8');
  }

  it('knows whether rules differ from the base, and takes it that they do where git cannot tell', () => {
    expect(differs(({ write }) => write('rules/a/two.json', '{}'))).toBe('changed=true\n');
    expect(differs(({ git }) => git('mv', 'rules/a/one.json', 'lib/one.json'))).toBe('changed=true\n');
    expect(differs(({ write }) => write('lib/rules/two.ts', ''))).toBe('changed=false\n');
    expect(differs(() => {}, tmpdir)).toBe('changed=true\n');
  });

  it('leaves the gates out only where it is known that no rule differs: what is left out counts as passed', () => {
    for (const job of [jobs.rules, jobs.impact]) {
      expect.soft(job.needs).toBe('changes');
      expect
        .soft(job.if)
        .toMatch(/^\$\{\{ !cancelled\(\) && needs\.changes\.outputs\.rules != 'false' \}\}$/);
    }
    expect(jobs.changes.if).toBeUndefined();
    expect(jobs.changes.outputs?.rules).toContain(' steps.rules.outputs.changed ');
    expect(stepThat('changes', 'git diff').id).toBe('rules');
  });

  it('has the comment kept whatever became of the impact', () => {
    expect(jobs.comment.if).toMatch(/^\$\{\{ !cancelled\(\) && /);
    expect(jobs.comment.if).not.toContain('needs.');
    expect(stepThat('comment', 'impact-comment').if).toBe("hashFiles('.github/impact-comment') != ''");
    expect(stepThat('impact', 'impact-comment').if).toMatch(/^\$\{\{ !cancelled\(\) \}\}$/);
  });

  it.each(['impact', 'comment'] as const)('tells the script all that it asks for, in the job %s', (job) => {
    const asked = [...readFileSync(SCRIPT, 'utf8').matchAll(/env\('([A-Z_]+)'\)|'([A-Z]+_SHA)'/g)].map(
      ([, name = '', sha = '']) => name || sha,
    );
    const own = new Set(asked.filter((name) => !name.startsWith('GITHUB_')));
    const forComments = ['GH_TOKEN', 'PULL_REQUEST', 'RULES'];

    const given = Object.keys(stepThat(job, 'impact-comment').env ?? {});

    const needed = job === 'comment' ? [...own] : [...own].filter((name) => !forComments.includes(name));
    expect(given.sort()).toEqual(needed.sort());
  });

  it.each(['changes', 'impact'] as const)(
    'hands on what the job %s says, by steps that there are',
    (name) => {
      const { steps, outputs = {} } = jobs[name];
      const ids = steps.flatMap(({ id }) => (id === undefined ? [] : [id]));
      const needed = Object.values(stepThat('comment', 'impact-comment').env ?? {}).flatMap((text) =>
        [...text.matchAll(/needs\.(\w+)\.outputs\.(\w+)/g)].flatMap(([, of, output = '']) =>
          of === name ? [output] : [],
        ),
      );

      expect(jobs.comment.needs).toContain(name);
      expect(needed.sort()).toEqual(Object.keys(outputs).sort());
      for (const output of Object.values(outputs))
        expect.soft(ids).toContain(/steps\.(\w+)\./.exec(output)?.[1]);
    },
  );

  it('keeps a report of rules that load, and of others what is wrong with them', () => {
    const repository = createRepository();
    onTestFinished(repository.delete);
    const rule = (operator: string, mode = 'enforce') =>
      JSON.stringify({
        ...{ name: 'raise', owner: '@acme/secops', reason: 'For a test.', mode, priority: 10 },
        conditions: { all: [{ name: 'all', fact: 'RecordState', operator, value: 'ACTIVE' }] },
        event: { type: 'update', params: { Criticality: 80 } },
      });
    const scripts = { triage: `'${process.execPath}' '${join(ROOT, 'bin', 'triage.ts')}'` };
    repository.write('package.json', JSON.stringify({ scripts }));
    repository.write('rules/triage.config.json', '{}');
    repository.write('rules/a/raise.json', rule('notEqual'));
    const finding = {
      Id: 'a',
      ProductArn: 'arn:aws:securityhub:eu-west-1::product/a/b',
      RecordState: 'ACTIVE',
    };
    repository.write('rules/samples/one.json', JSON.stringify(finding));
    repository.commit();
    repository.write('rules/a/raise.json', rule('equal'));
    repository.commit();
    const simulate = (of = 'simulate') =>
      spawnSync('bash', ['-e', '-c', stepThat('impact', of).run ?? ''], {
        cwd: repository.root,
        encoding: 'utf8',
        env: { ...process.env, FINDINGS: 'rules/samples' },
      });

    const good = simulate();

    expect(good.status).toBe(0);
    const kept = (name: string) => readFileSync(join(repository.root, name), 'utf8');
    expect(kept('impact.md')).toContain('## Impact of 1 changed rule on 1 finding');
    expect(kept('impact.html')).toContain('<!doctype html>');
    expect(simulate('--as-enforced').status).toBe(0);
    expect(() => kept('impact-as-enforced.html')).toThrow('ENOENT');
    // A rule that has no mode observes.
    for (const observing of [rule('equal', 'observe'), rule('equal').replace('"mode":"enforce",', '')]) {
      repository.write('rules/a/raise.json', observing);
      repository.commit();
      expect(simulate('--as-enforced').status).toBe(0);
      expect(kept('impact-as-enforced.html')).toContain('as if they were enforced');
      rmSync(join(repository.root, 'impact-as-enforced.html'));
    }
    for (const name of ['impact.md', 'impact.html']) rmSync(join(repository.root, name));
    repository.write('rules/a/raise.json', rule('equals'));
    expect(simulate()).toMatchObject({ status: 1, stderr: expect.stringContaining('TR102') });
    expect(kept('impact.log')).toContain('"equals" is not an operator');
    expect(() => kept('impact.md')).toThrow('ENOENT');
  });
});
