import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/findings/finding.ts';
import { createSecurityHub, type SecurityHub } from '../../lib/local/security-hub/security-hub.ts';
import { loadRulesetOrThrow } from '../../lib/rules/load.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { writeRules } from '../infrastructure/fixture-rules.ts';
import { referenceDecide } from '../reference/decide.ts';
import { FIRING_RULES } from './firing-rules.ts';
import { type Evidence, judgeRun } from './judge-run.ts';
import { findingTitled } from './range.ts';

const FINDING = findingTitled('lower', 'one');
const IMPORTED = { detailType: 'Security Hub Findings - Imported' };

let ruleset: Ruleset;
beforeAll(() => {
  const rules = FIRING_RULES.map((rule) => ({
    owner: '@acme/secops',
    mode: 'enforce',
    priority: 1,
    ...rule,
  }));
  ruleset = loadRulesetOrThrow(writeRules({}, rules));
});

function hubWith(...findings: readonly Finding[]): SecurityHub {
  const surroundings = { accountId: '111122223333', region: 'eu-west-1', now: Date.now, emit: () => {} };
  const hub = createSecurityHub(surroundings);
  hub.seed(findings);
  return hub;
}

function send(hub: SecurityHub, finding: Finding, changes: object = {}): void {
  const { update } = referenceDecide(finding, IMPORTED, ruleset, Date.now());
  const { Id, ProductArn } = finding;
  hub.call('BatchUpdateFindings', { FindingIdentifiers: [{ Id, ProductArn }], ...update, ...changes });
}

function evidence(hub: SecurityHub, changes: Partial<Evidence> = {}): Evidence {
  return { calls: hub.calls(), stored: hub.findings(), deadLettered: [], waiting: [], ...changes };
}

const judge = (given: Evidence) => judgeRun(given, [FINDING], ruleset);

describe('judgeRun', () => {
  it('finds nothing wrong with an update that the reference asks for, sent once or twice', () => {
    const hub = hubWith(FINDING);

    send(hub, FINDING);
    send(hub, FINDING);

    expect(judge(evidence(hub))).toEqual({
      ...{ lost: [], invented: [], repeated: [], updateCalls: 2, updated: 1, deadLettered: 0 },
    });
  });

  it('calls a finding lost that nobody decided, unless it waits or is a dead letter', () => {
    const hub = hubWith(FINDING);

    expect(judge(evidence(hub)).lost).toEqual(['one']);
    expect(judge(evidence(hub, { waiting: [JSON.stringify(FINDING)] })).lost).toEqual([]);
    expect(judge(evidence(hub, { deadLettered: [FINDING] })).lost).toEqual([]);
  });

  it('knows that what is answered with {} was carried out, though nobody was told', () => {
    const hub = hubWith(FINDING);

    hub.faults.emptyReply();
    send(hub, FINDING);

    expect(judge(evidence(hub))).toMatchObject({ lost: [], repeated: [], updated: 1 });
  });

  it('calls a finding lost that a call answered with {} did not carry out', () => {
    const hub = hubWith(FINDING);

    hub.faults.fail(FINDING, 'InternalFailure');
    hub.faults.emptyReply();
    send(hub, FINDING);

    expect(judge(evidence(hub)).lost).toEqual(['one']);
  });

  it('calls a finding lost whose state is not what its updates lead to', () => {
    const hub = hubWith(FINDING);

    send(hub, FINDING);
    const stored = hub.findings().map((finding) => ({ ...finding, Severity: { Label: 'HIGH' } }));

    expect(judge(evidence(hub, { stored })).lost).toEqual(['one']);
  });

  it('calls an update invented that no rule asks for, and one that sets what the API cannot', () => {
    const hub = hubWith(FINDING);

    send(hub, FINDING, { Workflow: { Status: 'SUPPRESSED' } });
    send(hub, FINDING, { RecordState: 'ARCHIVED' });

    expect(judge(evidence(hub)).invented).toEqual(['one', 'RecordState', 'one']);
  });

  it('calls a finding repeated that two different updates of ours changed', () => {
    const hub = hubWith(FINDING);

    send(hub, FINDING);
    send(hub, FINDING, { Severity: { Label: 'HIGH' } });

    expect(judge(evidence(hub)).repeated).toEqual(['one']);
  });
});
