import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { AREAS } from './mutation/areas.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WORKFLOWS = globSync('.github/workflows/*.yml', { cwd: ROOT }).map(
  (path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const,
);
const IMPACT_PAGE = readFileSync(join(ROOT, 'docs/reading-an-impact.md'), 'utf8');

interface Workflow {
  readonly on: Readonly<Record<string, object | null>>;
  readonly jobs: Readonly<Record<string, { readonly name?: string }>>;
}
/** Jobs of all workflows by the name of their check. */
const JOBS = WORKFLOWS.flatMap(([, text]) => {
  const { on, jobs } = parse(text) as Workflow;
  return Object.entries(jobs).map(([id, { name = id }]) => ({ name, on }));
});

describe('the workflows', () => {
  it('are six', () => {
    expect(WORKFLOWS.map(([path]) => path.split('/').at(-1)).sort()).toEqual([
      'code.yml',
      'expiry.yml',
      'mutation.yml',
      'properties.yml',
      'report.yml',
      'rules.yml',
    ]);
  });

  it.each(WORKFLOWS)('%s runs actions by commit, with the version beside it', (_, text) => {
    const used = text.match(/^.*\buses:.*$/gm) ?? [];

    expect(used.length).toBeGreaterThan(0);
    for (const line of used) expect.soft(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(WORKFLOWS)('%s may do little, keeps no credentials and ends', (_, text) => {
    const jobs = text.match(/runs-on:/g) ?? [];

    expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)$/m);
    expect(text).not.toMatch(/write-all|pull_request_target/);
    // The key that reads findings of yours from a repository of yours is all there is.
    expect(text.replace(/ssh-key: \$\{\{ secrets\.TRIAGE_FINDINGS_KEY \}\}/, '')).not.toMatch(/secrets\./);
    expect(text.match(/: write$/gm) ?? []).toHaveLength(/name: (?:Expiry|Report|Rules)/.test(text) ? 1 : 0);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(
      text.match(/actions\/checkout@/g)?.length ?? 0,
    );
    expect(text.match(/timeout-minutes: \d+/g)).toHaveLength(jobs.length);
    expect(text).toMatch(/^concurrency:$/m);
  });

  it.each(WORKFLOWS)('%s puts nothing that others write into a script', (_, text) => {
    const scripts = text.match(/^ *(?:- )?run: .*$/gm) ?? [];

    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((line) => line.includes('${{'))).toEqual([]);
    expect(text).not.toMatch(/run: [|>]/);
  });

  it('let only a job that runs nothing of a pull request write comments on it', () => {
    const [, rules = ''] = WORKFLOWS.find(([path]) => path.endsWith('rules.yml')) ?? [];
    const writing = rules.split(/^ {2}(?=\w+:$)/m).filter((job) => job.includes('pull-requests: write'));

    expect(writing).toHaveLength(1);
    const [job = ''] = writing;
    expect(job).toMatch(/ref: \$\{\{ github\.event\.pull_request\.base\.sha \}\}/);
    expect(job).toContain('head.repo.full_name == github.repository');
    expect(job).not.toMatch(/npm|bin\/|lib\//);
    expect(job.match(/run: .*$/gm)).toEqual(['run: .github/impact-comment impact']);
  });

  it('give every job a name of its own, by which a branch rule can require it', () => {
    const names = JOBS.map(({ name }) => name);

    expect(names.length).toBeGreaterThan(WORKFLOWS.length);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('run on every pull request what a page calls required: GitHub waits for ever for what a filter leaves out', () => {
    const [, listed = ''] = /require their review and the checks ([^.]+)\./.exec(IMPACT_PAGE) ?? [];
    const required = [...listed.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

    expect(required).toEqual(expect.arrayContaining(['rules', 'impact']));
    for (const check of required) {
      const on = JOBS.find(({ name }) => name === check)?.on;
      expect.soft(on, check).toHaveProperty('pull_request');
      expect.soft(Object.keys(on?.pull_request ?? {}), check).toEqual([]);
    }
  });

  it('have a browser look at the reports', () => {
    const [, text = ''] = WORKFLOWS.find(([path]) => path.endsWith('code.yml')) ?? [];

    expect(text).toMatch(/^ {10}TRIAGE_BROWSER: required\n {8}run: \.ci\/run$/m);
  });

  it('mutate every area there is', () => {
    const [, text = ''] = WORKFLOWS.find(([path]) => path.endsWith('mutation.yml')) ?? [];

    expect(text).toContain(`area: [${Object.keys(AREAS).join(', ')}]`);
  });

  it.each([
    ['', /^Replay: PROPERTY_SEED=\d{10} npx vitest run test\/contract\/ /],
    ['7', /^Replay: PROPERTY_SEED=7 npx vitest run test\/contract\/ /],
  ])('try properties from a seed that is told: given "%s"', (given, told) => {
    const folder = mkdtempSync(join(tmpdir(), 'properties-'));
    const npx = join(folder, 'npx');
    writeFileSync(npx, '#!/usr/bin/env bash\necho "$PROPERTY_SEED $*"\n');
    chmodSync(npx, 0o755);

    const { stdout, status } = spawnSync(join(ROOT, '.ci', 'properties'), {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}`, PROPERTY_SEED: given },
    });
    rmSync(folder, { recursive: true });

    const [first = '', second = ''] = stdout.split('\n');
    expect(status).toBe(0);
    expect(first).toMatch(told);
    expect(second).toBe(first.replace('Replay: PROPERTY_SEED=', '').replace('npx vitest', 'vitest'));
  });

  it('run scripts and commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const runs = WORKFLOWS.flatMap(([, text]) =>
      [...text.matchAll(/run: (.+)$/gm)].map(([, run = '']) => run),
    );

    const [own, packaged] = [
      runs.filter((run) => run.startsWith('.')),
      runs.filter((run) => /npm run/.test(run)),
    ];
    for (const run of own)
      expect.soft(readFileSync(join(ROOT, run.split(' ')[0] ?? ''), 'utf8')).toMatch(/^#!/);
    for (const run of packaged)
      expect.soft(scripts).toHaveProperty(/npm run (?:--silent )?(\w+)/.exec(run)?.[1] ?? '');
  });
});
