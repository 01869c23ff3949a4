import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import { findingKey } from '../../lib/findings/finding-key.ts';
import type { FindingUpdate } from '../../lib/findings/update.ts';
import type { Cause } from '../../lib/triage/decision.ts';
import type { UpdateGroup } from '../../lib/triage/plan.ts';
import type { Clock } from './clock.ts';

/** Identifiers that go into one call, and their place in its retries. */
export interface Part {
  readonly update: FindingUpdate;
  readonly findings: readonly FindingIdentifier[];
  /** 1 for the first time; counts only rounds that named the identifiers as failed. */
  readonly attempt: number;
  /** They were sent in this round: within a larger call, which was refused. */
  readonly wasSent: boolean;
  /** Sent alone to see whether its payload is refused for any finding. */
  readonly isTrial: boolean;
  readonly notBeforeMs: number;
}

/** What of one payload waits for its calls, and what is known of the payload itself. */
export interface Lane {
  readonly parts: Part[];
  /** A call with this payload was answered, so whatever is refused of it is a finding's fault. */
  accepted: boolean;
  /** While some findings try the payload, one by one. */
  trial: Trial | null;
  /** There is one trial at most: what it did not show, halving will. */
  wasTried: boolean;
}

interface Trial {
  /** The payload's parts before findings were drawn from them; the one that was refused is the first. */
  readonly parts: readonly Part[];
  /** How many are still to try it. */
  waiting: number;
  /** The codes of those that were refused, one for each. */
  readonly codes: string[];
}

/** Findings that try a refused payload. So many culprits are rarely drawn where not all are. */
const TRIALS = 5;
/** No more findings than this are halved without a trial: the calls are few, and each finding is heard. */
const SMALL_PART = 10;

/** A lane for each distinct payload, in the order in which payloads first appear. */
export function openLanes(groups: readonly UpdateGroup[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const group of groups) {
    const payload = canonicalJson(group.update);
    const lane: Lane = lanes.get(payload) ?? { parts: [], accepted: false, trial: null, wasTried: false };
    lane.parts.push({ ...group, attempt: 1, wasSent: false, isTrial: false, notBeforeMs: 0 });
    lanes.set(payload, lane);
  }
  return [...lanes.values()];
}

/** What is to be sent again of a payload that was accepted. */
export function acceptedLane(parts: Part[]): Lane {
  return { parts, accepted: true, trial: null, wasTried: false };
}

/**
 * A call was refused whole. Gives back the parts that are to blame; all else of the lane waits for further calls.
 *
 * Halving finds culprits among findings, at some calls for each; where the payload itself is at fault, that would be all
 * of them. So a payload of which no call was accepted is first tried on five findings drawn by lot from all that wait,
 * each alone. Where all five are refused with one code, the payload is to blame, and whatever waits of it, unsent as
 * well. Culprits found by halving say nothing of the payload, for that is what halving looks for.
 */
export function refuse(lane: Lane, part: Part, { code }: Cause, clock: Clock): readonly Part[] {
  const { findings } = part;
  if (findings.length > SMALL_PART && !lane.accepted && !lane.wasTried) {
    tryPayload(lane, part, clock);
    return [];
  }
  if (findings.length > 1) {
    halve(lane, part);
    return [];
  }
  if (!part.isTrial || lane.trial === null) return [part];
  const { codes } = lane.trial;
  codes.push(code);
  const isToBlame = codes.length === TRIALS && new Set(codes).size === 1;
  heard(lane);
  return isToBlame ? [part, ...lane.parts.splice(0)] : [part];
}

/**
 * A call was answered, so the payload is good. What a trial had drawn goes back; where none of it was the culprit that
 * the first part was refused for, that part is halved at once.
 */
export function accept(lane: Lane): void {
  if (lane.accepted) return;
  lane.accepted = true;
  if (lane.trial === null) return;
  const { codes } = lane.trial;
  endTrial(lane);
  const refused = codes.length === 0 ? lane.parts.shift() : undefined;
  if (refused !== undefined) halve(lane, refused);
}

/** A call ended without a verdict on what was in it. After an outage another finding tries the payload instead. */
export function giveBack(lane: Lane, part: Part, isOutage: boolean, clock: Clock): void {
  if (!part.isTrial || lane.trial === null) return;
  if (isOutage) draw(lane, clock);
  else heard(lane);
}

function tryPayload(lane: Lane, part: Part, clock: Clock): void {
  lane.parts.unshift(part);
  lane.trial = { parts: [...lane.parts], waiting: TRIALS, codes: [] };
  lane.wasTried = true;
  for (let n = 0; n < TRIALS; n += 1) draw(lane, clock);
}

/** One finding, drawn from all that wait, is to go alone and before the others: it speaks for all, not for its neighbours. */
function draw(lane: Lane, clock: Clock): void {
  const undrawn = lane.parts.filter(({ isTrial }) => !isTrial);
  const all = undrawn.flatMap((part) => part.findings.map((finding) => ({ part, finding })));
  const drawn = all[Math.floor(clock.random() * all.length)];
  if (drawn === undefined) return;
  const { part, finding } = drawn;
  const findings = part.findings.filter((one) => one !== finding);
  lane.parts.splice(lane.parts.indexOf(part), 1, ...(findings.length === 0 ? [] : [{ ...part, findings }]));
  const before = lane.parts.filter(({ isTrial }) => isTrial).length;
  lane.parts.splice(before, 0, { ...part, findings: [finding], isTrial: true });
}

function heard(lane: Lane): void {
  if (lane.trial === null) return;
  lane.trial.waiting -= 1;
  if (lane.trial.waiting === 0) endTrial(lane);
}

/** All that still waits goes back to the parts that it was drawn from. */
function endTrial(lane: Lane): void {
  if (lane.trial === null) return;
  const waiting = new Set(lane.parts.flatMap(({ findings }) => findings.map(findingKey)));
  const parts = lane.trial.parts.map((part) => ({
    ...part,
    findings: part.findings.filter((finding) => waiting.has(findingKey(finding))),
  }));
  lane.parts.splice(0, Number.POSITIVE_INFINITY, ...parts.filter(({ findings }) => findings.length > 0));
  lane.trial = null;
}

/**
 * One half is followed down to a single finding while the other waits behind all else of the payload, so the next
 * single finding is sought far from this one: neighbours are often at fault together.
 */
function halve(lane: Lane, part: Part): void {
  const middle = Math.ceil(part.findings.length / 2);
  const [first, second] = [part.findings.slice(0, middle), part.findings.slice(middle)];
  lane.parts.unshift({ ...part, findings: first });
  if (second.length > 0) lane.parts.push({ ...part, findings: second });
}
