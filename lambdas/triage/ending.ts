import { findingKey } from '../../lib/findings/finding-key.ts';
import type { Ruleset } from '../../lib/rules/ruleset.ts';
import type { Cause } from '../../lib/triage/decision.ts';
import type { FindingOutcome } from '../../lib/triage/outcome.ts';
import { settleDecision } from '../../lib/triage/settle.ts';
import type { Applied } from './apply.ts';
import { bodyDeadLetter, type DeadLetter, type Failure, findingDeadLetter } from './dead-letter.ts';
import type { Decided } from './decisions.ts';
import type { Intake } from './message.ts';
import type { Queues } from './queues.ts';

/** How one finding, or one message that holds none, ended. */
export interface Ending {
  /** Without Id and ProductArn (empty) where the message or the finding names none. */
  readonly outcome: FindingOutcome;
  /** Messages that are acknowledged only if this ending is durable. */
  readonly messageIds: readonly string[];
  /** What has to reach the dead-letter queue for the ending to hold. */
  readonly deadLetter: DeadLetter | null;
  readonly decided: Decided | null;
  /** When the update was confirmed. */
  readonly atMs: number | null;
}

interface SettleContext {
  readonly ruleset: Ruleset;
  readonly mode: 'observe' | 'enforce';
  readonly nowMs: number;
}

/** Gives every finding, and every message without one, its ending, in the order of the batch's findings. */
export function settleAll(
  intake: Intake,
  decided: readonly Decided[],
  applied: ReadonlyMap<string, Applied>,
  context: SettleContext,
): readonly Ending[] {
  const byFinding = new Map(decided.map((one) => [findingKey(one.decision.finding), one]));
  // The order in which the findings first appear, also of those of which there was nothing to decide.
  const inOrder = [...intake.messagesOf.keys()].flatMap((key) => byFinding.get(key) ?? []);
  return [
    ...inOrder.map((one) => settleOne(one, intake, applied, context)),
    ...intake.invalid.map(({ finding, message, messageId, envelope }) => {
      const failure = unread({ code: 'InvalidFinding', message }, context);
      return unreadEnding(messageId, failure, findingDeadLetter(envelope, finding, failure));
    }),
    ...intake.malformed.map(({ messageId, message, body }) => {
      const failure = unread({ code: 'MalformedEvent', message }, context);
      return unreadEnding(messageId, failure, bodyDeadLetter(body, failure));
    }),
  ];
}

/**
 * Sends the dead letters and takes back every ending whose letter SQS did not confirm: its messages return, so the
 * finding stays in one queue or the other.
 */
export async function confirmDeadLetters(
  endings: readonly Ending[],
  queues: () => Promise<Queues>,
  timeoutMs: () => number,
): Promise<readonly Ending[]> {
  const lettered = endings.filter(hasDeadLetter);
  if (lettered.length === 0) return endings;
  const letters = lettered.map(({ deadLetter }) => deadLetter);
  const confirmed = await (await queues()).sendDeadLetters(letters, Math.max(1, timeoutMs()));
  const lost = new Set<Ending>(lettered.filter((_, position) => !confirmed.has(position)));
  return endings.map((ending) => {
    if (!lost.has(ending)) return ending;
    return { ...ending, outcome: { ...ending.outcome, outcome: 'returned', cause: NOT_CONFIRMED } };
  });
}

function hasDeadLetter(ending: Ending): ending is Ending & { readonly deadLetter: DeadLetter } {
  return ending.deadLetter !== null;
}

function settleOne(
  one: Decided,
  intake: Intake,
  applied: ReadonlyMap<string, Applied>,
  context: SettleContext,
): Ending {
  const { snapshot, press, decision, blocked } = one;
  const key = findingKey(decision.finding);
  const sent = applied.get(key);
  const outcome = settleDecision(decision, blocked ?? sent?.result ?? null, context.mode);
  const { cause, update, rules } = outcome;
  // A redriven press is held against what it was made on, so its letter holds that; any other the newest state.
  const letter =
    outcome.outcome === 'deadLettered' && cause !== undefined
      ? findingDeadLetter(snapshot.envelope, (press ?? snapshot).finding, {
          ...{ cause, update, rules, attempts: sent?.attempts ?? 0 },
          ...{ ruleset: context.ruleset.version, atMs: context.nowMs },
        })
      : null;
  return {
    outcome,
    messageIds: intake.messagesOf.get(key) ?? [],
    deadLetter: letter,
    decided: one,
    atMs: sent?.atMs ?? null,
  };
}

function unread(cause: Cause, { ruleset, nowMs }: SettleContext): Failure {
  return { cause, update: null, rules: [], attempts: 0, ruleset: ruleset.version, atMs: nowMs };
}

function unreadEnding(messageId: string, { cause }: Failure, deadLetter: DeadLetter): Ending {
  const outcome: FindingOutcome = {
    ...{ Id: '', ProductArn: '', outcome: 'deadLettered', rules: [], update: null, held: [], cause },
  };
  return { outcome, messageIds: [messageId], deadLetter, decided: null, atMs: null };
}

const NOT_CONFIRMED: Cause = {
  code: 'DeadLetterNotConfirmed',
  message: 'SQS did not confirm the dead letter',
};
