import type { Clock } from '../../lambdas/triage/clock.ts';
import { type Reread, rereadFindings } from '../../lambdas/triage/reread.ts';
import type { SecurityHub } from '../../lambdas/triage/security-hub.ts';
import { createTokenBucket } from '../../lambdas/triage/token-bucket.ts';
import type { Finding, FindingIdentifier } from '../findings/finding.ts';
import { findingKey } from '../findings/finding-key.ts';
import type { TriageEvent } from '../findings/triage-event.ts';
import type { Ruleset } from '../rules/ruleset.ts';
import { decide } from '../triage/decide.ts';
import type { Decision } from '../triage/decision.ts';
import type { PressedOn } from '../triage/pressed-on.ts';
import type { Fate, FindingFate, LetterFate } from './fate.ts';
import type { Letter } from './letter.ts';

/** Decides letters anew; `present` are findings as Security Hub has them now. */
export interface Redecider {
  readonly present: (identifiers: readonly FindingIdentifier[]) => Promise<ReadonlyMap<string, Reread>>;
  readonly fatesOf: (letters: readonly Letter[]) => Promise<readonly LetterFate[]>;
}

/**
 * One call a second, of 20 findings each: GetFindings allows three, of which the deployed function may take two.
 * https://docs.aws.amazon.com/general/latest/gr/sechub.html
 */
const CALLS_PER_SECOND = 1;
const LONGEST_READ_MS = 60_000;

/** Reads findings as they stand and decides them with these rules, as the function would on a redriven letter. */
export function createRedecider(hub: SecurityHub, ruleset: Ruleset, clock: Clock): Redecider {
  const bucket = createTokenBucket(CALLS_PER_SECOND, 1, clock);
  const present: Redecider['present'] = (identifiers) => {
    const distinct = [...new Map(identifiers.map((one) => [findingKey(one), one])).values()];
    return rereadFindings(distinct, hub, { bucket, clock, deadlineMs: clock.nowMs() + LONGEST_READ_MS });
  };
  return {
    present,
    async fatesOf(letters) {
      const found = await present(letters.flatMap(({ findings }) => findings));
      const fates: LetterFate[] = [];
      for (const { reading, findings } of letters) {
        if (reading.kind === 'refused') fates.push({ kind: 'unreadable', why: reading.why });
        else {
          const decided: FindingFate[] = [];
          for (const finding of findings)
            decided.push(
              await fateOf(finding, found.get(findingKey(finding)), reading.event, ruleset, clock),
            );
          fates.push({ kind: leastSettled(decided), findings: decided });
        }
      }
      return fates;
    },
  };
}

/** The fates of letters that nobody looks at: bodies are judged all the same. */
export function unknownFates(letters: readonly Letter[]): readonly LetterFate[] {
  return letters.map(({ reading, findings }) =>
    reading.kind === 'refused'
      ? { kind: 'unreadable', why: reading.why }
      : {
          kind: 'unknown',
          findings: findings.map((finding) => ({ finding, fate: 'unknown', rules: [], cause: null })),
        },
  );
}

async function fateOf(
  identifier: FindingIdentifier,
  reread: Reread | undefined,
  event: TriageEvent,
  ruleset: Ruleset,
  clock: Clock,
): Promise<FindingFate> {
  const nothing = { finding: identifier, rules: [] };
  if (reread === undefined) return { ...nothing, fate: 'unknown', cause: null };
  if (reread.kind === 'blocked') {
    const { result } = reread;
    const cause = result.kind === 'updated' ? null : result.cause;
    return { ...nothing, fate: cause?.code === 'FindingNotFound' ? 'gone' : 'unknown', cause };
  }
  const decision = await decideSafely(reread.finding, event, ruleset, clock.nowMs());
  if (decision === null)
    return { ...nothing, fate: 'refused', cause: { code: 'DecisionFailed', message: 'Deciding it fails' } };
  return {
    finding: identifier,
    fate: FATE_OF[decision.kind],
    rules: decision.rules,
    cause: decision.cause ?? null,
  };
}

const FATE_OF: Readonly<Record<Decision['kind'], Fate>> = {
  update: 'updated',
  held: 'held',
  observed: 'observed',
  unchanged: 'unchanged',
  deadLetter: 'refused',
};

/** A redriven event brings identities alone: of a press nobody knows any more what it was made on. */
export function onUnknownState({ Id, ProductArn }: FindingIdentifier): PressedOn {
  return { finding: { Id, ProductArn }, otherPress: () => 'none' };
}

/** A letter may be here because deciding its finding fails: that must not end the command. */
async function decideSafely(
  finding: Finding,
  event: TriageEvent,
  ruleset: Ruleset,
  nowMs: number,
): Promise<Decision | null> {
  try {
    return await decide(finding, event, ruleset, nowMs, 'matching', onUnknownState(finding));
  } catch {
    return null;
  }
}

/** Of several findings in one letter: one that can be dealt with is reason enough to send it. */
const BY_HOPE: readonly Fate[] = ['updated', 'unknown', 'held', 'observed', 'unchanged', 'refused', 'gone'];

function leastSettled(findings: readonly FindingFate[]): Fate {
  return BY_HOPE.find((fate) => findings.some((one) => one.fate === fate)) ?? 'unknown';
}
