import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARN, HOSTILE_ID, writeOwnFindings, writeOwnRules } from './own-input.ts';
import { createSurroundings, type Finished, RULES, spawnTriage, triage } from './triage.ts';

const surroundings = createSurroundings();
const { env, readLines } = surroundings;
/** Not there: whoever writes into it makes it. */
const home = join(surroundings.cwd, 'home');
let own: Finished;
let samples: Finished;
let observed: Finished;

beforeAll(async () => {
  writeOwnRules(surroundings);
  const ours = ['--findings', ...writeOwnFindings(surroundings), '--rules', 'own/rules'];
  [own, observed] = await Promise.all([
    triage(surroundings, 'start', ...ours, '--out', 'out/own'),
    triage(surroundings, 'start', ...ours, '--out', 'out/observed', '--mode', 'observe'),
  ]);
  samples = await triage({ ...surroundings, env: { ...env, HOME: home } }, 'start', '--rules', RULES);
});

afterAll(() => surroundings.remove());

const sent = {
  Note: { Text: 'Told the team.', UpdatedBy: 'securityhub-triage' },
  UserDefinedFields: {
    triageRules: '|notify-scanner|',
    triageSet: expect.stringMatching(/^\{"v":1,"Workflow":"NOTIFIED","Note":"[0-9a-f]{8}"\}$/),
  },
  Workflow: { Status: 'NOTIFIED' },
};
const notify = { rules: ['notify-scanner'], held: [] };
const tooLarge = { code: 'FindingSizeExceeded', message: 'Finding size exceeded 240 KB' };
const invalid = { code: 'InvalidFinding', message: expect.stringMatching(/\S/) };
const nothing = { rules: [], held: [], update: null };

describe('triage start with the samples', () => {
  it('tells how many findings had which outcome, and what each outcome means', () => {
    const counts = [...samples.stdout.matchAll(/^ {2}(\w+) +(\d+) {3}\S/gm)];

    expect(samples.code).toBe(0);
    const [, total] = /^Outcomes of (\d+) findings \(mode enforce\)$/m.exec(samples.stdout) ?? [];
    expect(counts.map(([, outcome]) => outcome)).toEqual(expect.arrayContaining(['updated', 'held']));
    expect(counts.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(Number(total));
  });

  it('has a row for each rule that decided', () => {
    expect(samples.stdout).toMatch(/^ {2}rule +updated +unchanged +held +observed +deadLettered$/m);
    expect(samples.stdout).toMatch(/^ {2}suppress-ci-runner-recon +\d/m);
  });

  it('compares its calls with those of a tool that updates one by one', () => {
    const [, calls, updates, single] =
      /^ {2}(\d+) BatchUpdateFindings calls for (\d+) updates, .* one by one: (\d+) calls\.$/m.exec(
        samples.stdout,
      ) ?? [];

    expect(Number(calls)).toBeLessThan(Number(updates));
    expect(single).toBe(updates);
  });

  it('shows the one dead letter it provoked, with its cause and queue', () => {
    const [, letters] = samples.stdout.split('Dead letters\n');

    expect(letters).toMatch(
      /^ {2}arn:aws:inspector2:\S+\n {4}FindingSizeExceeded: Finding size exceeded 240 KB\n {4}in \S*DeadLetterQueue\S*\n {2}\(This run made/,
    );
  });

  it('says how to look further', () => {
    expect(samples.stdout).toContain('npm start -- --findings <file>…');
    expect(samples.stdout).toContain('npm run local');
  });

  it('keeps progress out of the results', () => {
    expect(samples.stderr).toMatch(/^Synthesizing .*\nBringing in \d+ events; .*\n$/);
    expect(samples.stdout).not.toMatch(/Synthesizing|Bringing/);
  });

  it('fits a terminal of a hundred columns, but for identifiers', () => {
    const wide = samples.stdout.split('\n').filter((line) => line.length > 100 && !line.includes('arn:'));

    expect(wide).toEqual([]);
  });
});

describe('triage start with findings and rules of the caller', () => {
  it('leaves one outcome a finding, in input order', () => {
    const outcomes = readLines('out/own/outcomes.ndjson');

    expect(own.code).toBe(0);
    const of = (Id: string, members: object) => ({ Id, ProductArn: ARN, ...members });
    expect(outcomes).toEqual([
      of('finding/1', { outcome: 'updated', ...notify, update: sent }),
      of('finding/2', { outcome: 'observed', ...nothing, rules: ['rate-probe'] }),
      of('finding/3', { outcome: 'held', ...nothing, rules: ['notify-scanner'], held: ['Workflow'] }),
      // No rule can touch it: let through or not, nothing becomes of it.
      of('finding/4', { outcome: expect.stringMatching(/^(unchanged|filtered)$/), ...nothing }),
      of(HOSTILE_ID, { outcome: 'deadLettered', ...notify, update: sent, cause: tooLarge }),
      of('', { outcome: 'deadLettered', ...nothing, cause: invalid }),
      of('', { outcome: 'deadLettered', ...nothing, cause: invalid }),
      of('finding/5', { outcome: 'updated', ...notify, update: sent }),
      of('finding/6', { outcome: 'updated', ...notify, update: sent }),
      // An OCSF finding has neither identifier; its event reaches no queue.
      { Id: '', ProductArn: '', outcome: 'filtered', ...nothing },
    ]);
    expect(Object.keys(outcomes[4] ?? {})).toEqual(
      'Id ProductArn outcome rules update held cause'.split(' '),
    );
  });

  it('leaves every call with its request and reply', () => {
    const calls = readLines('out/own/calls.ndjson');

    const identifiers = ['finding/1', HOSTILE_ID, 'finding/5', 'finding/6'].map((Id) => ({
      Id,
      ProductArn: ARN,
    }));
    const [ProcessedFindings, [failed]] = [identifiers.toSpliced(1, 1), identifiers.slice(1, 2)];
    const unprocessed = {
      FindingIdentifier: failed,
      ErrorCode: tooLarge.code,
      ErrorMessage: tooLarge.message,
    };
    expect(calls).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        request: { FindingIdentifiers: identifiers, ...sent },
        status: 200,
        reply: { ProcessedFindings, UnprocessedFindings: [unprocessed] },
      },
    ]);
  });

  it('leaves the dead letters as they are in their queue', () => {
    const letters = readLines('out/own/dead-letters.ndjson');

    const letter = (Id: unknown, triage: object, code: string) => ({
      queue: expect.stringContaining('DeadLetterQueue'),
      body: expect.objectContaining({
        'detail-type': 'Security Hub Findings - Imported',
        detail: { findings: [expect.objectContaining({ ProductArn: ARN, ...(Id !== undefined && { Id }) })] },
        triage: expect.objectContaining({ version: 1, ...triage }),
      }),
      attributes: expect.objectContaining({ causeCode: { DataType: 'String', StringValue: code } }),
    });
    const unidentified = { cause: invalid, update: null };
    expect(letters).toHaveLength(3);
    expect(letters).toEqual(
      expect.arrayContaining([
        letter(HOSTILE_ID, { cause: tooLarge, update: sent, rules: ['notify-scanner'] }, tooLarge.code),
        letter(undefined, unidentified, invalid.code),
        letter(7, unidentified, invalid.code),
      ]),
    );
  });

  it('leaves the findings as Security Hub has them at the end', () => {
    const findings = readLines('out/own/findings.ndjson');

    const states = Object.fromEntries(findings.map(({ Id, Workflow }) => [String(Id), Workflow]));
    expect(states).toEqual({
      'finding/1': { Status: 'NOTIFIED' },
      'finding/2': { Status: 'NEW' },
      'finding/3': { Status: 'SUPPRESSED' },
      'finding/4': { Status: 'NEW' },
      [HOSTILE_ID]: { Status: 'NEW' },
      'finding/5': { Status: 'NOTIFIED' },
      'finding/6': { Status: 'NOTIFIED' },
    });
  });

  it('prints what findings say as text that does nothing to a terminal', () => {
    const printed = own.stdout + own.stderr + samples.stdout + observed.stdout;

    expect(own.stdout).toContain(
      '  finding/\\u001b[2J\\u202egnp\\u009b31m\\u001b]0;owned\\u0007\n    FindingSizeExceeded',
    );
    expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('writes nothing when it observes, and says what it would do', () => {
    const outcomes = readLines('out/observed/outcomes.ndjson');

    expect(observed.code).toBe(0);
    expect(observed.stdout).toContain('0 BatchUpdateFindings calls');
    expect(readLines('out/observed/calls.ndjson')).toEqual([]);
    expect(outcomes.filter(({ update }) => update !== null)).toEqual([]);
    const byId = new Map(outcomes.map(({ Id, outcome }) => [Id, outcome]));
    expect(['finding/1', 'finding/2', HOSTILE_ID, 'finding/6'].map((Id) => byId.get(Id))).toEqual(
      Array(4).fill('observed'),
    );
  });

  it('leaves no temporary folder and nothing in the home folder behind', () => {
    expect(surroundings.leftBehind()).toEqual([]);
    expect(existsSync(home)).toBe(false);
  });

  it.each(['Synthesizing', 'Bringing in'])(
    'ends with Ctrl-C at "%s": exit code 130, nothing left behind',
    async (line) => {
      const child = spawnTriage(surroundings, ['start', '--rules', RULES]);
      const ended = new Promise((resolve) => child.once('close', resolve));
      const { pid = 0 } = child;

      child.stderr?.on('data', (chunk) => {
        if (String(chunk).includes(line)) process.kill(-pid, 'SIGINT');
      });

      expect(await ended).toBe(130);
      expect(surroundings.leftBehind()).toEqual([]);
    },
  );
});
