import { hash } from 'node:crypto';
import { canonicalJson } from '../../findings/canonical-json.ts';
import type { Finding } from '../../findings/finding.ts';
import { findingKey } from '../../findings/finding-key.ts';
import { isRedacted } from '../../findings/redacted.ts';
import type { Ruleset } from '../../rules/ruleset.ts';
import { compareStandings } from '../compare.ts';
import { isSightChange } from '../hiding.ts';
import type { Block, ReadFault } from '../read/block.ts';
import { findingsOf, type InvalidInput, type ReadFinding } from '../read/findings-of-block.ts';
import type { ChangedFinding } from '../simulation-report.ts';
import { createVerdictTable } from '../tally/verdict-table.ts';
import { changedFinding } from './changed-finding.ts';
import { type DecidedFinding, decideOne } from './decide-one.ts';
import { decidersOf } from './deciders.ts';
import { decisionLine } from './decision-line.ts';
import { providedSeverity, standingNow } from './standing.ts';
import { suppressionOf } from './suppression.ts';
import type { Verdict } from './verdict.ts';

/** What decisions of a simulation stand on. Plain JSON: workers get it too. */
export interface DecidingSettings {
  readonly ruleset: Ruleset;
  readonly base: Ruleset | null;
  readonly nowMs: number;
  readonly withLines: boolean;
  /** Whether verdicts tell of suppressions. */
  readonly withSuppressions: boolean;
}

/** One finding as it is counted: no more of it is kept than this. */
export interface DecidedRecord {
  /** 64 bits that tell findings apart, as two numbers of 32. */
  readonly identity: readonly [number, number];
  /** −Infinity where the finding does not say when it was updated. */
  readonly updatedMs: number;
  /** The twelve digits as a number, −1 for anything else; 0 where no count asks for it. */
  readonly account: number;
  /** The place of its verdict in the decider's list. */
  readonly verdict: number;
  /** Tells payloads of calls apart; 0 where nothing is sent. */
  readonly payload: number;
  readonly basePayload: number;
}

export interface DecidedBlock {
  readonly records: readonly DecidedRecord[];
  /** Verdicts that this decider had not met before, numbered on from the last. */
  readonly newVerdicts: readonly Verdict[];
  /** Rows of findings that changed, by the place of their record. */
  readonly changed: readonly (readonly [record: number, row: ChangedFinding])[];
  readonly faults: readonly ReadFault[];
  readonly invalid: readonly InvalidInput[];
  /** As many as records, where they were asked for. */
  readonly lines: readonly string[];
}

/** Decides blocks one after the other; each thread has one. */
export interface Decider {
  readonly decideBlock: (block: Block) => Promise<DecidedBlock>;
}

/** Places are told for the first few; counts are kept of all. */
export function createDecider(settings: DecidingSettings): Decider {
  const verdicts = createVerdictTable();
  return {
    async decideBlock(block) {
      const records: DecidedRecord[] = [];
      const newVerdicts: Verdict[] = [];
      const changed: [number, ChangedFinding][] = [];
      const faults: ReadFault[] = [];
      const invalid: InvalidInput[] = [];
      const lines: string[] = [];
      for (const read of findingsOf(block)) {
        if (!('finding' in read)) {
          if (read.kind === 'fault') faults.push(read);
          else invalid.push(read);
          continue;
        }
        const { head, base, verdict, row } = await decideRead(read, settings);
        const known = verdicts.length();
        const number = verdicts.numberOf(verdict);
        if (number === known) newVerdicts.push(verdict);
        if (row !== null) changed.push([records.length, row]);
        if (settings.withLines) lines.push(decisionLine(head, base));
        records.push({
          identity: identityOf(read.finding),
          updatedMs: updatedMs(read.finding),
          account: accountOf(read.finding, verdict),
          verdict: number,
          payload: payloadOf(head),
          basePayload: base === null ? 0 : payloadOf(base),
        });
      }
      return { records, newVerdicts, changed, faults, invalid, lines };
    },
  };
}

interface DecidedRead {
  readonly head: DecidedFinding;
  readonly base: DecidedFinding | null;
  readonly verdict: Verdict;
  readonly row: ChangedFinding | null;
}

async function decideRead(
  { finding, event }: ReadFinding,
  { ruleset, base: baseRules, nowMs, withSuppressions }: DecidingSettings,
): Promise<DecidedRead> {
  const now = standingNow(finding);
  const severity = providedSeverity(finding);
  const head = await decideOne(finding, event, now, ruleset, nowMs);
  const base = baseRules && (await decideOne(finding, event, now, baseRules, nowMs));
  const change = base && compareStandings(base.standing, head.standing);
  const verdict: Verdict = {
    now: { workflow: now.workflow, severity: now.severity as Verdict['severity'] },
    severity,
    ruled: head.ruled,
    base: base?.ruled ?? null,
    change,
    redacted: isRedacted(finding),
    dueTo: base !== null && isSightChange(change) ? decidersOf(change, base, head) : [],
    suppression: withSuppressions ? suppressionOf(finding, head, ruleset) : null,
  };
  const row = base && change && changedFinding(finding, change, severity, base, head);
  return { head, base, verdict, row };
}

function identityOf(finding: Finding): readonly [number, number] {
  const digest = hash('sha256', findingKey(finding), 'buffer');
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}

/** Updates share a call exactly when their canonical texts are equal (lib/triage/plan.ts); 52 bits tell those apart. */
function payloadOf({ decision: { kind, update } }: DecidedFinding): number {
  if (kind !== 'update' || update === null) return 0;
  return Number.parseInt(hash('sha256', canonicalJson(update)).slice(0, 13), 16) + 1;
}

function updatedMs({ UpdatedAt }: Finding): number {
  const instantMs = typeof UpdatedAt === 'string' ? Date.parse(UpdatedAt) : Number.NaN;
  return Number.isNaN(instantMs) ? Number.NEGATIVE_INFINITY : instantMs;
}

function accountOf({ AwsAccountId }: Finding, { change }: Verdict): number {
  if (!isSightChange(change)) return 0;
  return typeof AwsAccountId === 'string' && /^\d{12}$/.test(AwsAccountId) ? Number(AwsAccountId) : -1;
}
