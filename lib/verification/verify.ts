import type { Clock } from '../../lambdas/triage/clock.ts';
import { createTokenBucket } from '../../lambdas/triage/token-bucket.ts';
import { asked, CallFailed } from '../account/call-failed.ts';
import { GET_FINDINGS_PACE } from '../export/finding-source.ts';
import type { Finding } from '../findings/finding.ts';
import type { AccountFacts, FactAnswer } from '../infrastructure/configuration/account-facts.ts';
import type { Connection } from './account/connect.ts';
import { openEventTap } from './account/event-tap.ts';
import { type Bench, createBench, NotSeen } from './bench.ts';
import type { Outcome, Probe } from './probe.ts';
import { unanswered } from './probe.ts';
import { denyProbes } from './probes/ask-denies.ts';
import { eventProbes } from './probes/ask-events.ts';
import { askNativeRule, type NativeRuleTools } from './probes/ask-native-rule.ts';
import { updateProbes } from './probes/ask-updates.ts';
import { QUESTIONS, type Question } from './questions.ts';
import { syntheticFinding } from './synthetic-finding.ts';

export interface Verification {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Names everything that is made for this run: letters, digits and hyphens. */
  readonly runId: string;
  /** The user-defined field that keeps this product's own function from the finding. */
  readonly hold: string;
  /** A role that may update findings; null leaves questions of Deny unasked. */
  readonly roleArn: string | null;
  /** Whether a queue and a rule are made for the time of the run. */
  readonly withEvents: boolean;
  /** Whether a native automation rule is made for the time of its question. */
  readonly withNativeRule: boolean;
  /** How long what must come may take. */
  readonly patienceMs: number;
  /** How long to wait for what may not come. */
  readonly lingerMs: number;
  /** Told before each question that is asked: its place from 1 on, and how many there are. */
  readonly onQuestion: (question: Question, at: number, of: number) => void;
  readonly onOutcome: (question: Question, outcome: Outcome) => void;
  /** Aborted, the run ends after the question under way, and cleans up. */
  readonly signal: AbortSignal;
}

export interface Verified {
  readonly facts: AccountFacts;
  /** What could not be taken away again, for a person to do. */
  readonly left: readonly string[];
}

/** At a share of the quota of 10 a second: others use it too. */
const UPDATE_PACE = { callsPerSecond: 3, burst: 5 } as const;

/**
 * Brings one synthetic finding in, asks each question with it, and archives it whatever comes. Throws CallFailed where
 * the finding cannot be brought in, read or updated at all; a question that cannot be asked is an outcome.
 */
export async function verifyAccount(verification: Verification): Promise<Verified> {
  const { connection, clock, runId } = verification;
  const hubArn = await readHubArn(connection);
  const [, partition = 'aws', , , accountId = ''] = hubArn.split(':');
  const place = { partition, accountId, region: connection.region };
  const finding = syntheticFinding(place, runId, clock.nowMs(), 'ACTIVE');
  await importFinding(connection, finding);
  let lastImportMs = clock.nowMs();
  /** Imports the finding once more; one that is not newer than the last would be ignored. */
  const importAgain = async (recordState: 'ACTIVE' | 'ARCHIVED') => {
    lastImportMs = Math.max(clock.nowMs(), lastImportMs + 1_000);
    await importFinding(connection, syntheticFinding(place, runId, lastImportMs, recordState));
  };
  const left: string[] = [];
  const answers: Record<string, FactAnswer> = {};
  const reasons: Record<string, string> = {};
  try {
    const bench = await settledBench(verification, finding);
    const { probes, close } = await probesOf(verification, bench, {
      ...{ hubArn, ...place, importAgain: () => importAgain('ACTIVE') },
      onLeft: (what) => left.push(what),
    });
    try {
      const open = QUESTIONS.filter(({ id }) => typeof probes[id] === 'function');
      for (const question of QUESTIONS) {
        const at = open.indexOf(question) + 1;
        if (at > 0 && !verification.signal.aborted) verification.onQuestion(question, at, open.length);
        const outcome = await outcomeOf(question, probes, verification);
        if (outcome.kind === 'answered')
          answers[question.id] = { answer: outcome.answer, ...(outcome.seen && { seen: outcome.seen }) };
        else reasons[question.id] = outcome.why;
      }
    } finally {
      left.push(...(await close()));
    }
  } finally {
    await importAgain('ARCHIVED').catch((error: unknown) => {
      if (!(error instanceof CallFailed)) throw error;
      left.push(`the finding ${finding.Id}, which is still active (${error.failure.cause.code})`);
    });
  }
  const verifiedAt = new Date(clock.nowMs()).toISOString();
  const { region } = connection;
  return {
    facts: { version: 1, verifiedAt, account: accountId, region, answers, unanswered: reasons },
    left,
  };
}

async function outcomeOf(
  question: Question,
  probes: Readonly<Record<string, Probe | string>>,
  { signal, onOutcome }: Verification,
): Promise<Outcome> {
  const probe = signal.aborted ? 'The run was interrupted before.' : probes[question.id];
  const outcome =
    typeof probe === 'function' ? await probe().catch(toldFailure) : unanswered(probe ?? 'It has no probe.');
  onOutcome(question, outcome);
  return outcome;
}

function toldFailure(error: unknown): Outcome {
  if (error instanceof NotSeen) return unanswered(error.message);
  if (!(error instanceof CallFailed)) throw error;
  const { action, failure } = error;
  return unanswered(`${action} failed with ${failure.cause.code}.`);
}

interface Owner extends Pick<NativeRuleTools, 'importAgain' | 'onLeft'> {
  readonly hubArn: string;
  readonly partition: string;
  readonly accountId: string;
}

/** A probe for each question, or why it is not asked; and what ends what was opened for them. */
async function probesOf(
  verification: Verification,
  bench: Bench,
  owner: Owner,
): Promise<{
  readonly probes: Readonly<Record<string, Probe | string>>;
  readonly close: () => Promise<readonly string[]>;
}> {
  const { connection, clock, runId, hold, roleArn, withEvents, patienceMs, lingerMs } = verification;
  const because = (needs: Question['needs'], why: string) =>
    Object.fromEntries(QUESTIONS.filter((one) => one.needs === needs).map(({ id }) => [id, why]));
  const ofNative = verification.withNativeRule
    ? {
        nativeRules: () => askNativeRule(bench, { connection, clock, runId, patienceMs, lingerMs, ...owner }),
      }
    : because('nativeRule', 'No native rule was made: see --native-rule.');
  const ofUpdates = { ...updateProbes(bench, { [hold]: 'verify-account' }), ...ofNative };
  const ofDenies =
    roleArn === null
      ? because('role', 'No role was named with --role.')
      : denyProbes(bench, connection, { roleArn, hubArn: owner.hubArn, runId });
  if (!withEvents)
    return {
      probes: { ...ofUpdates, ...ofDenies, ...because('events', 'Left out by --no-events.') },
      close: async () => [],
    };
  try {
    const tap = await openEventTap(
      connection,
      bench.finding,
      { ...owner, runId },
      Math.round(lingerMs / 1000),
    );
    const ofEvents = eventProbes(bench, tap, { connection, clock, patienceMs, lingerMs });
    return { probes: { ...ofUpdates, ...ofDenies, ...ofEvents }, close: tap.close };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const why = `No event can be looked at: ${error.action} failed with ${error.failure.cause.code}.`;
    return { probes: { ...ofUpdates, ...ofDenies, ...because('events', why) }, close: async () => [] };
  }
}

/** The bench once the finding is there, held against this product's own function. */
async function settledBench(verification: Verification, finding: Finding): Promise<Bench> {
  const { connection, clock, patienceMs, hold } = verification;
  const { callsPerSecond, burst } = GET_FINDINGS_PACE;
  const bench = createBench(finding, {
    ...{ connection, clock, patienceMs },
    updates: createTokenBucket(UPDATE_PACE.callsPerSecond, UPDATE_PACE.burst, clock),
    reads: createTokenBucket(callsPerSecond, burst, clock),
  });
  const fromMs = clock.nowMs();
  while ((await bench.read()) === undefined) {
    if (clock.nowMs() - fromMs > patienceMs)
      throw new NotSeen('The synthetic finding was imported, and GetFindings has not shown it in time.');
    await clock.sleep(READ_AGAIN_MS);
  }
  const held = await bench.change({ UserDefinedFields: { [hold]: 'verify-account' } });
  if (held.kind !== 'seen')
    throw new NotSeen(
      `The synthetic finding cannot be updated: the first update was ${held.kind}${'code' in held ? ` by ${held.code}` : ''}.`,
    );
  return bench;
}

const READ_AGAIN_MS = 2_000;

async function readHubArn({ hub, hubSdk }: Connection): Promise<string> {
  const { HubArn = '' } = await asked('securityhub:DescribeHub', 'the hub', () =>
    hub.send(new hubSdk.DescribeHubCommand()),
  );
  return HubArn;
}

async function importFinding({ hub, hubSdk }: Connection, finding: Finding): Promise<void> {
  const command = new hubSdk.BatchImportFindingsCommand({
    Findings: [finding as unknown as import('@aws-sdk/client-securityhub').AwsSecurityFinding],
  });
  const { FailedFindings = [] } = await asked('securityhub:BatchImportFindings', finding.ProductArn, () =>
    hub.send(command),
  );
  const [failed] = FailedFindings;
  if (failed === undefined) return;
  const { ErrorCode = 'none', ErrorMessage = '' } = failed;
  throw new CallFailed(
    'securityhub:BatchImportFindings',
    finding.ProductArn,
    Object.assign(new Error(ErrorMessage), { name: ErrorCode }),
  );
}
