import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { Finding, FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import { type FindingUpdate, UPDATABLE_FIELDS } from '../../lib/findings/update.ts';
import type { RecordedCall } from '../../lib/local/security-hub/security-hub.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import { applyUpdate } from '../reference/apply-update.ts';
import { referenceDecide } from '../reference/decide.ts';
import type { Range } from './range.ts';

/** How a run ended, held against the independent reference; whatever is not zero names findings. */
export interface RunVerdict {
  /** Neither decided to the end, nor in a dead letter, nor in the queue. */
  readonly lost: readonly string[];
  /** Updates that follow from no state the finding ever had, or that set more than the API's nine members. */
  readonly invented: readonly string[];
  /** Findings whose state more than one update of ours changed. */
  readonly repeated: readonly string[];
  readonly updateCalls: number;
  readonly updated: number;
  readonly deadLettered: number;
}

const IMPORTED = { detailType: 'Security Hub Findings - Imported' };

/** What is left of a run to judge it by. */
export interface Evidence {
  /** What Security Hub took, in order. */
  readonly calls: readonly RecordedCall[];
  readonly stored: readonly Finding[];
  readonly deadLettered: readonly FindingIdentifier[];
  /** Bodies still in the ingest queue. */
  readonly waiting: readonly string[];
}

export function evidenceOf(range: Range, firstCall = 0): Evidence {
  const { hub, queues } = range.account;
  return {
    calls: hub.calls().slice(firstCall),
    stored: hub.findings(),
    deadLettered: range.deadLetters().flatMap(({ detail }) => detail?.findings ?? []),
    waiting: queues.peek(range.ingestQueue).map(({ body }) => body),
  };
}

/** Judges what happened to `findings`, each as it stood before the run. An update is ours if it carries our mark. */
export function judgeRun(evidence: Evidence, findings: readonly Finding[], ruleset: Ruleset): RunVerdict {
  const replay = replayOf(findings, evidence.calls, ruleset);
  const stored = new Map(evidence.stored.map((finding) => [findingKey(finding), finding]));
  const lettered = new Set(evidence.deadLettered.map(findingKey));
  const lost = findings.filter((finding) => {
    const key = findingKey(finding);
    const now = stored.get(key);
    const waits = evidence.waiting.some((body) => body.includes(JSON.stringify(finding.Id)));
    if (lettered.has(key) || waits) return false;
    // Settled is a finding on which the reference has nothing more to do, in the state its updates lead to.
    const expected = replay.states.get(key)?.at(-1);
    return now === undefined || !sameState(now, expected) || updateFor(now, ruleset) !== null;
  });
  return {
    lost: lost.map(({ Id }) => Id),
    invented: replay.invented,
    repeated: [...replay.effective].filter(([, times]) => times > 1).map(([id]) => id),
    updateCalls: replay.updateCalls,
    updated: replay.effective.size,
    deadLettered: findings.filter((finding) => lettered.has(findingKey(finding))).length,
  };
}

interface Replay {
  readonly states: ReadonlyMap<string, readonly Finding[]>;
  readonly effective: ReadonlyMap<string, number>;
  readonly invented: readonly string[];
  readonly updateCalls: number;
}

/** Carries every update out a second time, by the reference's own reading of the API. */
function replayOf(findings: readonly Finding[], calls: readonly RecordedCall[], ruleset: Ruleset): Replay {
  const states = new Map(findings.map((finding) => [findingKey(finding), [finding]]));
  const effective = new Map<string, number>();
  const invented: string[] = [];
  let updateCalls = 0;
  for (const { operation, request, reply, status } of calls) {
    if (operation !== 'BatchUpdateFindings') continue;
    const { FindingIdentifiers, ...update } = request as UpdateRequest;
    const isOurs = update.UserDefinedFields?.triageSet !== undefined;
    if (isOurs) {
      updateCalls += 1;
      invented.push(...inventedIn(update, FindingIdentifiers, states, ruleset));
    }
    const done = isEmpty(reply) && status === 200 ? FindingIdentifiers : processedOf(reply);
    for (const identifier of changedBy(update, done, states)) {
      if (isOurs) effective.set(identifier.Id, (effective.get(identifier.Id) ?? 0) + 1);
    }
  }
  return { states, effective, invented, updateCalls };
}

/** Findings for whose states so far nobody would send this, and members that no call of ours may have. */
function inventedIn(
  update: FindingUpdate,
  identifiers: readonly FindingIdentifier[],
  states: ReadonlyMap<string, readonly Finding[]>,
  ruleset: Ruleset,
): readonly string[] {
  const strange = Object.keys(update).filter((name) => !UPDATABLE_FIELDS.some((field) => field === name));
  const payload = canonicalJson(update);
  const unfounded = identifiers.filter((identifier) => {
    const past = states.get(findingKey(identifier));
    return past?.every((state) => canonicalJson(updateFor(state, ruleset)) !== payload);
  });
  return [...strange, ...unfounded.map(({ Id }) => Id)];
}

/** Adds the state after the update to each finding that it changes, and returns those. */
function changedBy(
  update: FindingUpdate,
  identifiers: readonly FindingIdentifier[],
  states: ReadonlyMap<string, Finding[]>,
): readonly FindingIdentifier[] {
  return identifiers.filter((identifier) => {
    const past = states.get(findingKey(identifier));
    const before = past?.at(-1);
    if (past === undefined || before === undefined) return false;
    const after = applyUpdate(before, update);
    if (sameState(before, after)) return false;
    past.push(after);
    return true;
  });
}

type UpdateRequest = FindingUpdate & { readonly FindingIdentifiers: readonly FindingIdentifier[] };

function updateFor(finding: Finding, ruleset: Ruleset): FindingUpdate | null {
  const { kind, update } = referenceDecide(finding, IMPORTED, ruleset, Date.now());
  return kind === 'update' ? update : null;
}

/** Answered with `{}`, a call was carried out all the same, and a finding that it left out is found by its state. */
function isEmpty(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && Object.keys(reply).length === 0;
}

/** A call that was refused, or hung, changed nothing. */
function processedOf(reply: unknown): readonly FindingIdentifier[] {
  if (typeof reply !== 'object' || reply === null || !('ProcessedFindings' in reply)) return [];
  return reply.ProcessedFindings as readonly FindingIdentifier[];
}

/** The nine fields, without the time that the service adds to a note. */
export function stateOf(finding: Finding): Readonly<Record<string, unknown>> {
  const { Note, ...fields } = Object.fromEntries(UPDATABLE_FIELDS.map((field) => [field, finding[field]]));
  const { UpdatedAt: _, ...note } = (Note ?? {}) as Record<string, unknown>;
  return { ...fields, Note: note };
}

function sameState(left: Finding, right: Finding | undefined): boolean {
  return right !== undefined && canonicalJson(stateOf(left)) === canonicalJson(stateOf(right));
}
