import { canonicalJson } from '../../lib/findings/canonical-json.ts';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
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
  readonly notBeforeMs: number;
}

/** What of one payload waits for its calls, and what is known of the payload itself. */
export interface Lane {
  readonly parts: Part[];
  /** A call with this payload was answered, so whatever is refused of it is a finding's fault. */
  accepted: boolean;
  /** While some findings try the payload. */
  trial: Trial | null;
  /** There is one trial at most: what it did not show, halving will. */
  wasTried: boolean;
}

interface Trial {
  /** The findings that are still to try it, each alone; they wait among the parts as well. */
  readonly drawn: Part[];
  /** The codes of those that were refused. */
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
    lane.parts.push({ ...group, attempt: 1, wasSent: false, notBeforeMs: 0 });
    lanes.set(payload, lane);
  }
  return [...lanes.values()];
}

/** What is to be sent again of a payload that was accepted. */
export function acceptedLane(parts: Part[]): Lane {
  return { parts, accepted: true, trial: null, wasTried: false };
}

/** The next call of the lane: what tries the payload goes first. Undefined where nothing waits. */
export function takeNext(lane: Lane): Part | undefined {
  const drawn = lane.trial?.drawn.shift();
  if (drawn === undefined) return lane.parts.shift();
  const [taken] = drawn.findings;
  const others = lane.parts.map((part) => ({
    ...part,
    findings: part.findings.filter((one) => one !== taken),
  }));
  lane.parts.splice(0, Number.POSITIVE_INFINITY, ...others.filter(({ findings }) => findings.length > 0));
  return drawn;
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
  if (lane.trial !== null) {
    const { codes } = lane.trial;
    codes.push(code);
    const isLast = endWithLast(lane);
    const isToBlame = isLast && codes.length === TRIALS && new Set(codes).size === 1;
    return isToBlame ? [part, ...lane.parts.splice(0)] : [part];
  }
  if (part.findings.length === 1) return [part];
  if (part.findings.length > SMALL_PART && !lane.accepted && !lane.wasTried) tryPayload(lane, part, clock);
  else halve(lane, part);
  return [];
}

/**
 * A call was answered, so the payload is good. Where this ends a trial of which nobody was the culprit that the first
 * part was refused for, that part is halved at once.
 */
export function accept(lane: Lane): void {
  lane.accepted = true;
  const isFirst = lane.trial?.codes.length === 0;
  lane.trial = null;
  const refused = isFirst ? lane.parts.shift() : undefined;
  if (refused !== undefined) halve(lane, refused);
}

/** A call ended without a verdict on what was in it. After an outage another finding tries the payload instead. */
export function giveBack(lane: Lane, isOutage: boolean, clock: Clock): void {
  if (lane.trial === null) return;
  if (isOutage) draw(lane.parts, lane.trial, clock);
  endWithLast(lane);
}

function tryPayload(lane: Lane, part: Part, clock: Clock): void {
  lane.parts.unshift(part);
  const trial: Trial = { drawn: [], codes: [] };
  for (let n = 0; n < TRIALS; n += 1) draw(lane.parts, trial, clock);
  lane.trial = trial;
  lane.wasTried = true;
}

/** One finding more of all that wait is to go alone: drawn by lot, it speaks for all and not for its neighbours. */
function draw(parts: readonly Part[], { drawn }: Trial, clock: Clock): void {
  const known = new Set(drawn.flatMap(({ findings }) => findings));
  const undrawn = parts.flatMap((part) =>
    part.findings
      .filter((finding) => !known.has(finding))
      .map((finding) => ({ ...part, findings: [finding] })),
  );
  // A part that is tried holds more than are ever drawn from it: five, and one for each outage, which two in a row end.
  drawn.push(undrawn[Math.floor(clock.random() * undrawn.length)] as Part);
}

/** Whether the trial is over, for nobody is left to try the payload. */
function endWithLast(lane: Lane): boolean {
  const isLast = lane.trial?.drawn.length === 0;
  if (isLast) lane.trial = null;
  return isLast;
}

/**
 * One half is followed down to a single finding while the other waits behind all else of the payload, so the next
 * single finding is sought far from this one: neighbours are often at fault together.
 */
function halve(lane: Lane, part: Part): void {
  const middle = Math.ceil(part.findings.length / 2);
  lane.parts.unshift({ ...part, findings: part.findings.slice(0, middle) });
  if (middle < part.findings.length) lane.parts.push({ ...part, findings: part.findings.slice(middle) });
}
