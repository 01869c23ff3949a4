import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { COMMENT_MARKER, markdown } from '../lib/simulation/reporters/markdown/markdown.ts';
import { BOT, type Comment, startGitHubApi } from './github-api.ts';
import { commentHtml } from './simulation/reporters/as-github.ts';
import { sampleReport } from './simulation/reporters/sample-report.ts';
import { tagsOf } from './simulation/reporters/tags.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SCRIPT = join(ROOT, '.github', 'impact-comment');
const REPORT = markdown(sampleReport({ findings: 100_000 }));
const [HEAD, BASE] = ['4a'.repeat(20), 'b5'.repeat(20)];
const TOKEN = 'a token';
const RUN = 'https://github.com/acme/triage/actions/runs/777';
const comment = (id: number, body: string, login = BOT): Comment => ({ id, user: { login }, body });

describe('the comment about an impact', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'impact-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  interface Situation {
    readonly files?: Readonly<Record<string, string>>;
    readonly comments?: readonly Comment[];
    /** The last commit of the pull request by now. */
    readonly now?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly args?: readonly string[];
  }

  /** Runs the script as the workflow does, against GitHub's API on loopback. */
  async function keepComment({ files = {}, comments = [], now = HEAD, env, args = [] }: Situation) {
    const api = await startGitHubApi({ head: now, comments, token: TOKEN });
    onTestFinished(api.close);
    const artifact = join(folder, 'impact');
    mkdirSync(artifact, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(artifact, name), text);
    const given = {
      ...{ GITHUB_API_URL: api.url, GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ID: '777' },
      ...{ GITHUB_REPOSITORY: 'acme/triage', PULL_REQUEST: '12', GH_TOKEN: TOKEN },
      ...{ HEAD_SHA: HEAD, BASE_SHA: BASE, FINDINGS: 'skipped', INSTALL: 'success', SIMULATE: 'success' },
      ...{ ARTIFACT: '99', ...env },
    };
    const told = await new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
      const options = { env: { PATH: process.env.PATH, ...given } };
      execFile(process.execPath, [SCRIPT, artifact, ...args], options, (error, stdout, stderr) =>
        resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
    return { ...told, asked: api.asked, comments: api.comments() };
  }
  const none = { SIMULATE: 'failure', ARTIFACT: '' };

  it('is written where there is none, with all of the report', async () => {
    const { status, stderr, asked, comments } = await keepComment({ files: { 'impact.md': REPORT } });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(asked.at(-1)).toBe('POST /repos/acme/triage/issues/12/comments');
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body.startsWith(`${COMMENT_MARKER}\n`)).toBe(true);
    expect(comments[0]?.body.endsWith(REPORT.slice(COMMENT_MARKER.length))).toBe(true);
  });

  it('says of which commit and base it is, what was decided, and where the run and the report are', async () => {
    const { comments } = await keepComment({ files: { 'impact.md': REPORT } });

    const shown = commentHtml(comments[0]?.body ?? '');
    expect(shown.replaceAll(/<[^>]*>/g, '')).toContain(
      'Commit 4a4a4a4 merged into b5b5b5b · decided: the samples in rules/samples · run · report as HTML',
    );
    for (const link of [
      `commit/${HEAD}`,
      `commit/${BASE}`,
      'actions/runs/777',
      'actions/runs/777/artifacts/99',
    ])
      expect.soft(shown).toContain(`<a href="https://github.com/acme/triage/${link}">`);
    const { comments: exported } = await keepComment({
      files: { 'impact.md': REPORT },
      env: { FINDINGS: 'success' },
    });
    expect(exported[0]?.body).toContain('decided: exported findings');
  });

  it('is updated where it is, the first of ours, on any page; what others wrote is left alone', async () => {
    const others = Array.from({ length: 130 }, (_, i) =>
      comment(i + 1, `${COMMENT_MARKER}\nmine`, 'mallory'),
    );
    const known = [
      ...others,
      comment(200, 'other words'),
      comment(201, `${COMMENT_MARKER}\nold`),
      comment(202, `${COMMENT_MARKER}\n`),
    ];

    const { status, asked, comments } = await keepComment({
      files: { 'impact.md': REPORT },
      comments: known,
    });

    expect(status).toBe(0);
    expect(asked.at(-1)).toBe('PATCH /repos/acme/triage/issues/comments/201');
    expect(comments.filter(({ body }, i) => body !== known[i]?.body).map(({ id }) => id)).toEqual([201]);
  });

  it.each([
    ['the rules do not load', { SIMULATE: 'failure' }, '`triage simulate` ended without a report'],
    ['its packages are not to be had', { INSTALL: 'failure', SIMULATE: 'skipped' }, '`npm ci` failed'],
    [
      'findings are not to be had',
      { FINDINGS: 'failure', INSTALL: 'skipped', SIMULATE: 'skipped' },
      'the exported findings could not be fetched',
    ],
    ['its artifact is not to be had', { SIMULATE: 'success' }, 'is no report of it, or was not kept'],
    ['the job was lost', { FINDINGS: '', INSTALL: '', SIMULATE: '' }, 'the job ended before it came to that'],
  ])(
    'says that nothing was simulated, in place of an older impact, where %s',
    async (_, outcomes, because) => {
      const { status, comments } = await keepComment({
        comments: [comment(7, REPORT)],
        env: { ...none, ...outcomes },
      });

      expect(status).toBe(0);
      expect(comments).toHaveLength(1);
      const [{ body } = { body: '' }] = comments;
      expect(body.startsWith(`${COMMENT_MARKER}\n\n## The impact could not be simulated\n`)).toBe(true);
      expect(body).toContain('Nothing is known of what this commit would hide, because ');
      expect(body).toContain(because);
      expect(body).toContain(`[see run](${RUN})`);
      expect(commentHtml(body).replaceAll(/<[^>]*>/g, '')).toContain(
        'Commit 4a4a4a4 merged into b5b5b5b · run',
      );
      expect(body).not.toContain('would be hidden');
    },
  );

  it('shows why the command failed, and lets nothing of it act', async () => {
    const hostile = `</pre><img src=x> @security #1 [x](https://evil.example)\n\n# head\u202e\u001b[2J\n${'long '.repeat(9_000)}`;

    const { comments } = await keepComment({ files: { 'impact.log': hostile }, env: none });

    const shown = commentHtml(comments[0]?.body ?? '');
    expect([...tagsOf(shown)].sort()).toEqual(['a', 'code', 'h2', 'p', 'pre']);
    expect(shown.replace(/<pre>[\s\S]*<\/pre>/, '')).not.toMatch(/evil|@|#1|head/);
    expect(shown).not.toMatch(/[^\P{C}\n]/u);
    expect(shown).toContain('@security');
    expect(comments[0]?.body.length).toBeLessThan(6_000);
  });

  it.each([
    ['is something else', '# something else\n'],
    ['is larger than a comment', `${COMMENT_MARKER}\n${'x'.repeat(70_000)}`],
  ])('is nothing but a report: what %s is told of as none', async (_, text) => {
    const { status, comments } = await keepComment({
      files: { 'impact.md': text },
      comments: [comment(7, REPORT)],
    });

    expect(status).toBe(0);
    expect(comments[0]?.body).toContain('could not be simulated');
  });

  it('is left as it is where a newer commit is there, which has a run of its own', async () => {
    const { status, stdout, asked } = await keepComment({
      files: { 'impact.md': REPORT },
      comments: [comment(7, REPORT)],
      now: 'c6'.repeat(20),
    });

    expect(status).toBe(0);
    expect(stdout).toContain(`There is a newer commit than ${HEAD}`);
    expect(asked).toEqual(['GET /repos/acme/triage/pulls/12']);
  });

  it.each([
    ['GitHub refuses', { GH_TOKEN: 'another' }, 'with 401'],
    ['a commit is none', { BASE_SHA: '"><b>' }, 'BASE_SHA is no commit'],
  ])('fails where %s', async (_, env, why) => {
    const { status, stderr, comments } = await keepComment({ files: { 'impact.md': REPORT }, env });

    expect(status).not.toBe(0);
    expect(stderr).toContain(why);
    expect(comments).toEqual([]);
  });

  it('links to no artifact but by its number', async () => {
    const { comments } = await keepComment({
      files: { 'impact.md': REPORT },
      env: { ARTIFACT: '1"><img src=x>' },
    });

    expect(comments[0]?.body).not.toMatch(/img|artifacts/);
  });

  it('says where changed rules that observe are shown as if they were enforced, and only where they are', async () => {
    const files = { 'impact.md': REPORT };

    const { comments } = await keepComment({ files });
    const { comments: both } = await keepComment({ files: { ...files, 'impact-as-enforced.html': 'x' } });

    expect(comments[0]?.body).not.toContain('as-enforced');
    const shown = commentHtml(both[0]?.body ?? '').replaceAll(/<[^>]*>/g, '');
    expect(shown).toContain('Rules that observe changed: impact-as-enforced.html, beside that report, shows');
    expect(both[0]?.body.endsWith(REPORT.slice(COMMENT_MARKER.length))).toBe(true);
  });

  it('says that no rule differs any more, in place of an older impact', async () => {
    const { status, asked, comments } = await keepComment({
      comments: [comment(7, REPORT)],
      env: { ...none, SIMULATE: '', RULES: 'false' },
    });

    expect(status).toBe(0);
    expect(asked.at(-1)).toBe('PATCH /repos/acme/triage/issues/comments/7');
    const [{ body } = { body: '' }] = comments;
    expect(body.startsWith(`${COMMENT_MARKER}\n\n## The rules are those of the base\n`)).toBe(true);
    expect(body).toContain(
      'Nothing in `rules/` differs any more, so nothing was simulated. An impact that stood',
    );
    expect(body).not.toMatch(/would be hidden|could not be simulated/);
  });

  it('is not begun where no rule differs, and left alone where a newer commit is there', async () => {
    const env = { ...none, SIMULATE: '', RULES: 'false' };
    const others = [comment(7, REPORT, 'mallory')];

    const first = await keepComment({ comments: others, env });
    const late = await keepComment({ comments: [comment(7, REPORT)], env, now: 'c6'.repeat(20) });

    expect(first).toMatchObject({ status: 0, comments: others });
    expect(first.asked.filter((asked) => !asked.startsWith('GET '))).toEqual([]);
    expect(late).toMatchObject({ status: 0, asked: ['GET /repos/acme/triage/pulls/12'] });
  });

  it('is printed for the step summary, and asks nobody', async () => {
    const { stdout, asked } = await keepComment({ files: { 'impact.md': REPORT }, args: ['--print'] });

    expect(stdout).toContain('merged into');
    expect(stdout.endsWith(REPORT.slice(-200))).toBe(true);
    expect(asked).toEqual([]);
  });
});
