import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WORKFLOWS = globSync('.github/workflows/*.yml', { cwd: ROOT }).map(
  (path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const,
);

describe('the workflows', () => {
  it('are three', () => {
    expect(WORKFLOWS.map(([path]) => path.split('/').at(-1)).sort()).toEqual([
      'code.yml',
      'expiry.yml',
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
    expect(text.match(/: write$/gm) ?? []).toHaveLength(/name: (?:Expiry|Rules)/.test(text) ? 1 : 0);
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
    expect(job).not.toMatch(/npm|node/);
    expect(job.match(/run: .*$/gm)).toEqual(['run: .github/impact-comment impact/impact.md']);
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

describe('the issue about what ends', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'expiry-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the script where `gh` writes down what it is asked, and knows one open issue or none. */
  function keepIssue(report: string, openIssue = '') {
    const [gh, log, file] = [join(folder, 'gh'), join(folder, 'log'), join(folder, 'lint.txt')];
    writeFileSync(
      gh,
      `#!/usr/bin/env bash\nif [[ $2 == list ]]; then echo '${openIssue}'; exit; fi\n` +
        `echo "$2 $3" >> '${log}'\nif [[ $* == *--body-file* ]]; then cat >> '${log}'; fi\n`,
    );
    chmodSync(gh, 0o755);
    writeFileSync(log, '');
    writeFileSync(file, report);
    const { status, stderr } = spawnSync(join(ROOT, '.github', 'expiry-issue'), [file], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}` },
    });
    return { status, stderr, asked: readFileSync(log, 'utf8') };
  }

  const ENDED = 'rules/a/b.json:9:14: error TR203 expired: This rule ended on 2027-03-31. @somebody';
  const SOON = 'rules/a/c.json:9:14: warning TR204 expires-soon: This rule ends on 2027-06-30.';
  const OTHER = 'rules/a/d.json:1:1: warning TR301 untested: No test. It says: error TR203 expired';

  it('is opened with what has ended and what soon will, and nothing else', () => {
    const { status, stderr, asked } = keepIssue(`${ENDED}\n${OTHER}\n${SOON}\n`);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(asked).toMatch(/^create --title\n/);
    expect(asked).toContain(`\n    ${ENDED}\n    ${SOON}\n\n2 in all.`);
    expect(asked).not.toContain('TR301');
  });

  it('is updated where it is open already', () => {
    expect(keepIssue(`${SOON}\n`, '17').asked).toMatch(/^edit 17\n/);
  });

  it('is closed once nothing ends, and left closed', () => {
    expect(keepIssue(`${OTHER.slice(0, 60)}\n`, '17').asked).toBe('close 17\n');
    expect(keepIssue('').asked).toBe('');
  });

  it('stays within what an issue can hold', () => {
    const { asked } = keepIssue(`${`${ENDED}${'x'.repeat(2000)}\n`.repeat(500)}`);

    expect(asked.length).toBeLessThan(65_536);
    expect(asked).toContain('500 in all.');
  });
});
