import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finding, HOSTILE_ID } from '../cli/own-input.ts';
import { createSurroundings, type Surroundings, triage } from '../cli/triage.ts';
import { findingsIn } from './fire-batch.ts';
import { hostileBodies } from './hostile-bodies.ts';
import { HOSTILE_RULES } from './hostile-rules.ts';

/** Whatever moves a cursor, hides or reorders text, but line feeds; and colours of our own are off without a terminal. */
const ACTING = /[^\P{Cc}\n]|\p{Cf}|[\u2028\u2029]|\p{Cs}/u;

let surroundings: Surroundings;
beforeAll(() => {
  surroundings = createSurroundings();
  for (const [n, rule] of HOSTILE_RULES.entries()) {
    const whole = { owner: '@acme/secops', mode: 'enforce', priority: 100 + n, ...rule };
    surroundings.write(`rules/hostile/${rule.name}.json`, JSON.stringify(whole));
  }
  const findings = hostileBodies('cli').flatMap(({ body }) => findingsIn(body));
  surroundings.write('findings.ndjson', findings.map((finding) => JSON.stringify(finding)).join('\n'));
  surroundings.write('one.json', JSON.stringify(findings.find(({ Id }) => Id.includes('terminal'))));
});
afterAll(() => surroundings.remove());

describe('the commands, on hostile findings', () => {
  it.each([
    ['simulate', 'findings.ndjson', '--rules', 'rules'],
    ['simulate', 'findings.ndjson', '--rules', 'rules', '--format', 'markdown'],
    ['simulate', 'findings.ndjson', '--rules', 'rules', '--format', 'json'],
    ['explain', 'one.json', '--rules', 'rules'],
  ])('%s: end well, and print nothing that acts on a terminal (%s %s %s %s %s)', async (...args) => {
    const { code, stdout, stderr } = await triage(surroundings, ...args.filter((arg) => arg !== undefined));

    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).not.toBe('');
    expect(stdout).not.toMatch(ACTING);
    expect(stderr).not.toMatch(ACTING);
  });

  it('simulate --decisions: every line says what the finding says, and acts on nothing', async () => {
    surroundings.write('terminal.ndjson', JSON.stringify(finding(HOSTILE_ID)));

    const { code } = await triage(
      surroundings,
      ...['simulate', 'findings.ndjson', 'terminal.ndjson', '--rules', 'rules'],
      ...['--decisions', 'decisions.ndjson'],
    );

    const text = readFileSync(join(surroundings.cwd, 'decisions.ndjson'), 'utf8');
    const told = surroundings.readLines('decisions.ndjson').map(({ Id }) => Id);
    expect(code).toBe(0);
    expect(text).not.toMatch(ACTING);
    expect(told).toContain(HOSTILE_ID);
  });

  it('lint: a hostile rule is shown, refused and escaped', async () => {
    const name = '\u001b[2J\u202e__proto__';
    const rule = { ...HOSTILE_RULES[0], name, owner: '\u001b]8;;https://evil.example\u0007x' };
    surroundings.write('evil/a/evil.json', JSON.stringify(rule));
    surroundings.write(
      'evil/a/proto.json',
      '{"__proto__":{"mode":"enforce"},"name":"proto","constructor":1}',
    );
    surroundings.write('evil/a/deep.json', `{"conditions":${'{"all":['.repeat(20_000)}`);

    const { code, stdout, stderr } = await triage(surroundings, 'lint', '--rules', 'evil');

    expect(code).toBe(1);
    expect(stdout).not.toMatch(ACTING);
    expect(stderr).not.toMatch(ACTING);
    for (const file of ['evil.json', 'proto.json', 'deep.json']) expect(stdout).toContain(file);
  });
});
