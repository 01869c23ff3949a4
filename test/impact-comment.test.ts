import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMENT_MARKER, markdown } from '../lib/simulation/reporters/markdown/markdown.ts';
import { sampleReport } from './simulation/reporters/sample-report.ts';

const SCRIPT = fileURLToPath(new URL('../.github/impact-comment', import.meta.url));
const REPORT = markdown(sampleReport({ findings: 100_000 }));

describe('the comment about an impact', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'impact-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the script where `gh` writes down what it is asked, and answers that these comments are ours. */
  function keepComment(report: string, ours: readonly number[] = []) {
    const [gh, log, file] = [join(folder, 'gh'), join(folder, 'log'), join(folder, 'impact.md')];
    writeFileSync(
      gh,
      `#!/usr/bin/env bash\nprintf '%s\\n' "$*" >> '${log}'\n[[ $* != *--paginate* ]] || printf '%s' '${ours.join('\n')}'\n`,
    );
    chmodSync(gh, 0o755);
    writeFileSync(log, '');
    writeFileSync(file, report);
    const { status, stderr } = spawnSync(SCRIPT, [file], {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}`, GH_REPO: 'acme/triage', PULL_REQUEST: '12' },
    });
    const asked = readFileSync(log, 'utf8').replaceAll(file, 'impact.md').trimEnd().split('\n');
    return { status, stderr, asked };
  }

  it('is written where there is none', () => {
    const { status, stderr, asked } = keepComment(REPORT);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(asked[0]).toContain('api --paginate repos/acme/triage/issues/12/comments?per_page=100');
    expect(asked.at(-1)).toBe(
      'api --silent --method POST repos/acme/triage/issues/12/comments --field body=@impact.md',
    );
  });

  it('is updated where it is, the first of several', () => {
    const { status, asked } = keepComment(REPORT, [71, 72]);

    expect(status).toBe(0);
    expect(asked.at(-1)).toBe(
      'api --silent --method PATCH repos/acme/triage/issues/comments/71 --field body=@impact.md',
    );
  });

  it('is known by the first line of the report, and by who wrote it', () => {
    const { asked } = keepComment(REPORT);

    expect(REPORT.startsWith(`${COMMENT_MARKER}\n`)).toBe(true);
    expect(asked[0]).toContain(`.user.login == "github-actions[bot]"`);
    expect(asked[0]).toContain(`startswith("${COMMENT_MARKER}")`);
  });

  it('is nothing but a report', () => {
    const { status, stderr, asked } = keepComment('# something else\n');

    expect(status).toBe(1);
    expect(stderr).toContain('is no report of triage simulate');
    expect(asked).toEqual(['']);
  });
});
