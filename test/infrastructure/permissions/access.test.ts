import { beforeAll, describe, expect, it } from 'vitest';
import type { LocalQueue } from '../../../lib/local/assembly/local-resources.ts';
import { type AccessRequest, evaluatePolicies } from '../../../lib/local/iam/evaluate.ts';
import { writeRules } from '../fixture-rules.ts';
import {
  ACCOUNT,
  findingRule,
  only,
  REGION,
  type Synthesized,
  synthesize,
  triageFunction,
} from '../synthesized.ts';

const DEVELOPER = `arn:aws:iam::${ACCOUNT}:role/developer`;
const EVERYTHING = [{ Effect: 'Allow', Action: '*', Resource: '*' }] as const;
let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ rulesDir: writeRules(), tracing: true, mode: 'enforce' });
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

  it('writes what the rules write, and nothing else', () => {
    const may = (key: string, value: string) =>
      evaluatePolicies(functionRole().statements, {
        ...request('securityhub:BatchUpdateFindings', hub()),
        conditionKeys: { ...TLS, [`securityhub:ASFFSyntaxPath/${key}`]: value },
      });

    expect(may('Workflow.Status', 'NOTIFIED')).toBe('allowed');
    expect(may('Workflow.Status', 'NEW')).toBe('allowed');
    expect(may('UserDefinedFields.key', 'triageSet')).toBe('allowed');
    expect(may('Note.Text', 'Withdrawn')).toBe('allowed');
    expect(may('Workflow.Status', 'SUPPRESSED')).toBe('denied');
    for (const key of ['Severity.Label', 'Severity.Normalized', 'Confidence', 'Types'])
      expect(may(key, '1')).toBe('denied');
  });

  it('writes nothing where the stack observes', () => {
    const observing = synthesize({ rulesDir: writeRules(), mode: 'observe' });
    const { roleArn } = triageFunction(observing.resources);
    const { statements } = only(observing.resources.roles.filter(({ arn }) => arn === roleArn));
    const verdict = (action: string) =>
      evaluatePolicies(statements, { ...request(action, hub()), principal: { arn: roleArn } });

    expect(verdict('securityhub:GetFindings')).toBe('allowed');
    expect(verdict('securityhub:BatchUpdateFindings')).toBe('denied');
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

  it('names every action and every resource that it allows, but for traces', () => {
    const open = functionRole().statements.filter(
      ({ Effect, Action, Resource }) =>
        Effect === 'Allow' && /\*"|"\*/.test(JSON.stringify([Action, Resource]).replaceAll(':*"', '"')),
    );

    expect(open.map(({ Sid }) => Sid)).toEqual(['WriteTraces']);
  });
});

describe('the redrive role', () => {
  it('moves dead letters back and touches nothing else', () => {
    const may = (action: string, arn: string) =>
      evaluatePolicies(redriveRole().statements, request(action, arn));

    expect(may('sqs:StartMessageMoveTask', stack.deadLetter.arn)).toBe('allowed');
    for (const queue of [stack.deadLetter, stack.undelivered])
      for (const action of [
        'ReceiveMessage',
        'ChangeMessageVisibility',
        'DeleteMessage',
        'GetQueueAttributes',
      ])
        expect(may(`sqs:${action}`, queue.arn)).toBe('allowed');
    expect(may('sqs:StartMessageMoveTask', stack.undelivered.arn)).toBe('denied');
    expect(may('sqs:SendMessage', stack.ingest.arn)).toBe('allowed');
    expect(may('sqs:SendMessage', stack.deadLetter.arn)).toBe('denied');
    expect(may('sqs:SendMessage', stack.undelivered.arn)).toBe('denied');
    expect(may('sqs:PurgeQueue', stack.deadLetter.arn)).toBe('denied');
    expect(may('sqs:ReceiveMessage', stack.ingest.arn)).toBe('denied');
    expect(may('securityhub:BatchUpdateFindings', hub())).toBe('denied');
  });
});

describe('who becomes the redrive role', () => {
  const become = ({ resources }: Synthesized, name: string) => {
    const role = only(resources.roles.filter(({ logicalId }) => logicalId.includes('RedriveRole')));
    const arn = `arn:aws:iam::${ACCOUNT}:role/${name}`;
    const verdict = evaluatePolicies(role.trust, {
      action: 'sts:AssumeRole',
      resourceArn: role.arn,
      principal: { arn },
      conditionKeys: { 'aws:PrincipalArn': arn },
    });
    return verdict === 'allowed';
  };

  it('is whom the account lets, unless the owner names them', () => {
    expect(become(stack, 'developer')).toBe(true);
  });

  it('is nobody but those whom the owner names, single sign-on included', () => {
    const named = synthesize({
      rulesDir: writeRules(),
      redrivePrincipals: [
        `arn:aws:iam::${ACCOUNT}:role/on-call`,
        `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_SecOps_*`,
      ],
    });

    expect(become(named, 'on-call')).toBe(true);
    expect(become(named, 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_SecOps_0a1b')).toBe(true);
    expect(become(named, 'developer')).toBe(false);
    expect(become(named, 'on-call-2')).toBe(false);
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
  return findingRule(stack.resources).arn;
}

function functionRole() {
  const { roleArn } = triageFunction(stack.resources);
  return only(stack.resources.roles.filter(({ arn }) => arn === roleArn));
}

function redriveRole() {
  return only(stack.resources.roles.filter(({ logicalId }) => logicalId.includes('RedriveRole')));
}

function hub(region = REGION): string {
  return `arn:aws:securityhub:${region}:${ACCOUNT}:hub/default`;
}
