import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeBadRules, writeRules } from './fixture-rules.ts';
import { temporaryDir } from './temporary-dir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('cdk synth', () => {
  it('needs no credentials, network or Docker, and leaves nothing in the repository', () => {
    const { status, output, outDir } = cdkSynth(writeRules());

    expect(output).toMatch(/^WARNING Alarms cannot say where their runbook is: set triage:runbookUrl /);
    expect(output.trim().split('\n')).toHaveLength(3);
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(template(outDir)).Resources)).not.toEqual([]);
    expect(readdirSync(ROOT).filter((name) => /\.mjs$|^asset|^bundle|^cdk\.context/.test(name))).toEqual([]);
  });

  it('has nothing to say where alarms know their runbook', () => {
    const { output } = cdkSynth(writeRules(), 'triage:runbookUrl=https://wiki.example.com/triage');

    expect(output).toBe('');
  });

  it('makes the same template twice, asset hash included, so that nothing unchanged is deployed', () => {
    const rulesDir = writeRules();

    const [first, second] = [cdkSynth(rulesDir), cdkSynth(rulesDir)];

    expect(template(second.outDir)).toBe(template(first.outDir));
  });

  it('stops at a bad rule with its file, line and column, and without a stack trace', () => {
    const { status, output, outDir } = cdkSynth(writeBadRules());

    expect(status).not.toBe(0);
    expect(output).toMatch(/bad\.json:10:17/);
    expect(output).toContain('Compliance.SecurityControlId');
    expect(output).not.toMatch(/^\s+at /m);
    expect(existsSync(join(outDir, 'SecurityHubTriage.template.json'))).toBe(false);
  });

  it('stops at an unknown setting', () => {
    const { status, output } = cdkSynth(writeRules(), 'triage:mdoe=enforce');

    expect(status).not.toBe(0);
    expect(output).toContain('triage:mdoe is no setting. Did you mean triage:mode?');
    expect(output).not.toMatch(/^\s+at /m);
  });
});

function template(outDir: string): string {
  return readFileSync(join(outDir, 'SecurityHubTriage.template.json'), 'utf8');
}

function cdkSynth(rulesDir: string, ...settings: readonly string[]) {
  const outDir = temporaryDir();
  const context = [`triage:rulesDir=${rulesDir}`, ...settings].flatMap((setting) => ['-c', setting]);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet', '--output', outDir, ...context],
    {
      cwd: ROOT,
      encoding: 'utf8',
      // Nothing of the caller's environment but the path: no credentials, no profile, no Region.
      env: { PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`, HOME: outDir, CI: 'true' },
    },
  );
  return { status, output: `${stdout}${stderr}`, outDir };
}
