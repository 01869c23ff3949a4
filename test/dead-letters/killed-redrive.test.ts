import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeOwnRules } from '../cli/own-input.ts';
import { createSurroundings, spawnTriage } from '../cli/triage.ts';
import { serveTestHub } from '../local/security-hub/account.ts';
import { findings, idsIn, startLetterWorld } from './letter-world.ts';

const GONE = 2;
const COUNT = 14;
/** Receive twice, send, delete, send, delete, delete what was discarded: the calls that move letters. */
const STEPS = 8;

/** Stands before SQS; at the n-th call something happens, before it is passed on or once it was done. */
async function startTrap(target: string, at: number, when: 'before' | 'after', spring: () => void) {
  let calls = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    calls += 1;
    const isTheOne = calls === at;
    if (isTheOne && when === 'before') return spring();
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        ([name]) => !['host', 'connection', 'content-length'].includes(name),
      ),
    ) as Record<string, string>;
    const reply = await fetch(`${target}${request.url}`, {
      method: 'POST',
      headers,
      body: Buffer.concat(chunks),
    });
    const body = Buffer.from(await reply.arrayBuffer());
    if (isTheOne) return spring();
    response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => calls };
}

async function createScene(at: number, when: 'before' | 'after') {
  const world = await startLetterWorld();
  const { hub, endpoint } = await serveTestHub({ now: () => Date.now(), quotas: 'off' });
  const all = findings(COUNT);
  hub.seed(all.slice(GONE));
  for (const one of all) world.deadLetter(one);
  const surroundings = createSurroundings();
  onTestFinished(() => surroundings.remove());
  writeOwnRules(surroundings);
  let kill = () => {};
  const trap = await startTrap(world.endpoint, at, when, () => kill());
  const run = (sqs: string) =>
    new Promise<NodeJS.Signals | number | null>((resolve) => {
      const args = [
        '--rules',
        'own/rules',
        '--no-role',
        '--apply',
        '--discard',
        'gone.ndjson',
        '--rate',
        '500',
      ];
      // The SDK calls the host that a queue's URL names.
      const urlOf = (queue: string) => world.service.queueUrl(queue).replace(world.endpoint, sqs);
      const queues = ['--dead-letter-queue', urlOf('dead-letters')];
      const to = ['--ingest-queue', urlOf('ingest')];
      const child = spawnTriage(
        {
          ...surroundings,
          env: {
            ...surroundings.env,
            AWS_ACCESS_KEY_ID: 'AKIALOCAL',
            AWS_SECRET_ACCESS_KEY: 'local',
            AWS_REGION: 'us-west-1',
            AWS_ENDPOINT_URL_SQS: sqs,
            AWS_ENDPOINT_URL_SECURITYHUB: endpoint,
          },
        },
        ['dead-letters', 'redrive', ...args, ...queues, ...to],
      );
      kill = () => child.kill('SIGKILL');
      child.once('close', (code, signal) => resolve(signal ?? code));
    });
  const discarded = (): readonly string[] => {
    const path = join(surroundings.cwd, 'gone.ndjson');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line).body.detail.findings[0].Id);
  };
  return { world, trap, run, discarded, ids: all.map(({ Id }) => Id) };
}

describe('a redrive that is killed', () => {
  const points = Array.from({ length: STEPS }, (_, i) => i + 1);

  // One after the other: what is cleared away when a test is finished is not told apart among concurrent ones.
  it.each(points.flatMap((at) => [[at, 'before'] as const, [at, 'after'] as const]))(
    'at call %i of SQS, %s it is done, loses no letter, and the same command goes on',
    async (at, when) => {
      const { world, trap, run, discarded, ids } = await createScene(at, when);
      const standing = () =>
        new Set([...idsIn(world, 'dead-letters'), ...idsIn(world, 'ingest'), ...discarded()]);

      const killed = await run(trap.endpoint);
      const afterKill = [...standing()].sort();
      // What it had in hand is out of sight for five minutes.
      world.pass(301_000);
      let resumed = await run(world.endpoint);
      // On a machine at its limits a read may time out: letters stay then, which is exit code 1, and it is called again.
      for (let again = 0; again < 3 && resumed === 1; again += 1) resumed = await run(world.endpoint);

      expect({ killed, calls: trap.calls() }).toEqual({ killed: 'SIGKILL', calls: at });
      expect(afterKill).toEqual([...ids].sort());
      expect(resumed).toBe(0);
      expect(world.bodiesIn('dead-letters')).toEqual([]);
      expect([...new Set(idsIn(world, 'ingest'))]).toEqual(ids.slice(GONE).sort());
      expect([...new Set(discarded())].sort()).toEqual(ids.slice(0, GONE).sort());
    },
    180_000,
  );
});
