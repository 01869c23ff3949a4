import {
  BatchImportFindingsCommand,
  type BatchImportFindingsCommandInput,
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { evaluatePolicies, type Statement } from '../../../lib/local/iam/evaluate.ts';
import type { ServeOptions } from '../../../lib/local/security-hub/serve.ts';
import { finding, productArn, serveTestHub } from './account.ts';

const FindingIdentifiers = [{ Id: 'a', ProductArn: productArn }];
const hubArn = 'arn:aws:securityhub:us-west-1:123456789012:hub/default';
const role = 'arn:aws:iam::123456789012:role/triage';
const scope = 'AKIALOCAL/20260301/us-west-1/securityhub/aws4_request';
const signed = (credential: string): string =>
  `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${'a'.repeat(64)}`;

describe('the front end', () => {
  it.each([
    ['no signature', undefined, 403, 'MissingAuthenticationTokenException'],
    ['half a signature', `AWS4-HMAC-SHA256 Credential=${scope}`, 400, 'IncompleteSignatureException'],
    ['another scheme', 'Bearer x', 400, 'IncompleteSignatureException'],
    ['another service', signed(scope.replace('securityhub', 'sqs')), 403, 'InvalidSignatureException'],
    ['another Region', signed(scope.replace('us-west-1', 'eu-west-1')), 403, 'InvalidSignatureException'],
  ])('refuses %s before the service sees the call', async (_, authorization, status, errorType) => {
    const { hub, endpoint } = await serveTestHub();

    const response = await fetch(`${endpoint}/findings`, {
      method: 'POST',
      body: '{}',
      headers: authorization === undefined ? {} : { authorization },
    });

    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-errortype')).toBe(errorType);
    expect(await response.json()).toHaveProperty('Message');
    expect(hub.calls()).toEqual([]);
  });

  it.each([
    ['an unknown route', 'POST', '/findings/batchupdate', '{}', 404, 'UnknownOperationException'],
    ['a body that is not JSON', 'PATCH', '/findings/batchupdate', '{', 400, 'SerializationException'],
    [
      'more than 6 MB',
      'POST',
      '/findings/import',
      ' '.repeat(6 * 1024 * 1024 + 1),
      413,
      'RequestEntityTooLargeException',
    ],
  ])('refuses %s', async (_, method, path, body, status, errorType) => {
    const { endpoint } = await serveTestHub();

    const response = await fetch(endpoint + path, {
      method,
      body,
      headers: { authorization: signed(scope) },
    });

    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-errortype')).toBe(errorType);
  });

  it('answers a bug of its own as an internal error, not with silence', async () => {
    const emit = (): void => {
      throw new Error('The bus is broken.');
    };
    const { hub, client } = await serveTestHub({ emit });
    hub.seed([finding('a')]);

    const call = client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, Confidence: 1 }));

    await expect(call).rejects.toMatchObject({
      name: 'InternalException',
      message: expect.stringContaining('The bus is broken.'),
    });
  });

  it('goes on serving after a caller hung up in mid-request', async () => {
    const { endpoint, client } = await serveTestHub();
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"Finding'));
        controller.error(new Error('The caller is gone.'));
      },
    });
    const aborted = fetch(`${endpoint}/findings`, { method: 'POST', body, duplex: 'half' });

    await expect(aborted).rejects.toThrow();
    const reply = await client.send(new GetFindingsCommand({}));

    expect(reply.Findings).toEqual([]);
  });

  it('refuses an access key that is nobody’s', async () => {
    const { client } = await serveTestHub({}, { principalOf: () => undefined });

    const call = client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, Confidence: 1 }));

    await expect(call).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });
});

describe('access to Security Hub', () => {
  const hubActions: Statement = {
    Effect: 'Allow',
    Action: ['securityhub:BatchUpdateFindings', 'securityhub:GetFindings'],
    Resource: hubArn,
  };
  const noSuppressing: Statement = {
    Effect: 'Deny',
    Action: 'securityhub:BatchUpdateFindings',
    Resource: '*',
    Condition: { StringEquals: { 'securityhub:ASFFSyntaxPath/Workflow.Status': 'SUPPRESSED' } },
  };
  const noNotes: Statement = {
    Effect: 'Deny',
    Action: 'securityhub:BatchUpdateFindings',
    Resource: '*',
    Condition: { Null: { 'securityhub:ASFFSyntaxPath/Note.Text': 'false' } },
  };

  /** Judges calls by the statements of the role behind the access key. */
  function guardedBy(statements: readonly Statement[]): ServeOptions {
    return {
      principalOf: (accessKeyId) => (accessKeyId === 'AKIALOCAL' ? role : undefined),
      authorize: ({ action, resourceArn, principalArn, conditionKeys }) =>
        evaluatePolicies(statements, {
          action,
          resourceArn,
          principal: { arn: principalArn },
          conditionKeys,
        }),
    };
  }

  it('is judged by the policies of the caller, down to fields and values', async () => {
    const { hub, client } = await serveTestHub({}, guardedBy([hubActions, noSuppressing, noNotes]));
    hub.seed([finding('a')]);
    const update = (members: object): Promise<unknown> =>
      client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, ...members })).then(
        ({ ProcessedFindings }) => ProcessedFindings?.length,
        (error: Error) => error.name,
      );

    const results = [
      await update({ Workflow: { Status: 'NOTIFIED' } }),
      await update({ Workflow: { Status: 'SUPPRESSED' } }),
      await update({ Note: { Text: 'n', UpdatedBy: 'me' }, Confidence: 1 }),
    ];

    expect(results).toEqual([1, 'AccessDeniedException', 'AccessDeniedException']);
    expect(hub.calls().map(({ status }) => status)).toEqual([200, 403, 403]);
    expect(hub.findings()).toEqual([finding('a', { Workflow: { Status: 'NOTIFIED' } })]);
  });

  it('is denied where no statement allows it', async () => {
    const { client } = await serveTestHub({}, guardedBy([{ ...hubActions, Resource: `${hubArn}-other` }]));

    const call = client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, Confidence: 1 }));

    await expect(call).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
      message: `User: ${role} is not authorized to perform: securityhub:BatchUpdateFindings on resource: ${hubArn}`,
    });
  });

  it('is asked for each product and account that an import touches', async () => {
    const asked: unknown[] = [];
    const { client } = await serveTestHub(
      {},
      {
        authorize: ({ action, resourceArn, principalArn, conditionKeys }) => {
          asked.push([action, resourceArn, principalArn, conditionKeys]);
          return 'allowed';
        },
      },
    );
    const Findings = [finding('a'), finding('b'), finding('c', { AwsAccountId: '222222222222' })];

    // The SDK types each member, a raw finding none.
    const input = { Findings } as unknown as BatchImportFindingsCommandInput;
    await client.send(new BatchImportFindingsCommand(input));

    const action = 'securityhub:BatchImportFindings';
    expect(asked).toEqual([
      [action, productArn, 'AKIALOCAL', { 'securityhub:TargetAccount': '123456789012' }],
      [action, productArn, 'AKIALOCAL', { 'securityhub:TargetAccount': '222222222222' }],
    ]);
  });
});

describe('the rate quotas', () => {
  it('let a burst through, then throttle, then refill with time', async () => {
    const { hub, clock } = await serveTestHub();
    const statuses = (count: number): number[] =>
      Array.from({ length: count }, () => {
        const delivery = hub.call('BatchUpdateFindings', { FindingIdentifiers, Confidence: 1 });
        return delivery.kind === 'reply' && delivery.reply.kind === 'refused' ? delivery.reply.status : 200;
      });

    const burst = statuses(31);
    clock.nowMs += 200;
    const refilled = statuses(3);

    expect(burst).toEqual([...Array.from({ length: 30 }, () => 200), 429]);
    expect(refilled).toEqual([200, 200, 429]);
  });

  it('are counted by operation, and answered under the configured name', async () => {
    const { hub } = await serveTestHub({ throttledAs: 'LimitExceededException' });
    const query = (): unknown => hub.call('GetFindings', {});
    const first = Array.from({ length: 6 }, query);

    const seventh = query();

    expect(first).toEqual(
      first.map(() => expect.objectContaining({ reply: expect.objectContaining({ kind: 'done' }) })),
    );
    expect(seventh).toMatchObject({ reply: { status: 429, errorType: 'LimitExceededException' } });
    expect(hub.call('BatchImportFindings', { Findings: [finding('a')] })).toMatchObject({
      reply: { kind: 'done' },
    });
  });

  it('are what the SDK retries as throttling', async () => {
    const { hub, endpoint } = await serveTestHub();
    hub.seed([finding('a')]);
    hub.faults.failCalls('TooManyRequestsException', 429);
    const client = new SecurityHubClient({
      endpoint,
      region: 'us-west-1',
      credentials: { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local' },
    });

    const reply = await client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, Confidence: 1 }));

    client.destroy();
    expect(reply.$metadata.attempts).toBe(2);
    expect(hub.calls().map(({ status }) => status)).toEqual([429, 200]);
  });
});
