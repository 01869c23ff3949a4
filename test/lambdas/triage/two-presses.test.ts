import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/findings/finding.ts';
import { importedEvent } from './fixtures.ts';
import { pressed, since, TWO_BUTTONS } from './presses.ts';
import { outcomesOf, run, world } from './world.ts';

const seen = since({ FindingProviderFields: {} });

/** The finding with a status that a press has set: it stands as a person's would, unmarked. */
function setByPress(Status: string): Finding {
  return since({ FindingProviderFields: {}, Workflow: { Status } });
}

/** A Security Hub that refuses the next update where it is told to, and carries out any other. */
function unreliable() {
  const stored = [seen];
  let fails = false;
  const here = world({
    ...{ ruleset: TWO_BUTTONS, stored },
    update(processed) {
      const isDenied = fails;
      fails = false;
      if (!isDenied) return { kind: 'answered', reply: { processed, unprocessed: [] } };
      return { kind: 'denied', cause: { code: 'AccessDeniedException', message: '' } };
    },
  });
  return {
    ...{ here, stored },
    failNext: () => {
      fails = true;
    },
  };
}

describe('two buttons pressed in a row on one finding', () => {
  it.each([
    ['a minute', '09:59:00', '09:59:20'],
    ['three hours', '07:00:00', '07:00:20'],
    ['three hours, pressed within one second', '07:00:00', '07:00:00'],
  ])('end as the second says, also after %s in the queue', async (_, first, second) => {
    const stored = [seen];
    const here = world({ ruleset: TWO_BUTTONS, stored });
    const [resolve, reopen] = [pressed('resolve', first, [seen]), pressed('reopen', second, [seen])];
    const report = await run(here, [resolve, reopen]);
    expect(report.postponedIds).toEqual(['m-1']);
    stored[0] = setByPress('RESOLVED');

    await run(here, [reopen], 2);

    expect(here.payloads).toMatchObject([
      { Workflow: { Status: 'RESOLVED' } },
      { Workflow: { Status: 'NOTIFIED' } },
    ]);
  });

  it('end as the second says where the first comes back after it', async () => {
    const { here, stored, failNext } = unreliable();
    failNext();
    const resolve = pressed('resolve', '10:00:00', [seen]);
    const denied = await run(here, [resolve]);
    expect(outcomesOf(denied)).toEqual(['finding-1 returned AccessDeniedException']);
    await run(here, [pressed('reopen', '10:00:20', [seen])]);
    stored[0] = setByPress('NOTIFIED');

    const report = await run(here, [resolve], 2);

    expect(outcomesOf(report)).toEqual(['finding-1 held']);
    expect(here.payloads).toMatchObject([
      { Workflow: { Status: 'RESOLVED' } },
      { Workflow: { Status: 'NOTIFIED' } },
    ]);
  });

  it('end as the second says where a third, on another field, was carried out before it', async () => {
    const { here, stored, failNext } = unreliable();
    await run(here, [pressed('resolve', '10:00:00', [seen])]);
    stored[0] = setByPress('RESOLVED');
    failNext();
    const reopen = pressed('reopen', '10:00:10', [seen]);
    await run(here, [reopen]);
    await run(here, [pressed('score', '10:00:20', [setByPress('RESOLVED')])]);

    const report = await run(here, [reopen], 2);

    expect(outcomesOf(report)).toEqual(['finding-1 updated']);
    expect(here.payloads.at(-1)).toMatchObject({ Workflow: { Status: 'NOTIFIED' } });
  });

  it('end as the second says where its reply was lost and the first comes back after it', async () => {
    const { here, stored, failNext } = unreliable();
    const [resolve, reopen] = [pressed('resolve', '10:00:00', [seen]), pressed('reopen', '10:00:20', [seen])];
    failNext();
    await run(here, [resolve]);
    failNext();
    await run(here, [reopen]);
    // It was carried out all the same.
    stored[0] = setByPress('NOTIFIED');
    expect(outcomesOf(await run(here, [reopen], 2))).toEqual(['finding-1 unchanged']);

    expect(outcomesOf(await run(here, [resolve], 2))).toEqual(['finding-1 held']);
  });

  it('end as the second says where that asked for what stood when the first was pressed', async () => {
    const before = setByPress('NOTIFIED');
    const { here, stored, failNext } = unreliable();
    stored[0] = before;
    const resolve = pressed('resolve', '10:00:00', [before]);
    failNext();
    await run(here, [resolve]);
    await run(here, [pressed('reopen', '10:00:20', [before])]);

    expect(outcomesOf(await run(here, [resolve], 2))).toEqual(['finding-1 held']);
  });
});

describe('a press beside a newer state, held for what a person set', () => {
  it('is held as well when EventBridge delivers it once more, with its own state', async () => {
    const stands = since({ FindingProviderFields: {}, Workflow: { Status: 'SUPPRESSED' } });
    const here = world({ ruleset: TWO_BUTTONS, stored: [stands] });
    const newer = importedEvent([stands], { id: 'newer', time: '2026-03-01T10:00:20Z' });
    const resolve = pressed('resolve', '10:00:00', [seen]);
    await run(here, [newer, resolve]);

    const report = await run(here, [resolve]);

    expect(here.reads).toEqual(['finding-1']);
    expect(outcomesOf(report)).toEqual(['finding-1 held']);
    expect(here.payloads).toEqual([]);
  });
});

describe('what the service has reopened since a press', () => {
  it("is no one's word, so the press is carried out", async () => {
    const UserDefinedFields = { triageRules: '|notify|', triageSet: '{"v":1,"Workflow":"NOTIFIED"}' };
    const ours = { FindingProviderFields: {}, UserDefinedFields };
    const notified = since({ ...ours, Workflow: { Status: 'NOTIFIED' } });
    const here = world({ ruleset: TWO_BUTTONS, stored: [since({ ...ours, Workflow: { Status: 'NEW' } })] });

    await run(here, [pressed('resolve', '10:00:00', [notified])], 2);

    expect(here.payloads).toMatchObject([{ Workflow: { Status: 'RESOLVED' } }]);
  });
});
