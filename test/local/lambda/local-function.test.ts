import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { LocalFunctionSpec } from '../../../lib/local/assembly/local-resources.ts';
import { createLocalFunction, type LocalFunction } from '../../../lib/local/lambda/local-function.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) {
    await end();
  }
});

function functionOf(source: string, changes: Partial<LocalFunctionSpec> = {}): LocalFunction {
  const assetDir = mkdtempSync(join(tmpdir(), 'function-'));
  endings.push(() => rmSync(assetDir, { recursive: true, force: true }));
  writeFileSync(join(assetDir, 'index.mjs'), source);
  const spec: LocalFunctionSpec = {
    logicalId: 'Triage',
    name: 'triage',
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:triage',
    assetDir,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    timeoutMs: 20_000,
    memoryMb: 256,
    environment: {
      NODE_OPTIONS: '--disallow-code-generation-from-strings --disable-proto=delete',
      MODE: 'observe',
    },
    roleArn: 'arn:aws:iam::111122223333:role/triage',
    logGroupName: '/aws/lambda/triage',
    ...changes,
  };
  const created = createLocalFunction(spec, {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
    endpoints: {
      securityHub: 'http://127.0.0.1:1',
      sqs: 'http://127.0.0.1:2',
      events: 'http://127.0.0.1:3',
    },
  });
  endings.push(created.close);
  return created;
}

async function answerOf(created: LocalFunction, event: unknown = {}): Promise<unknown> {
  const result = await created.invoke(JSON.stringify(event));
  return result.ok ? JSON.parse(result.payload) : result;
}

describe('createLocalFunction', () => {
  it('calls the handler with the event and a context that counts down to the deadline', async () => {
    const created = functionOf(`
      export const handler = async (event, context) => ({
        event, name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB,
        requestId: context.awsRequestId, remaining: context.getRemainingTimeInMillis(),
      });`);

    const answer = await answerOf(created, { hello: 'wörld 🎉' });

    expect(answer).toEqual({
      event: { hello: 'wörld 🎉' },
      name: 'triage',
      arn: 'arn:aws:lambda:eu-west-1:111122223333:function:triage',
      memory: '256',
      requestId: created.invocations()[0]?.requestId,
      remaining: expect.any(Number),
    });
    const { remaining } = answer as { remaining: number };
    expect(remaining).toBeGreaterThan(10_000);
    expect(remaining).toBeLessThanOrEqual(20_000);
  });

  it('gives the process the variables of a deployed function and nothing of its own shell', async () => {
    const created = functionOf('export const handler = async () => process.env;');

    const environment = await answerOf(created);

    expect(environment).toMatchObject({
      MODE: 'observe',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
      AWS_SESSION_TOKEN: 'token',
      AWS_LAMBDA_FUNCTION_NAME: 'triage',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ENDPOINT_URL_SECURITYHUB: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:2',
      AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://127.0.0.1:3',
    });
    const shell = Object.keys(process.env).filter(
      (name) => name.startsWith('npm_') || name.startsWith('VITEST'),
    );
    expect(shell.length).toBeGreaterThan(0);
    expect(Object.keys(environment as object)).not.toEqual(expect.arrayContaining([shell[0]]));
  });

  it('runs under the NODE_OPTIONS of the template', async () => {
    const created = functionOf(`
      export const handler = async () => { try { (0, eval)('1'); return 'ran'; } catch { return 'refused'; } };`);

    const answer = await answerOf(created);

    expect(answer).toBe('refused');
  });

  it('keeps a warm process for the next invocation and says how long the cold start took', async () => {
    const created = functionOf(
      'let calls = 0; export const handler = async () => { calls += 1; return calls; };',
    );

    const answers = [await answerOf(created), await answerOf(created)];

    expect(answers).toEqual([1, 2]);
    expect(created.invocations().map((invocation) => invocation.initDurationMs !== undefined)).toEqual([
      true,
      false,
    ]);
  });

  it('runs concurrent invocations in processes of their own, up to the reserved concurrency', async () => {
    const created = functionOf(
      `export const handler = async () => { await new Promise((r) => setTimeout(r, 300)); return process.pid; };`,
      { reservedConcurrency: 2 },
    );

    const answers = await Promise.all([answerOf(created), answerOf(created), answerOf(created)]);

    expect(new Set(answers.slice(0, 2)).size).toBe(2);
    expect(answers[2]).toMatchObject({ ok: false, errorType: 'TooManyRequestsException' });
  });

  it('hands back what the handler threw, and lives on', async () => {
    const created = functionOf(`
      let calls = 0;
      export const handler = async () => { calls += 1; if (calls === 1) throw new RangeError('too far'); return calls; };`);

    const answers = [await answerOf(created), await answerOf(created)];

    expect(answers).toEqual([{ ok: false, errorType: 'RangeError', errorMessage: 'too far' }, 2]);
  });

  it('kills the process at the deadline and starts another', async () => {
    const created = functionOf(
      `export const handler = async (event) => { while (event.hang); return process.pid; };`,
      { timeoutMs: 400 },
    );

    const before = await answerOf(created);
    const hung = await answerOf(created, { hang: true });
    const after = await answerOf(created);

    expect(hung).toMatchObject({ ok: false, errorType: 'Sandbox.Timedout' });
    expect(hung).toMatchObject({ errorMessage: expect.stringContaining('timed out after 0.40 seconds') });
    expect(after).toEqual(expect.any(Number));
    expect(after).not.toBe(before);
  });

  it.each([
    ['process.exit(7)', 'Runtime.ExitError', 'exit status 7'],
    [
      'setTimeout(() => { throw new TypeError("later"); }); await new Promise(() => {})',
      'TypeError',
      'later',
    ],
    [
      'Promise.reject(new Error("lost")); await new Promise(() => {})',
      'Runtime.UnhandledPromiseRejection',
      'lost',
    ],
  ])('reports a crash by %s', async (crash, errorType, message) => {
    const created = functionOf(`export const handler = async () => { ${crash}; };`);

    const answer = await answerOf(created);

    expect(answer).toMatchObject({ ok: false, errorType, errorMessage: expect.stringContaining(message) });
  });

  it('can be killed in the middle of an invocation', async () => {
    const created = functionOf(`export const handler = async (event) => {
      if (event.hang) { console.log('working'); await new Promise(() => setInterval(() => {}, 1000)); }
      return 'alive';
    };`);
    const answer = answerOf(created, { hang: true });
    await expect.poll(() => created.logs().length, { timeout: 10_000 }).toBe(1);

    const killed = created.kill();

    expect(killed).toBe(1);
    expect(await answer).toMatchObject({
      ok: false,
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('killed'),
    });
    expect(await answerOf(created)).toBe('alive');
  });

  it.each([
    ['throw new Error("no configuration"); export const handler = 1;', 'Error', 'no configuration'],
    ['export const other = () => {};', 'Runtime.HandlerNotFound', 'index.handler'],
    ['import "./absent.mjs"; export const handler = async () => {};', 'Runtime.ImportModuleError', 'absent'],
    ['export const handler = (e, c, callback) => callback();', 'Runtime.CallbackHandlerDeprecated', 'async'],
    ['export const = 1;', 'Runtime.UserCodeSyntaxError', 'SyntaxError'],
  ])('reports a function that cannot start: %s', async (source, errorType, message) => {
    const created = functionOf(source);

    const answer = await answerOf(created);

    expect(answer).toMatchObject({ ok: false, errorType, errorMessage: expect.stringContaining(message) });
  });

  it('collects what the function wrote, line by line', async () => {
    const created = functionOf(
      `export const handler = async () => { console.log('one\\ntwo'); console.error('three'); };`,
    );

    await answerOf(created);

    const texts = created.logs().map(({ stream, text }) => `${stream}: ${text}`);
    expect(texts.sort()).toEqual(['stderr: three', 'stdout: one', 'stdout: two']);
  });

  it('refuses payloads over 6 MB in both directions', async () => {
    const created = functionOf('export const handler = async (event) => "x".repeat(event.size);');

    const tooLargeBack = await answerOf(created, { size: 6 * 1024 * 1024 + 200 });
    const tooLargeIn = await answerOf(created, { size: 0, ballast: 'x'.repeat(6 * 1024 * 1024) });
    const fits = await answerOf(created, { size: 6 * 1024 * 1024 - 2 });

    expect(tooLargeBack).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
    expect(tooLargeIn).toMatchObject({ errorType: 'RequestTooLargeException' });
    expect(fits).toHaveLength(6 * 1024 * 1024 - 2);
  });

  it('leaves no process behind', async () => {
    const created = functionOf('export const handler = async () => process.pid;');
    const pid = Number(await answerOf(created));

    await created.close();

    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});
