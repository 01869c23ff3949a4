import { canonicalJson } from '../../../lib/findings/canonical-json.ts';
import type { Finding, FindingIdentifier } from '../../../lib/findings/finding.ts';
import { findingKey } from '../../../lib/findings/finding-key.ts';
import { DEAD_LETTERS, UNDELIVERED, type World } from '../world.ts';

/** A finding in a dead-letter queue, as its message shows it. */
export interface LetteredFinding {
  readonly key: string;
  readonly finding: FindingIdentifier;
  /** Of the event that the message is, or was made from. */
  readonly eventId: string;
}

/** All findings that dead letters hold, whoever put them aside. */
export function letteredFindings({ queues }: World): readonly LetteredFinding[] {
  return [DEAD_LETTERS, UNDELIVERED].flatMap((name) =>
    queues.peek(name).flatMap(({ body }) => {
      const message = parse(body);
      const findings = (message?.detail?.findings ?? []) as readonly FindingIdentifier[];
      return findings
        .filter((finding) => finding !== null && typeof finding === 'object')
        .map((finding) => ({ key: findingKey(finding), finding, eventId: String(message?.id) }));
    }),
  );
}

export function letteredKeys(world: World): ReadonlySet<string> {
  return new Set(letteredFindings(world).map(({ key }) => key));
}

/**
 * Whether a letter keeps what a state of its finding calls for: it shows that very state, or an identity alone, which
 * is always read again. A letter of an older state would be decided on that one.
 */
export function showsState({ finding }: LetteredFinding, state: Finding): boolean {
  return Object.keys(finding).length === 2 || canonicalJson(finding) === canonicalJson(state);
}

function parse(
  body: string,
): { readonly id?: unknown; readonly detail?: { readonly findings?: unknown } } | null {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
