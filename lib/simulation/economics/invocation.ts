import { findingKey } from '../../findings/finding-key.ts';
import type { Decision } from '../../triage/decision.ts';
import { planUpdates } from '../../triage/plan.ts';
import { type Tokens, takeToken } from './call-budget.ts';
import type { DecidedFinding } from './decided-finding.ts';
import { fewestCalls, payloadSizes } from './fewest-calls.ts';
import type { QueuedMessage } from './poller.ts';
import { LAST_START_MS, type StackSettings } from './stack.ts';

/** One execution environment: its call budget, and whether an invocation runs in it. */
export interface ExecutionEnvironment {
  readonly name: number;
  tokens: Tokens;
  busy: boolean;
  freedMs: number;
}

/** When a finding was last updated, and by which environment. */
export type Settled = Map<number, { readonly atMs: number; readonly environment: number }>;

/** One call that was made. */
export interface Call {
  readonly atMs: number;
  readonly findings: readonly number[];
}

/** What one invocation did with its batch. */
export interface Invocation {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly messages: readonly QueuedMessage[];
  readonly calls: readonly Call[];
  /** Calls that planUpdates asked for; more than were made where the function's time ran out. */
  readonly planned: number;
  /** The fewest calls the batch could do with. */
  readonly fewest: number;
  /** Messages that ask for an update: what a function that makes a call for each message would call. */
  readonly asking: number;
  /** Messages that go back to the queue, since no call was made for their finding. */
  readonly returned: readonly QueuedMessage[];
}

/**
 * Runs one batch through the product's plan, with its calls paced as the function paces them: one at a time, within
 * the environment's budget and the function's time.
 */
export function invoke(
  messages: readonly QueuedMessage[],
  decided: readonly DecidedFinding[],
  environment: ExecutionEnvironment,
  settled: Settled,
  startedMs: number,
  settings: StackSettings,
): Invocation {
  const decisions: Decision[] = [];
  const indexes = new Map<string, number>();
  const asking: QueuedMessage[] = [];
  for (const message of messages) {
    const decision = decided[message.finding]?.decision;
    if (decision === undefined || isSettled(message, settled, environment)) continue;
    decisions.push(decision);
    indexes.set(findingKey(decision.finding), message.finding);
    if (decision.kind === 'update') asking.push(message);
  }
  const groups = planUpdates(decisions);

  const lastStartMs = startedMs + settings.timeoutMs - LAST_START_MS;
  const calls: Call[] = [];
  const called = new Set<number>();
  let nowMs = startedMs + messages.length * settings.messageMs;
  for (const group of groups) {
    const { taken, tokens } = takeToken(environment.tokens, nowMs, lastStartMs, settings);
    environment.tokens = tokens;
    if (!taken || tokens.atMs > lastStartMs) break;
    const findings = group.findings.flatMap((one) => indexes.get(findingKey(one)) ?? []);
    nowMs = tokens.atMs + settings.callMs;
    calls.push({ atMs: tokens.atMs, findings });
    for (const finding of findings) {
      called.add(finding);
      settled.set(finding, { atMs: tokens.atMs, environment: environment.name });
    }
  }
  return {
    startedMs,
    endedMs: nowMs,
    messages,
    calls,
    planned: groups.length,
    fewest: fewestCalls(payloadSizes(decisions)),
    asking: asking.length,
    returned: asking.filter(({ finding }) => !called.has(finding)),
  };
}

/**
 * Whether nothing is left to do: an event made after our update shows it (deciding again sends nothing), and one made
 * before is read again by the environment that remembers the update. The other environment sends it once more.
 */
function isSettled(
  { finding, madeMs }: QueuedMessage,
  settled: Settled,
  environment: ExecutionEnvironment,
): boolean {
  const last = settled.get(finding);
  if (last === undefined) return false;
  return madeMs > last.atMs || last.environment === environment.name;
}
