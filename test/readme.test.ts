import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../lib/event-bridge/compile-pattern.ts';
import { DEFAULT_CONFIGURATION } from '../lib/infrastructure/configuration/configuration.ts';
import { CONFIGURATION_KEYS } from '../lib/infrastructure/configuration/configuration-keys.ts';
import { writeRules } from './infrastructure/fixture-rules.ts';
import { synthesize } from './infrastructure/synthesized.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = readFileSync(`${ROOT}/README.md`, 'utf8');

/** What stays the same from run to run: figures move with the calendar, and so do the rules that decide. */
function shapeOf(output: string): readonly string[] {
  const lines = output.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '' && !/^\S+( +[\d·]+)+$/.test(line))
    .map((line) => line.replace(/\d+/g, '#').replace(/ +/g, ' '));
}

describe('the README', () => {
  it('shows what npm start prints', () => {
    const shown = README.match(/<!-- output of: npm start -->\n```text\n([\s\S]*?)```/)?.[1] ?? '';

    const { stdout, status } = spawnSync(process.execPath, ['bin/triage.ts', 'start'], {
      cwd: ROOT,
      encoding: 'utf8',
    });

    expect(status).toBe(0);
    expect(shapeOf(shown)).toEqual(shapeOf(stdout));
    // It synthesizes, bundles and runs an account: on a busy machine that takes more than a minute.
  }, 240_000);

  it('lists every setting with its allowed values and default', () => {
    const table = README.match(/<!-- settings -->([\s\S]*?)<!-- \/settings -->/)?.[1] ?? '';
    const rows = [...table.matchAll(/^\| `triage:(\w+)` \| ([^|]+) \| `?([^|`]+)`? \|/gm)].map(
      ([, name, allowed, value]) => [name, { allowed, value }],
    );
    const expected = Object.entries(CONFIGURATION_KEYS).map(([name, key]) => {
      const value = DEFAULT_CONFIGURATION[name as keyof typeof DEFAULT_CONFIGURATION] ?? 'none';
      const allowed = name === 'logRetentionDays' ? 'one that CloudWatch Logs knows' : key.allowed;
      return [name, { allowed, value: String(value) }];
    });

    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  });

  it('has a section for every alarm, complete', () => {
    const everything = { mode: 'enforce', decisionBus: 'decisions' } as const;
    const { alarms } = synthesize({ rulesDir: writeRules(), ...everything }).resources;
    const titles = alarms.map(({ name }) => name.replace(/^\S+ /, ''));
    const described = README.split('\n### ')
      .filter((section) => section.includes('**Description**'))
      .map((section) => section.split('\n')[0]);

    expect(described.sort()).toEqual(titles.sort());
    for (const title of titles) {
      const section = README.split(`### ${title}\n`)[1]?.split('\n### ')[0] ?? '';
      for (const part of ['Description', 'Impact', 'Investigation', 'Resolution']) {
        expect.soft(section, `${title}: ${part}`).toContain(`**${part}**`);
      }
    }
  });

  it('gives pagers a pattern that takes what rules notify, and nothing before', () => {
    const shown = README.match(/<!-- pattern for pagers -->\n```json\n([\s\S]*?)```/)?.[1] ?? '';
    const pattern = compilePattern(JSON.parse(shown));
    const takes = (finding: object) =>
      pattern.ok &&
      pattern.matches({
        source: 'aws.securityhub',
        'detail-type': 'Security Hub Findings - Imported',
        detail: { findings: [{ Id: 'x', Workflow: { Status: 'NOTIFIED' }, ...finding }] },
      });

    expect(takes({ UserDefinedFields: { triageSet: '{"v":1,"Workflow":"NOTIFIED"}' } })).toBe(true);
    expect(takes({})).toBe(false);
    expect(takes({ UserDefinedFields: { ticket: 'SEC-1' } })).toBe(false);
    expect(takes({ Workflow: { Status: 'NEW' }, UserDefinedFields: { triageSet: '{"v":1}' } })).toBe(false);
  });

  it('links to nothing that is not there', () => {
    const headings = [...README.matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
      text
        ?.toLowerCase()
        .replace(/[^\w -]/g, '')
        .replace(/ /g, '-'),
    );
    for (const [, target = ''] of README.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('#')) expect.soft(headings).toContain(target.slice(1));
      else expect.soft(existsSync(`${ROOT}/${target}`), target).toBe(true);
    }
  });

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as {
      scripts: Record<string, string>;
    };

    for (const [, name = ''] of README.matchAll(/npm run ([\w:-]+)/g))
      expect.soft(Object.keys(scripts)).toContain(name);
  });

  it('is written in short sentences, without words that promise', () => {
    const prose = README.replace(/```[\s\S]*?```/g, '')
      .replace(/^\|.*$/gm, '')
      .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
    const sentences = prose.split(/[.!?:;](?=\s)|\n\s*\n|\n(?=[-\d#])/);

    for (const sentence of sentences)
      expect.soft(sentence.trim().split(/\s+/).length, sentence).toBeLessThanOrEqual(25);
    expect(prose).not.toMatch(/\b(simply|just|powerful)\b/i);
  });
});
