import { isDeepStrictEqual } from 'node:util';
import type { SweepProgress } from '../../lambdas/sweep/progress.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import type { LocalAccount } from '../../lib/local/account.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { referenceDecide } from '../reference/decide.ts';
import { readMark } from '../reference/mark.ts';
import { type Existing, overwritten } from './findings.ts';

/** What one sweep came to, held against the reference and against what persons had done. */
export interface Stage {
  readonly name: string;
  readonly sweep: SweepProgress;
  readonly calls: number;
  /** Findings whose state is another one than before. */
  readonly changed: number;
  /** Findings that are not as the reference has them. */
  readonly differing: readonly string[];
  /** What persons had set and is gone, as `<finding>: <field>`. */
  readonly overwritten: readonly string[];
  /** Of what persons had set, what a rule with `adopt` took over, as it wanted the same, and that went with the rule. */
  readonly adopted: number;
  readonly suppressed: number;
  readonly deadLetters: number;
}

const IMPORTED = { detailType: 'Security Hub Findings - Imported' };
/** A finding is decided by then, or it never comes to rest. */
const MOST_DECISIONS = 4;

/** Judges what stands in the account after a sweep; `expected` is what the findings were to become. */
export function judgeStage(
  name: string,
  sweep: SweepProgress,
  account: LocalAccount,
  {
    before,
    expected,
    existing,
    callsBefore,
    ruleset,
  }: {
    readonly before: readonly Finding[];
    readonly expected: readonly Finding[];
    readonly existing: readonly Existing[];
    readonly callsBefore: number;
    readonly ruleset: Ruleset;
  },
): Stage {
  const after = account.hub.findings();
  const others = (wanted: readonly Finding[]) =>
    after.filter((finding, at) => !isDeepStrictEqual(stateOf(finding), stateOf(wanted[at])));
  const gone = after.flatMap((finding, at) => {
    const persons = existing[at]?.persons ?? null;
    if (persons === null) return [];
    const owned = ownedIn(before[at], ruleset);
    return overwritten(persons, finding).map((field) => ({
      id: finding.Id,
      field,
      isOurs: owned.has(field),
    }));
  });
  return {
    ...{ name, sweep },
    calls: account.hub
      .calls()
      .slice(callsBefore)
      .filter(({ operation }) => operation === 'BatchUpdateFindings').length,
    changed: others(before).length,
    differing: others(expected).map(({ Id }) => Id),
    overwritten: gone.filter(({ isOurs }) => !isOurs).map(({ id, field }) => `${id}: ${field}`),
    adopted: gone.filter(({ isOurs }) => isOurs).length,
    suppressed: after.filter(
      ({ Workflow }) => (Workflow as { Status?: string } | undefined)?.Status === 'SUPPRESSED',
    ).length,
    deadLetters: account.resources.queues
      .filter(({ logicalId }) => logicalId.includes('DeadLetterQueue'))
      .reduce((sum, queue) => sum + account.queues.peek(queue.name).length, 0),
  };
}

/** What the findings become by an independent reading of what rules mean, one after the other, without any event. */
export function expectedOf(findings: readonly Finding[], ruleset: Ruleset): readonly Finding[] {
  return findings.map((finding) => {
    let current = finding;
    for (let decisions = 0; decisions < MOST_DECISIONS; decisions += 1) {
      const { update } = referenceDecide(current, IMPORTED, ruleset, Date.now());
      if (update === null) return current;
      current = applyUpdate(current, update);
    }
    throw new Error(`The reference does not come to rest on ${finding.Id}.`);
  });
}

/** The fields that the mark of a finding says are ours. */
function ownedIn(finding: Finding | undefined, { config }: Ruleset): ReadonlySet<string> {
  const mark = finding === undefined ? undefined : readMark(finding, config);
  return new Set(typeof mark === 'object' ? mark.entries.keys() : []);
}

/** The nine fields; the time of a note is Security Hub's. */
function stateOf(finding: Finding | undefined): unknown {
  const { Text, UpdatedBy } = (finding?.Note ?? {}) as Readonly<Record<string, unknown>>;
  return UPDATABLE_FIELDS.map((field) => (field === 'Note' ? [Text, UpdatedBy] : finding?.[field]));
}
