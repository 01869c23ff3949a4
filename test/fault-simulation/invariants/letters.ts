import { canonicalJson } from '../../../lib/findings/canonical-json.ts';
import type { Finding, FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { readValue } from '../../../lib/findings/read-event.ts';
import type { TriageConfig } from '../../../lib/rules/ruleset.ts';
import { isOwnAction } from '../../reference/custom-action.ts';
import { DEAD_LETTERS, UNDELIVERED, type World } from '../world.ts';

/** A finding in a dead-letter queue, as its message shows it. */
export interface LetteredFinding {
  readonly key: string;
  readonly finding: FindingIdentifier;
  /** Of the event that the message is, or was made from. */
  readonly eventId: string;
  /** The function made it of a press of ours: such a letter shows what was pressed on, and is always read again. */
  readonly isOfPress: boolean;
}

/** All findings that dead letters hold, whoever put them aside. */
export function letteredFindings({ queues, ledger }: World): readonly LetteredFinding[] {
  const configs = new Set(ledger.deployments.map(({ ruleset }) => ruleset.config));
  return [DEAD_LETTERS, UNDELIVERED].flatMap((name) =>
    queues.peek(name).flatMap(({ body }) => {
      const message = parse(body);
      const findings: readonly unknown[] = [message?.detail?.findings ?? []].flat();
      return findings
        .filter((finding) => finding !== null && typeof finding === 'object')
        .map((finding) => finding as FindingIdentifier)
        .map((finding) => ({
          ...{ key: findingKey(finding), finding, eventId: String(message?.id) },
          isOfPress: message?.triage !== undefined && isPress(message, configs),
        }));
    }),
  );
}

export function letteredKeys(world: World): ReadonlySet<string> {
  return new Set(letteredFindings(world).map(({ key }) => key));
}

/**
 * Whether a letter keeps what a state of its finding calls for: it shows that very state, or is always read again, as
 * an identity alone is, and a press. A letter of an older state would be decided on that one.
 */
export function keepsState({ finding, isOfPress }: LetteredFinding, state: Finding): boolean {
  return isOfPress || Object.keys(finding).length === 2 || canonicalJson(finding) === canonicalJson(state);
}

function isPress(message: Message, configs: ReadonlySet<TriageConfig>): boolean {
  const reading = readValue(message);
  return reading.kind === 'findings' && [...configs].some((config) => isOwnAction(reading.event, config));
}

interface Message {
  readonly id?: unknown;
  readonly detail?: { readonly findings?: unknown };
  readonly triage?: unknown;
}

function parse(body: string): Message | null {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
