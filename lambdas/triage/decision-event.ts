import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { FindingIdentifier } from '../../lib/findings/finding.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import {
  FINDING_TRIAGED,
  findingTriaged,
  type TriagedEvent,
  writeFindingTriaged,
} from '../../lib/triage/finding-triaged.ts';
import type { Snapshot } from '../../lib/triage/newest.ts';
import type { Ending } from './ending.ts';

/** One event for the bus, and the finding that it tells of. */
export interface DecisionEvent {
  readonly finding: FindingIdentifier;
  /** Without the bus. */
  readonly entry: PutEventsRequestEntry & { readonly Detail: string };
}

/** The event of a finding that was updated. Throws of any other ending: there is nothing to tell. */
export function decisionEvent(
  { outcome, decided, atMs }: Ending,
  { config, version }: Ruleset,
): DecisionEvent {
  if (outcome.outcome !== 'updated' || decided === null || atMs === null)
    throw new Error(`A finding that ended as ${outcome.outcome} has no event.`);
  const { snapshot } = decided;
  const confirmed = { finding: snapshot.finding, outcome, event: bringerOf(snapshot), atMs };
  return {
    finding: { Id: outcome.Id, ProductArn: outcome.ProductArn },
    entry: {
      Source: FINDING_TRIAGED.source,
      DetailType: FINDING_TRIAGED.detailType,
      Detail: writeFindingTriaged(findingTriaged(confirmed, config, version)),
      Time: new Date(atMs),
    },
  };
}

/**
 * Bytes of an entry as EventBridge counts them:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size
 */
export function sizeOf({ entry }: DecisionEvent): number {
  const { Source = '', DetailType = '', Detail } = entry;
  return TIME_BYTES + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}

const TIME_BYTES = 14;
/** What is longer is no id, time or name. */
const MOST_CHARACTERS = 128;

function bringerOf({ event, envelope }: Snapshot): TriagedEvent {
  const { id, time } = envelope;
  const { detailType, actionName } = event;
  return {
    ...(isShort(id) && { id }),
    'detail-type': detailType,
    ...(isShort(time) && { time }),
    ...(isShort(actionName) && { actionName }),
  };
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_CHARACTERS;
}
