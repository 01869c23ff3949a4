import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import type { Principal } from '../../lib/local/sqs/access.ts';
import { createRandom } from '../bench/workload/random.ts';
import { deployAssembly } from '../under-fire/deployed-assembly.ts';
import { FIRING_RULES } from '../under-fire/firing-rules.ts';
import { eventOf, findingTitled, type Range, startRange } from '../under-fire/range.ts';

const MUTATIONS = 10_000;

let range: Range;
beforeAll(async () => {
  range = await startRange(deployAssembly(FIRING_RULES));
  for (const source of range.account.eventSources.values()) source.setEnabled(false);
});
afterAll(() => range?.account.close());

const waiting = () => range.account.queues.peek(range.ingestQueue).length;
const VALUES = [null, '', 'aws.ec2', 'AWS.SECURITYHUB', 'aws.securityhub ', 'securityhub', 7, {}, ['x']];

describe('a forged event', () => {
  it(`is refused by the queue, whoever but our own rule, the redrive role or the sweep sends it: 0 of ${MUTATIONS} accepted`, () => {
    const random = createRandom(1);
    const ruleArn = range.account.resources.eventRules[0]?.arn ?? '';
    const sweep = range.account.resources.functions.find(({ logicalId }) => logicalId.includes('Sweep'));
    const roles = range.account.resources.roles.filter(
      ({ logicalId, arn }) => !logicalId.includes('RedriveRole') && arn !== sweep?.roleArn,
    );
    const arns = [range.account.principals.operatorArn, ...roles.map(({ arn }) => arn)];
    const sources = [
      undefined,
      `${ruleArn}x`,
      ruleArn.toUpperCase(),
      ruleArn.replace('rule/', 'rule/other-'),
      '*',
    ];
    const services = [
      'events.amazonaws.com',
      'sns.amazonaws.com',
      's3.amazonaws.com',
      'lambda.amazonaws.com',
    ];
    let accepted = 0;

    for (let n = 0; n < MUTATIONS; n += 1) {
      const sourceArn = random.pick(sources);
      const principal: Principal = random.chance(0.5)
        ? { service: random.pick(services), ...(sourceArn !== undefined && { sourceArn }) }
        : {
            arn: random.pick(arns),
            ...(random.chance(0.3) && { sourceArn: ruleArn.replace('rule/', 'rule/x') }),
          };
      const body = JSON.stringify(eventOf(findingTitled('suppress', `forged-${n}`)));
      if (range.account.queues.sendAs(principal, range.ingestQueue, body).ok) accepted += 1;
    }

    expect(accepted).toBe(0);
    expect(waiting()).toBe(0);
  });

  it('of another source or detail-type is kept out by the rule, and reaches no function', () => {
    const genuine = eventOf(findingTitled('suppress', 'genuine'));
    const filtered = range.account.filtered().length;

    for (const source of VALUES) range.account.emit({ ...genuine, source });
    for (const type of VALUES) range.account.emit({ ...genuine, 'detail-type': type });

    expect(range.account.filtered().length - filtered).toBe(2 * VALUES.length);
    expect(waiting()).toBe(0);
  });

  it('with a true source, but another account, Region or resource, decides as the finding in it says', async () => {
    const changes = VALUES.flatMap((value) => [
      { account: value },
      { region: value },
      { resources: value },
      { id: value },
    ]);
    const findings = changes.map((_, n) => findingTitled('lower', `envelope-${n}`));
    range.account.hub.seed(findings);

    const Records = changes.map((change, n) => ({
      messageId: String(n),
      body: JSON.stringify({ ...eventOf(findings[n] as Finding), ...change }),
    }));
    const result = await range.lambda.invoke(JSON.stringify({ Records }));

    expect(result).toEqual({ ok: true, payload: '{"batchItemFailures":[]}' });
    const ids = new Set(findings.map(({ Id }) => Id));
    const labels = range.account.hub
      .findings()
      .flatMap(({ Id, Severity }) => (ids.has(Id) ? [Severity] : []));
    expect(labels).toHaveLength(changes.length);
    for (const severity of labels) expect(severity).toMatchObject({ Label: 'LOW' });
  });
});
