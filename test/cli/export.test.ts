import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { SecurityHubOptions } from '../../lib/local/security-hub/contract.ts';
import { finding, serveTestHub, type TestHub } from '../local/security-hub/account.ts';
import { createSurroundings, type Finished, type Surroundings, spawnTriage, triage } from './triage.ts';

const INTERRUPTED = 130;
const DAY_MS = 86_400_000;
const OTHERWISE =
  'Rules that name accounts, resources, tags or people decide these otherwise; triage simulate says so.\n';

interface World extends TestHub {
  readonly surroundings: Surroundings;
  readonly exported: (...args: readonly string[]) => Promise<Finished>;
  /** What a file holds, decompressed where it is compressed. */
  readonly read: (path: string) => readonly Finding[];
}

/** A hub with real time behind HTTP, and a shell whose AWS settings lead there. */
async function createWorld(
  findings: readonly Finding[],
  options: Partial<SecurityHubOptions> = {},
): Promise<World> {
  const plain = createSurroundings();
  const { endpoint, ...world } = await serveTestHub({ now: () => Date.now(), ...options });
  world.hub.seed(findings);
  const surroundings: Surroundings = {
    ...plain,
    env: {
      ...plain.env,
      AWS_ACCESS_KEY_ID: 'AKIALOCAL',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: 'us-west-1',
      AWS_ENDPOINT_URL_SECURITYHUB: endpoint,
    },
  };
  onTestFinished(() => plain.remove());
  return {
    ...world,
    surroundings,
    exported: (...args) => triage(surroundings, 'export', ...args),
    read(path) {
      const bytes = readFileSync(join(surroundings.cwd, path));
      const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
  };
}

const AT = '2026-01-01T00:00:00Z';
const startMs = Date.parse('2026-01-01T00:00:00Z');
const numbered = (count: number): Finding[] =>
  Array.from({ length: count }, (_, n) =>
    finding(`finding-${n}`, { UpdatedAt: new Date(startMs + n * 60_000).toISOString() }),
  );
const ids = (findings: readonly Finding[]): string[] => findings.map(({ Id }) => Id).sort();
const leftBehind = ({ surroundings }: World, path: string): boolean =>
  existsSync(join(surroundings.cwd, `${path}.checkpoint`));

describe('triage export', () => {
  it('downloads every finding once, as it stands, within the quota, and says that it is not redacted', async () => {
    const world = await createWorld(numbered(850));

    const { code, stdout, stderr } = await world.exported('--out', 'all.ndjson', '--no-redact');

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^Not redacted: .*\n850 findings in all\.ndjson\.\n$/);
    expect(world.read('all.ndjson')).toEqual(world.hub.findings());
    expect(world.hub.calls().map(({ operation, status }) => [operation, status])).toEqual(
      Array(9).fill(['GetFindings', 200]),
    );
    expect(statSync(join(world.surroundings.cwd, 'all.ndjson')).mode & 0o077).toBe(0);
    expect(leftBehind(world, 'all.ndjson')).toBe(false);
  });

  it('redacts unless told otherwise, and compresses where the name says so', async () => {
    const world = await createWorld(numbered(3));

    const { code, stderr } = await world.exported('--out', 'some.ndjson.gz');

    const findings = world.read('some.ndjson.gz');
    expect(code).toBe(0);
    expect(stderr).toBe(`3 findings in some.ndjson.gz, redacted.\n${OTHERWISE}`);
    expect(JSON.stringify(findings)).not.toMatch(/123456789012|finding-|bucket/);
    expect(findings.map(({ AwsAccountId, Severity }) => [AwsAccountId, Severity])).toEqual(
      Array(3).fill([expect.stringMatching(/^\d{12}$/), { Label: 'HIGH', Normalized: 70, Original: '8.1' }]),
    );
  });

  it('makes the same of the same in exports with one key, and else not', async () => {
    const world = await createWorld(numbered(3));
    world.surroundings.write('key', 'a secret that nobody guesses');
    world.surroundings.write('short', 'secret');

    const [first, second, third] = [
      await world.exported('--redaction-key', 'key'),
      await world.exported('--redaction-key', 'key'),
      await world.exported(),
    ].map(({ stdout }) => stdout);
    const short = await world.exported('--redaction-key', 'short');

    expect(first).toBe(second);
    expect(first).not.toBe(third);
    expect(first?.split('\n')).toHaveLength(4);
    expect(short).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('too short') });
  });

  it.each(['--no-redact', '--redact'])('prints nothing that acts on a terminal: %s', async (redact) => {
    const hostile = finding('a\u001b[2J\u009b31m', {
      Title: '\u202egnp\u{e0041}\u2028 \ud800',
      UpdatedAt: AT,
    });
    const world = await createWorld([hostile]);

    const { code, stdout } = await world.exported(...(redact === '--no-redact' ? [redact] : []));

    expect(code).toBe(0);
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|[\u2028\u2029]|\p{Cs}/u);
    const { Id, Title } = JSON.parse(stdout);
    const [stored] = world.hub.findings();
    if (redact === '--no-redact') expect({ Id, Title }).toEqual({ Id: stored?.Id, Title: stored?.Title });
    expect(Title).toContain('\u202egnp');
  });

  it('asks for what the filters say', async () => {
    const world = await createWorld(numbered(2));
    const filters = { Id: [{ Value: 'finding-1', Comparison: 'EQUALS' }] };
    world.surroundings.write('filters.json', JSON.stringify(filters));

    await world.exported(
      ...['--severity', 'critical, High', '--product', 'GuardDuty', '--product', 'Security Hub'],
      ...['--account', '123456789012', '--region', 'us-west-1', '--updated-since', '2026-01-01'],
      ...['--workflow', 'new', '--record-state', 'ACTIVE'],
    );
    const own = await world.exported('--filters', 'filters.json', '--no-redact');
    const days = await world.exported('--updated-since', '1');

    const [first, second, third] = world.hub.calls().map(({ request }) => request as { Filters: object });
    const equals = (...values: string[]) => values.map((Value) => ({ Value, Comparison: 'EQUALS' }));
    expect(first?.Filters).toEqual({
      SeverityLabel: equals('CRITICAL', 'HIGH'),
      ProductName: equals('GuardDuty', 'Security Hub'),
      AwsAccountId: equals('123456789012'),
      Region: equals('us-west-1'),
      WorkflowStatus: equals('NEW'),
      RecordState: equals('ACTIVE'),
      UpdatedAt: [{ Start: '2026-01-01T00:00:00.000Z', End: expect.any(String) }],
    });
    expect(second?.Filters).toEqual(filters);
    expect(JSON.parse(own.stdout).Id).toBe('finding-1');
    const dates = [...JSON.stringify(third?.Filters).matchAll(/"(2[^"]+Z)"/g)].map(([, at]) =>
      Date.parse(at ?? ''),
    );
    expect((dates[1] ?? 0) - (dates[0] ?? 0)).toBe(366 * DAY_MS);
    expect(days).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No finding passes these filters.'),
    });
  });

  it.each([
    [['--severity', 'SEVERE'], /'SEVERE' is invalid\. Allowed are INFORMATIONAL, LOW/],
    [['--updated-since', 'yesterday'], /Write a day \(2026-11-01\)/],
    [['--filters', 'nowhere.json'], /--filters nowhere\.json: there is no such file\./],
    [['--filters', 'nowhere.json', '--severity', 'LOW'], /cannot be used with option/],
    [['--out', 'no/such/folder'], /no.such.folder cannot be written: /],
    [['--redaction-key', 'nowhere'], /cannot be read\. Make one with: openssl rand -hex 32 > nowhere/],
  ])('refuses %j, and calls nobody', async (args, message) => {
    const world = await createWorld([]);

    const { code, stdout, stderr } = await world.exported(...args);

    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(world.hub.calls()).toEqual([]);
  });

  it('says what is missing where there is no account to read', async () => {
    const { surroundings } = await createWorld([]);
    const { AWS_REGION, ...env } = surroundings.env;

    const { code, stderr } = await triage({ ...surroundings, env }, 'export');

    expect(AWS_REGION).toBeDefined();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^There is no account to read: Region/),
    });
  });

  it('tells that it is read-only, and what it reads', async () => {
    const { exported } = await createWorld([]);

    const { stdout } = await exported('--help');

    expect(stdout).toContain('read-only and needs securityhub:GetFindings alone');
  });
});

describe('an export that meets trouble', () => {
  it('waits where it is throttled, and goes on', async () => {
    const world = await createWorld(numbered(250));
    world.hub.faults.failCalls('TooManyRequestsException', 429, { operation: 'GetFindings', times: 2 });

    const { code } = await world.exported('--out', 'all.ndjson', '--no-redact');

    expect(code).toBe(0);
    expect(ids(world.read('all.ndjson'))).toEqual(ids(world.hub.findings()));
    expect(world.hub.calls().map(({ status }) => status)).toEqual([429, 429, 200, 200, 200]);
  });

  it('goes on after Ctrl-C with the same command, to the same findings as without', async () => {
    const world = await createWorld(numbered(650), { quotas: 'off' });
    world.surroundings.write('key', 'a secret that nobody guesses');
    const args = ['export', '--redaction-key', 'key', '--out'];
    await triage(world.surroundings, ...args, 'whole.ndjson');
    world.hub.faults.delayCalls(300, { operation: 'GetFindings', times: 4 });

    const child = spawnTriage(world.surroundings, [...args, 'broken.ndjson']);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const path = join(world.surroundings.cwd, 'broken.ndjson');
    while (!existsSync(path) || statSync(path).size === 0) await sleep(10);
    child.kill('SIGINT');
    const code = await ended;
    const before = world.read('broken.ndjson').length;
    const other = await world.exported('--out', 'broken.ndjson');
    const continued = await triage(world.surroundings, ...args, 'broken.ndjson');

    expect(code).toBe(INTERRUPTED);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(650);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('an export with other options') });
    expect(continued.stderr).toBe(
      `Going on after ${before} findings.\n650 findings in broken.ndjson, redacted.\n${OTHERWISE}`,
    );
    expect(world.read('broken.ndjson')).toEqual(world.read('whole.ndjson'));
    expect(leftBehind(world, 'broken.ndjson')).toBe(false);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('goes to a file alone: a second export is refused while it runs, and told how to go on after a kill', async () => {
    const world = await createWorld(numbered(350), { quotas: 'off' });
    world.hub.faults.delayCalls(3_000, { operation: 'GetFindings', times: 1 });
    const args = ['export', '--no-redact', '--out', 'one.ndjson'];
    const lock = join(world.surroundings.cwd, 'one.ndjson.lock');

    const first = spawnTriage(world.surroundings, args);
    const ended = new Promise<number | null>((resolve) => first.once('close', resolve));
    while (!existsSync(lock)) await sleep(10);
    first.kill('SIGSTOP');
    const second = await triage(world.surroundings, ...args);
    first.kill('SIGCONT');
    const code = await ended;

    expect(second).toMatchObject({ code: 2, stdout: '' });
    expect(second.stderr).toMatch(
      /^one\.ndjson is being written by another export, process \d+\. If none runs any more, remove one\.ndjson\.lock and repeat\.\n$/,
    );
    expect(code).toBe(0);
    expect(ids(world.read('one.ndjson'))).toEqual(ids(world.hub.findings()));
    expect(existsSync(lock)).toBe(false);
  });

  it('leaves nothing in the way of another export where nothing was found or allowed', async () => {
    const world = await createWorld(numbered(1));
    world.hub.faults.failCalls('AccessDeniedException', 403, { operation: 'GetFindings' });

    const denied = await world.exported('--out', 'all.ndjson');
    const empty = await world.exported('--out', 'all.ndjson', '--severity', 'LOW');
    const found = await world.exported('--out', 'all.ndjson', '--severity', 'HIGH');

    expect(denied.stderr).toMatch(/AccessDeniedException.* Reading needs securityhub:GetFindings/);
    expect([denied.code, empty.code, found.code]).toEqual([1, 2, 0]);
    expect(world.read('all.ndjson')).toHaveLength(1);
  });

  it('overwrites no file', async () => {
    const world = await createWorld(numbered(1));
    world.surroundings.write('there.ndjson', 'mine\n');

    const { code, stderr } = await world.exported('--out', 'there.ndjson');

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'there.ndjson is there already. Name another file, or remove it.\n',
    });
    expect(readFileSync(join(world.surroundings.cwd, 'there.ndjson'), 'utf8')).toBe('mine\n');
  });
});
