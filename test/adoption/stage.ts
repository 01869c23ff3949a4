import { isDeepStrictEqual } from 'node:util';
import type { SweepProgress } from '../../lambdas/sweep/progress.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import type { LocalAccount } from '../../lib/local/account.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { referenceDecide } from '../reference/decide.ts';
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
  }: {
    readonly before: readonly Finding[];
    readonly expected: readonly Finding[];
    readonly existing: readonly Existing[];
    readonly callsBefore: number;
  },
): Stage {
  const after = account.hub.findings();
  const others = (wanted: readonly Finding[]) =>
    after.filter((finding, at) => !isDeepStrictEqual(stateOf(finding), stateOf(wanted[at])));
  const gone = after.flatMap((finding, at) => {
    const persons = existing[at]?.persons ?? null;
    return persons === null ? [] : overwritten(persons, finding).map((field) => `${finding.Id}: ${field}`);
  });
  return {
    ...{ name, sweep },
    calls: account.hub
      .calls()
      .slice(callsBefore)
      .filter(({ operation }) => operation === 'BatchUpdateFindings').length,
    changed: others(before).length,
    differing: others(expected).map(({ Id }) => Id),
    overwritten: gone,
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

/** The nine fields; the time of a note is Security Hub's. */
function stateOf(finding: Finding | undefined): unknown {
  const { Text, UpdatedBy } = (finding?.Note ?? {}) as Readonly<Record<string, unknown>>;
  return UPDATABLE_FIELDS.map((field) => (field === 'Note' ? [Text, UpdatedBy] : finding?.[field]));
}
