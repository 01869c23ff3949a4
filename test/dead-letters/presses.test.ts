import { describe, expect, it } from 'vitest';
import type { SecurityHub } from '../../lambdas/triage/security-hub.ts';
import { formatLetter } from '../../lib/cli/dead-letters/format-letter.ts';
import type { LetterFate } from '../../lib/dead-letters/fate.ts';
import { type Letter, readLetter } from '../../lib/dead-letters/letter.ts';
import { createRedecider } from '../../lib/dead-letters/redecide.ts';
import { REDRIVE_REPORTERS } from '../../lib/dead-letters/reporters/redrive-report.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { DEFAULT_CONFIG } from '../../lib/rules/ruleset.ts';
import { PLAIN } from '../../lib/rules/surface.ts';
import { virtualClock } from '../lambdas/triage/fixtures.ts';
import { finding } from '../local/security-hub/account.ts';
import { rulesetOf, ruleWriting } from '../reference/fixtures.ts';
import { eventOf } from './letter-world.ts';

const RULES = rulesetOf(
  [
    ruleWriting(
      { Workflow: { Status: 'SUPPRESSED' } },
      { conditions: { all: [{ fact: 'event.actionName', operator: 'equal', value: 'Accept risk' }] } },
    ),
  ],
  { config: { ...DEFAULT_CONFIG, customActions: ['accept'] } },
);

function pressLetter(time: string, id = 'finding-1'): Letter {
  const body = eventOf([finding(id)], {
    'detail-type': 'Security Hub Findings - Custom Action',
    time,
    resources: ['arn:aws:securityhub:eu-west-1:111122223333:action/custom/accept'],
    detail: { actionName: 'Accept risk', findings: [finding(id)] },
  });
  return readLetter({
    ...{ kind: 'dead letters', messageId: id, body, attributes: {}, sentAtMs: null, movedBySqs: false },
  });
}

async function fateOn(present: Finding): Promise<LetterFate | undefined> {
  const hub: SecurityHub = {
    update: () => Promise.reject(new Error('Nobody asked for an update.')),
    read: async () => ({ kind: 'answered', reply: { findings: [present], nextToken: null } }),
  };
  const { fatesOf } = createRedecider(hub, RULES, virtualClock());
  const [fate] = await fatesOf([pressLetter('2026-02-20T07:00:00Z')]);
  return fate;
}

function reportOn(letters: readonly Letter[]): string {
  const ends = letters.map((letter) => ({
    ...{ letter, fate: { kind: 'held' as const, findings: [] }, end: 'kept' as const },
  }));
  const result = { ends, passedOver: 0, partial: null, failure: null };
  return REDRIVE_REPORTERS.compact({ result, isApplied: false, ruleset: null, discards: false });
}

describe('the press of a button among dead letters', () => {
  it('is decided as the function will decide what a redrive sends: over nothing that somebody set', async () => {
    const one = finding('finding-1');

    expect((await fateOn(one))?.kind).toBe('updated');
    expect((await fateOn({ ...one, Workflow: { Status: 'NOTIFIED' } }))?.kind).toBe('held');
  });

  it('is named in the report of a redrive, and so is how many there are where they are many', () => {
    const presses = Array.from({ length: 7 }, (_, n) => pressLetter(`2026-02-2${n}T07:00:00Z`, `f-${n}`));

    const one = reportOn(presses.slice(0, 1));
    const many = reportOn(presses);

    expect(one).toContain('Among them is the press of "Accept risk" on 2026-02-20 07:00 UTC.');
    expect(one.replaceAll(/\s+/g, ' ')).toContain(
      'writes over nothing that somebody set, unless its rule says',
    );
    expect(many.match(/Among them is/g)).toHaveLength(5);
    expect(many).toContain('There are 7 presses in all.');
    expect(
      reportOn([readLetter({ ...presses[0]?.received, body: eventOf([]) } as Letter['received'])]),
    ).not.toMatch(/press/);
  });

  it('is told by explain', () => {
    const text = formatLetter(pressLetter('2026-02-20T07:00:00Z'), 0, 0, PLAIN);

    expect(text).toContain('event          the press of "Accept risk" on 2026-02-20 07:00 UTC');
  });
});
