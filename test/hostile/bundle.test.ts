import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import { deployAssembly } from '../under-fire/deployed-assembly.ts';
import { eventOf, findingTitled, type Range, startRange } from '../under-fire/range.ts';
import { CANARY } from './canary.ts';
import { type Fired, findingsIn, fireBatch } from './fire-batch.ts';
import { type HostileBody, hostileBodies } from './hostile-bodies.ts';
import { HOSTILE_RULES } from './hostile-rules.ts';

const NEIGHBOURS = 99;

let range: Range;
beforeAll(async () => {
  const deployed = deployAssembly(HOSTILE_RULES, { callsPerSecond: 5, callBurst: 15 });
  range = await startRange(deployed, { quotas: 'off' });
  // Batches are handed over by the test; what Security Hub emits stays in the queue.
  for (const source of range.account.eventSources.values()) source.setEnabled(false);
});
afterAll(() => range?.account.close());

const neighbours = (batch: string) =>
  Array.from({ length: NEIGHBOURS }, (_, n) =>
    JSON.stringify(eventOf(findingTitled('lower', `${batch}-${n}`))),
  );

/** What of its surroundings a hostile message must leave as it is, whatever becomes of itself. */
function expectUnharmed(fired: Fired, batch: string): void {
  const updated = [...fired.outcomes].filter(
    ([id, outcome]) => id.startsWith(`${batch}-`) && outcome === 'updated',
  );
  expect(fired.ok).toBe(true);
  expect(fired.returned).toEqual([]);
  expect(updated).toHaveLength(NEIGHBOURS);
  expect(fired.logs.filter((line) => line.includes(CANARY))).toEqual([]);
  // One JSON text a line: nothing of a finding starts a line of its own or reaches a terminal.
  for (const line of fired.logs) {
    expect(line).toMatch(/^\{.*\}$/);
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  }
  const members = new Set(fired.requests.flatMap((request) => Object.keys(request)));
  expect([...members].filter((name) => !['FindingIdentifiers', ...UPDATABLE_FIELDS].includes(name))).toEqual(
    [],
  );
}

function outcomeOf(fired: Fired, { body }: HostileBody): string {
  const [finding] = findingsIn(body);
  return (finding && fired.outcomes.get(finding.Id)) ?? fired.unread.get(NEIGHBOURS) ?? 'ignored';
}

const SAID = {
  ...{ malformed: 'deadLettered MalformedEvent', invalid: 'deadLettered InvalidFinding' },
  ...{ ignored: 'ignored', updated: 'updated', unchanged: 'unchanged' },
  tooManyFields: 'deadLettered TooManyUserDefinedFields',
};

describe('one hostile message among 99 others, through the deployed bundle', () => {
  it.each(hostileBodies('first'))('$name: $expected, and 99 of 99 neighbours updated', async (hostile) => {
    const batch = `n-${hostile.name}`;

    const fired = await fireBatch(range, [...neighbours(batch), hostile.body]);

    expect(outcomeOf(fired, hostile)).toBe(SAID[hostile.expected]);
    expect(fired.letters).toHaveLength(SAID[hostile.expected].startsWith('deadLettered') ? 1 : 0);
    expectUnharmed(fired, batch);
  });
});

describe('a hostile finding that Security Hub refuses', () => {
  const refused = hostileBodies('refused').filter(({ expected }) => expected === 'updated');

  it.each(refused)(
    '$name: its dead letter is one that SQS accepts, with the finding in it',
    async (hostile) => {
      const [finding] = findingsIn(hostile.body);
      if (finding === undefined) throw new Error('The body holds no finding.');
      range.account.hub.faults.fail(finding, 'InvalidInput');
      const batch = `d-${hostile.name}`;

      const fired = await fireBatch(range, [...neighbours(batch), hostile.body]);

      expect(outcomeOf(fired, hostile)).toBe('deadLettered InvalidInput');
      expect(fired.letters).toHaveLength(1);
      expect(findingsIn(fired.letters[0] ?? '')[0]).toMatchObject({
        Id: finding.Id,
        ProductArn: finding.ProductArn,
      });
      expectUnharmed(fired, batch);
    },
  );
});

describe('text from a finding in an update', () => {
  it('is literal, one line, within the limits, and without what acts on a terminal', async () => {
    const bodies = hostileBodies('text');

    const fired = await fireBatch(
      range,
      bodies.map(({ body }) => body),
    );

    const notes = fired.requests.flatMap(({ Note }) => (Note ? [(Note as { Text: string }).Text] : []));
    expect(notes.length).toBeGreaterThan(8);
    for (const text of notes) {
      expect([...text].length).toBeLessThanOrEqual(512);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|\p{Cs}/u);
    }
    expect(notes.filter((text) => text.includes('{{Title}} {{Description}} {{__proto__}}'))).toHaveLength(1);
  });
});

describe('a note of somebody else in our words', () => {
  it('stays: that we signed it is not believed without a mark', async () => {
    const Note = { Text: 'Seen: quote', UpdatedBy: 'securityhub-triage' };
    const finding = findingTitled('leave', 'signed', { Title: 'quote signed', Note });

    const fired = await fireBatch(range, [JSON.stringify(eventOf(finding))]);

    expect(fired.requests.map((request) => 'Note' in request)).toEqual([false]);
  });
});

describe('much at once', () => {
  it('25 findings of 240 KB fill an invocation and are all updated', async () => {
    const findings = Array.from({ length: 25 }, (_, n) =>
      findingTitled('lower', `large-${n}`, { Description: `${CANARY}${'x'.repeat(243_000)}` }),
    );
    const bodies = findings.map((finding) => JSON.stringify(eventOf(finding)));

    const fired = await fireBatch(range, bodies);

    expect(bodies.join('').length).toBeGreaterThan(6_000_000);
    expect(fired.ok).toBe(true);
    expect([...fired.outcomes.values()].filter((outcome) => outcome === 'updated')).toHaveLength(25);
    expect(fired.logs.filter((line) => line.includes(CANARY))).toEqual([]);
  });

  it('an event of 1,000 findings is one message, and each of them is updated', async () => {
    const findings = Array.from({ length: 1_000 }, (_, n) => findingTitled('lower', `thousand-${n}`));
    const event = { ...eventOf(findingTitled('lower', 'x')), detail: { findings } };

    const fired = await fireBatch(range, [JSON.stringify(event)]);

    expect([...fired.outcomes.values()].filter((outcome) => outcome === 'updated')).toHaveLength(1_000);
    expect(fired.requests).toHaveLength(10);
    expect(fired.returned).toEqual([]);
  });
});
