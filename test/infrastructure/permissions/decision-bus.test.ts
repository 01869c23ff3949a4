import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { completeConfiguration } from '../../../lib/infrastructure/configuration/read-configuration.ts';
import { decisionBusArn } from '../../../lib/infrastructure/permissions/decision-bus.ts';
import { writeRules } from '../fixture-rules.ts';
import { ACCOUNT, REGION, type Synthesized, synthesize } from '../synthesized.ts';

const ARN = `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/decisions`;
const HERE = { account: ACCOUNT, region: REGION };

function arnIn(env: { account?: string; region?: string }, decisionBus: string, mode: 'observe' | 'enforce') {
  return decisionBusArn(new Stack(new App(), 'Stack', { env }), { mode, decisionBus });
}

describe('the decision bus', () => {
  it.each(['decisions', ARN])('is a bus of the stack, by its name or ARN: %s', (decisionBus) => {
    const stack = new Stack(new App(), 'Stack', { env: HERE });

    expect(stack.resolve(decisionBusArn(stack, { mode: 'enforce', decisionBus }))).toEqual(
      decisionBus === ARN
        ? ARN
        : { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ARN.slice('arn:aws'.length)]] },
    );
  });

  it.each([
    [ARN.replace(REGION, 'us-east-1'), /is not in the stack's Region, eu-west-1/],
    [ARN.replace(ACCOUNT, '999999999999'), /is not in the stack's account, 111122223333/],
  ])('is refused elsewhere, also while observing: %s', (decisionBus, message) => {
    for (const mode of ['enforce', 'observe'] as const)
      expect(() => arnIn(HERE, decisionBus, mode)).toThrow(message);
  });

  it('is taken as it is named where the stack does not know yet where it will be', () => {
    expect(arnIn({}, ARN.replace(REGION, 'us-east-1'), 'enforce')).toContain('us-east-1');
  });

  it.each(['default', ARN.replace('decisions', 'default'), 'aws.partner/example.com/1', 'a b', ''])(
    'is not %j',
    (decisionBus) => {
      expect(() => completeConfiguration({ decisionBus })).toThrow(
        'allowed: the name or ARN of an event bus of yours, not the default one.',
      );
    },
  );
});

describe('a stack without a decision bus, or that observes', () => {
  const templateOf = (stack: Synthesized) => {
    // The asset is the same; its path in the template is not.
    return JSON.stringify(stack.template.toJSON());
  };

  it('has nothing of it: no statement, no variable, no alarm, no line on the dashboard', () => {
    for (const mode of ['enforce', 'observe'] as const) {
      const text = templateOf(synthesize({ rulesDir: writeRules(), mode }));

      expect(text).not.toMatch(/PutEvents|DECISION_BUS|DecisionEvents/);
    }
  });

  it('is the same to the byte, observing, whether a bus is set or not', () => {
    const rulesDir = writeRules();

    expect(templateOf(synthesize({ rulesDir, decisionBus: 'decisions' }))).toBe(
      templateOf(synthesize({ rulesDir })),
    );
  });
});
