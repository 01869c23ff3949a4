import { afterEach, describe, expect, it } from 'vitest';
import { type RuntimeApi, serveRuntimeApi } from '../../../lib/local/lambda/runtime-api.ts';

const INVOCATION = {
  requestId: 'request-1',
  deadlineMs: 1_800_000_000_000,
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:triage',
  traceId: 'Root=1-0-0',
  payload: '{"Records":[]}',
};

let api: RuntimeApi | undefined;
afterEach(async () => {
  await api?.close();
});

async function serve(): Promise<{
  api: RuntimeApi;
  call: (path: string, body?: string) => Promise<Response>;
}> {
  const served = await serveRuntimeApi();
  api = served;
  const root = `http://${served.address}/2018-06-01/runtime`;
  return {
    api: served,
    call: (path, body) => fetch(root + path, body === undefined ? {} : { method: 'POST', body }),
  };
}

describe('serveRuntimeApi', () => {
  it('answers a poll with the event and the headers a runtime reads', async () => {
    const { api, call } = await serve();
    const polling = call('/invocation/next');
    await api.initialized;

    const result = api.deliver(INVOCATION);
    const polled = await polling;

    expect(await polled.text()).toBe(INVOCATION.payload);
    expect(Object.fromEntries(polled.headers)).toMatchObject({
      'lambda-runtime-aws-request-id': 'request-1',
      'lambda-runtime-deadline-ms': '1800000000000',
      'lambda-runtime-invoked-function-arn': INVOCATION.functionArn,
      'lambda-runtime-trace-id': 'Root=1-0-0',
    });
    expect((await call('/invocation/request-1/response', '{"ok":1}')).status).toBe(202);
    expect(await result).toEqual({ ok: true, payload: '{"ok":1}' });
  });

  it('passes on the error a runtime reports', async () => {
    const { api, call } = await serve();
    void call('/invocation/next').catch(() => {});
    await api.initialized;
    const result = api.deliver(INVOCATION);

    await call(
      '/invocation/request-1/error',
      '{"errorType":"TypeError","errorMessage":"no","stackTrace":[]}',
    );

    expect(await result).toEqual({ ok: false, errorType: 'TypeError', errorMessage: 'no' });
  });

  it('passes on an initialization error', async () => {
    const { api, call } = await serve();

    await call('/init/error', '{"errorType":"Runtime.HandlerNotFound","errorMessage":"index.handler"}');

    expect(await api.initialized).toEqual({
      ok: false,
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler',
    });
  });

  it('refuses an answer to a request that is not waiting, and a path it does not have', async () => {
    const { call } = await serve();

    const statuses = [
      (await call('/invocation/other/response', '{}')).status,
      (await call('/invocation/other/response/streaming', '{}')).status,
    ];

    expect(statuses).toEqual([400, 404]);
  });
});
