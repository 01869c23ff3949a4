import { beforeAll, describe, expect, it } from 'vitest';
import type { LocalQueue } from '../../lib/local/assembly/local-resources.ts';
import { type AccessRequest, evaluatePolicies } from '../../lib/local/iam/evaluate.ts';
import { writeRules } from './fixture-rules.ts';
import { ACCOUNT, only, REGION, type Synthesized, synthesize } from './synthesized.ts';

const DEVELOPER = `arn:aws:iam::${ACCOUNT}:role/developer`;
const EVERYTHING = [{ Effect: 'Allow', Action: '*', Resource: '*' }] as const;
let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ rulesDir: writeRules(), tracing: true });
});

describe('sending to the ingest queue', () => {
  it('is open to our rule', () => {
    const verdict = send(stack.ingest, byRule(ourRule()));

    expect(verdict).toBe('allowed');
  });

  it('is closed to another rule', () => {
    const verdict = send(stack.ingest, byRule(`arn:aws:events:${REGION}:${ACCOUNT}:rule/forged`));

    expect(verdict).toBe('denied');
  });

  it('is closed to a principal who may do everything else', () => {
    const verdict = send(stack.ingest, byRole(DEVELOPER, EVERYTHING));

    expect(verdict).toBe('denied');
  });

  it('is closed to the function itself', () => {
    const verdict = send(stack.ingest, byRole(functionRole().arn, EVERYTHING));

    expect(verdict).toBe('denied');
  });

  it('is open to the redrive role', () => {
    const verdict = send(stack.ingest, byRole(redriveRole().arn, redriveRole().statements));

    expect(verdict).toBe('allowed');
  });
});

describe('sending to the dead-letter queue', () => {
  it('is open to the function', () => {
    const verdict = send(stack.deadLetter, byRole(functionRole().arn, functionRole().statements));

    expect(verdict).toBe('allowed');
  });

  it('is closed to a principal who may do everything else', () => {
    const verdict = send(stack.deadLetter, byRole(DEVELOPER, EVERYTHING));

    expect(verdict).toBe('denied');
  });

  it('is not denied to SQS, which moves messages without being a principal', () => {
    const denials = statementsOf(stack.deadLetter).filter(({ Effect }) => Effect === 'Deny');
    const request = { action: 'sqs:SendMessage', resourceArn: stack.deadLetter.arn, conditionKeys: TLS };

    const verdict = evaluatePolicies([...denials, ...EVERYTHING], request);

    expect(verdict).toBe('allowed');
  });
});

describe('sending to the queue of undelivered events', () => {
  it.each([
    ['our rule', () => send(stack.undelivered, byRule(ourRule())), 'allowed'],
    ['another rule', () => send(stack.undelivered, byRule(`${ourRule()}2`)), 'denied'],
    ['a developer', () => send(stack.undelivered, byRole(DEVELOPER, EVERYTHING)), 'denied'],
  ] as const)('by %s is judged by who it is', (_name, verdict, expected) => {
    expect(verdict()).toBe(expected);
  });
});

describe('every queue', () => {
  it('refuses plain HTTP even to those who may send', () => {
    for (const queue of stack.resources.queues) {
      const verdict = evaluatePolicies([...statementsOf(queue), ...EVERYTHING], {
        action: 'sqs:ReceiveMessage',
        resourceArn: queue.arn,
        principal: { arn: DEVELOPER },
        conditionKeys: { 'aws:PrincipalArn': DEVELOPER, 'aws:SecureTransport': 'false' },
      });

      expect(verdict).toBe('denied');
    }
  });
});

describe("the function's role", () => {
  it.each([
    ['securityhub:BatchUpdateFindings', hub(), 'allowed'],
    ['securityhub:GetFindings', hub(), 'allowed'],
    ['securityhub:BatchImportFindings', hub(), 'denied'],
    ['securityhub:DisableSecurityHub', hub(), 'denied'],
    ['securityhub:BatchUpdateFindings', hub('us-east-1'), 'denied'],
  ] as const)('%s on %s is %s', (action, resourceArn, expected) => {
    expect(evaluatePolicies(functionRole().statements, request(action, resourceArn))).toBe(expected);
  });

  it('takes events and sends dead letters, and not the other way round', () => {
    const may = (action: string, queue: LocalQueue) =>
      evaluatePolicies(functionRole().statements, request(`sqs:${action}`, queue.arn));

    for (const action of ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'])
      expect(may(action, stack.ingest)).toBe('allowed');
    expect(may('SendMessage', stack.deadLetter)).toBe('allowed');
    expect(may('ReceiveMessage', stack.deadLetter)).toBe('denied');
    expect(may('PurgeQueue', stack.ingest)).toBe('denied');
    expect(may('SendMessage', stack.undelivered)).toBe('denied');
  });

  it('names every action and every resource, but for traces', () => {
    const open = functionRole().statements.filter(({ Action, Resource }) =>
      /\*"|"\*/.test(JSON.stringify([Action, Resource]).replaceAll(':*"', '"')),
    );

    expect(open.map(({ Sid }) => Sid)).toEqual(['WriteTraces']);
  });
});

describe('the redrive role', () => {
  it('moves dead letters back and touches nothing else', () => {
    const may = (action: string, arn: string) =>
      evaluatePolicies(redriveRole().statements, request(action, arn));

    expect(may('sqs:StartMessageMoveTask', stack.deadLetter.arn)).toBe('allowed');
    expect(may('sqs:ReceiveMessage', stack.deadLetter.arn)).toBe('allowed');
    expect(may('sqs:DeleteMessage', stack.undelivered.arn)).toBe('allowed');
    expect(may('sqs:ReceiveMessage', stack.ingest.arn)).toBe('denied');
    expect(may('securityhub:BatchUpdateFindings', hub())).toBe('denied');
  });
});

const TLS = { 'aws:SecureTransport': 'true' };
type Caller = Pick<AccessRequest, 'principal'> & {
  readonly keys: AccessRequest['conditionKeys'];
  readonly statements: Parameters<typeof evaluatePolicies>[0];
};

function send(queue: LocalQueue, { principal, keys, statements }: Caller): 'allowed' | 'denied' {
  return evaluatePolicies([...statementsOf(queue), ...statements], {
    action: 'sqs:SendMessage',
    resourceArn: queue.arn,
    ...(principal && { principal }),
    conditionKeys: { ...TLS, ...keys },
  });
}

function byRule(ruleArn: string): Caller {
  return {
    principal: { service: 'events.amazonaws.com' },
    keys: { 'aws:SourceArn': ruleArn },
    statements: [],
  };
}

function byRole(arn: string, statements: Caller['statements']): Caller {
  return { principal: { arn }, keys: { 'aws:PrincipalArn': arn }, statements };
}

function request(action: string, resourceArn: string): AccessRequest {
  return { action, resourceArn, principal: { arn: functionRole().arn }, conditionKeys: TLS };
}

function statementsOf(queue: LocalQueue) {
  return stack.resources.queuePolicies
    .filter(({ queueUrls }) => queueUrls.includes(queue.url))
    .flatMap(({ statements }) => statements);
}

function ourRule(): string {
  return only(stack.resources.eventRules).arn;
}

function functionRole() {
  const { roleArn } = only(stack.resources.functions);
  return only(stack.resources.roles.filter(({ arn }) => arn === roleArn));
}

function redriveRole() {
  const { roleArn } = only(stack.resources.functions);
  return only(stack.resources.roles.filter(({ arn }) => arn !== roleArn));
}

function hub(region = REGION): string {
  return `arn:aws:securityhub:${region}:${ACCOUNT}:hub/default`;
}
