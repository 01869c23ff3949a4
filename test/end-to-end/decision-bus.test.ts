import { beforeAll, describe, expect, it } from 'vitest';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { LocalAccount } from '../../lib/local/account.ts';
import { FINDING_TRIAGED_SCHEMA } from '../../lib/triage/finding-triaged-schema.ts';
import { strictAjv } from '../rules/schemas/strict-ajv.ts';
import { closed } from '../triage/closed-schema.ts';
import {
  BUS,
  confirmedIn,
  detailsIn,
  eventOf,
  FINDINGS,
  failedEvents,
  finding,
  invocationsOf,
  RULES_DIR,
  triaged,
  UPDATES,
} from './bus-account.ts';
import { synthesizeStack } from './deployed.ts';

const validate = strictAjv().addFormat('date-time', true).compile(closed(FINDING_TRIAGED_SCHEMA));

let told: string;

beforeAll(() => {
  told = synthesizeStack({ mode: 'enforce', rulesDir: RULES_DIR, decisionBus: BUS });
});

describe('the decision bus of a deployed stack', () => {
  let account: LocalAccount;
  beforeAll(async () => {
    account = await triaged(told);
  });

  it('has one event for each update that Security Hub confirmed, and for nothing else', () => {
    const confirmed = confirmedIn(account);
    const details = detailsIn(account);

    expect(confirmed.size).toBe(UPDATES);
    expect(details.map(({ finding: of }) => findingKey(of)).toSorted()).toEqual(
      [...confirmed.keys()].toSorted(),
    );
    for (const detail of details) {
      expect(validate(detail), JSON.stringify(validate.errors)).toBe(true);
      const { UserDefinedFields = {}, ...plain } = confirmed.get(findingKey(detail.finding)) ?? {};
      const { triageSet: _, triageRules: __, ...fields } = UserDefinedFields;
      const of = FINDINGS.find(({ Id }) => Id === detail.finding.Id);
      expect(detail.after).toEqual({
        ...plain,
        ...(Object.keys(fields).length > 0 && { UserDefinedFields: fields }),
      });
      expect(detail.before.Workflow).toEqual(plain.Workflow && of?.Workflow);
      expect(detail.before.Severity).toEqual(plain.Severity && { Label: 'HIGH' });
      expect(detail.finding).toMatchObject({ AwsAccountId: '444455556666', Region: 'us-east-1' });
    }
    expect(failedEvents(account)).toBe(0);
  });

  it('has them under the source and the type that rules ask for, on this one bus', () => {
    for (const { bus, event } of account.eventDoor.taken()) {
      expect(bus).toBe(BUS);
      expect(event).toMatchObject({ source: 'securityhub-triage', 'detail-type': 'Finding Triaged' });
    }
  });

  it('tells a withdrawal from a decision', () => {
    const taken = detailsIn(account).filter(({ withdrawal }) => withdrawal);

    expect(taken).toMatchObject([
      {
        finding: { Id: 'withdrawn-0' },
        withdrawn: ['Workflow'],
        rules: [],
        before: { Workflow: { Status: 'SUPPRESSED' } },
        after: { Workflow: { Status: 'NEW' } },
      },
    ]);
  });

  it('hears nothing of what comes a second time, nor of what its own updates bring', async () => {
    const before = detailsIn(account).length;

    for (const one of FINDINGS.slice(1)) account.emit(eventOf(account, one));
    // What was refused would be taken now.
    for (const one of FINDINGS.slice(1)) account.hub.emitImported(one);
    await account.settle();

    expect(detailsIn(account)).toHaveLength(before);
  });

  it('hears who pressed the button', async () => {
    const person = finding(8, 'hide');
    const before = detailsIn(account).length;

    account.press('triageRetriage', [person]);
    await account.settle();

    expect(detailsIn(account).slice(before)).toMatchObject([
      {
        finding: { Id: 'hide-8' },
        before: { Workflow: { Status: 'RESOLVED' } },
        after: { Workflow: { Status: 'SUPPRESSED' } },
        event: { 'detail-type': 'Security Hub Findings - Custom Action', actionName: 'Re-triage' },
      },
    ]);
  });

  it('cannot feed triage: its events are none of our rule, wherever they are put', async () => {
    const invocations = invocationsOf(account).length;
    const events = account.eventDoor.taken().map(({ event }) => event);
    const filtered = account.filtered().length;

    for (const event of events) account.emit(event);
    await account.settle();

    expect(account.filtered().length - filtered).toBe(events.length);
    expect(invocationsOf(account)).toHaveLength(invocations);
  });
});

describe('a stack that observes', () => {
  it('tells nobody, and may not', async () => {
    const account = await triaged(synthesizeStack({ rulesDir: RULES_DIR, decisionBus: BUS }));

    expect(account.eventDoor.taken()).toEqual([]);
    expect(failedEvents(account)).toBeUndefined();
  });
});
