import { describe, expect, it } from 'vitest';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import type { Decision } from '../../lib/triage/decision.ts';
import { planUpdates } from '../../lib/triage/plan.ts';

const PRODUCT_ARN = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';

function decision(id: string, update: FindingUpdate | null, kind: Decision['kind'] = 'update'): Decision {
  return {
    finding: { Id: id, ProductArn: PRODUCT_ARN },
    kind,
    update,
    rules: [],
    held: [],
    observed: null,
    newlySuppressed: false,
    trace: [],
  };
}

describe('planUpdates', () => {
  it('puts findings with equal payloads into one call, whatever the order of members', () => {
    const groups = planUpdates([
      decision('a', { Workflow: { Status: 'NOTIFIED' }, UserDefinedFields: { x: '1', y: '2' } }),
      decision('b', { UserDefinedFields: { y: '2', x: '1' }, Workflow: { Status: 'NOTIFIED' } }),
    ]);

    expect(groups.map(({ findings }) => findings.map(({ Id }) => Id))).toEqual([['a', 'b']]);
  });

  it('keeps payloads apart that differ anywhere', () => {
    const groups = planUpdates([
      decision('a', { Types: ['TTPs/Discovery', 'Effects'] }),
      decision('b', { Types: ['Effects', 'TTPs/Discovery'] }),
    ]);

    expect(groups).toHaveLength(2);
  });

  it('splits after one hundred', () => {
    const groups = planUpdates(Array.from({ length: 201 }, (_, n) => decision(`f-${n}`, { Confidence: 50 })));

    expect(groups.map(({ findings }) => findings.length)).toEqual([100, 100, 1]);
  });

  it.each(['held', 'observed', 'unchanged', 'deadLetter'] as const)('sends nothing for %s', (kind) => {
    expect(planUpdates([decision('a', { Confidence: 1 }, kind)])).toEqual([]);
  });

  it('sends nothing where there is no update', () => {
    expect(planUpdates([decision('a', null)])).toEqual([]);
  });

  it('carries nothing of a finding but its identity', () => {
    const [group] = planUpdates([decision('a', { Confidence: 1 })]);

    expect(group).toEqual({ update: { Confidence: 1 }, findings: [{ Id: 'a', ProductArn: PRODUCT_ARN }] });
  });
});
