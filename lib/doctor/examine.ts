import { systemClock } from '../../lambdas/triage/clock.ts';
import { createTokenBucket } from '../../lambdas/triage/token-bucket.ts';
import { readStackOutputs } from '../account/stack-outputs.ts';
import { type FindingSource, GET_FINDINGS_PACE } from '../export/finding-source.ts';
import type { LoadedRules } from '../rules/load.ts';
import { DEFAULT_CONFIG, type Ruleset } from '../rules/ruleset.ts';
import { type Answer, answerOf } from './account/answer.ts';
import type { Connection } from './account/connect.ts';
import { readAggregation } from './account/read-aggregation.ts';
import { readAutomationRules, readNewAutomationRules } from './account/read-automation-rules.ts';
import { readBus } from './account/read-bus.ts';
import { readDecisionBus } from './account/read-decision-bus.ts';
import { readHub, readNewHub } from './account/read-hub.ts';
import { readOrganization } from './account/read-organization.ts';
import { checkBus } from './checks/check-bus.ts';
import { checkDecisionBus } from './checks/check-decision-bus.ts';
import { checkHub, checkNewRules } from './checks/check-hub.ts';
import { checkNativeRules } from './checks/check-native-rules.ts';
import { checkAdministrator, checkAggregation } from './checks/check-place.ts';
import {
  checkStack,
  decisionBusOf,
  OPTIONAL_STACK_PARTS,
  ownQueueOf,
  STACK_PARTS,
  type StackReading,
} from './checks/check-stack.ts';
import { checkSuppressions } from './checks/check-suppressions.ts';
import { compareWithNative } from './checks/overlaps.ts';
import type { Examination } from './examination.ts';
import { type Observation, TOPICS } from './observation.ts';
import { countSuppressed } from './suppressed/count-suppressed.ts';
import { suppressingNativeRules } from './suppressed/suppressing-native-rules.ts';
import { suppressorOf } from './suppressed/suppressor.ts';

/** Rules that load. */
export type SoundRules = LoadedRules & { readonly ruleset: Ruleset };

/** What is examined, and with what. */
export interface Patient {
  readonly connection: Connection;
  /** Of findings, read at the pace of its quota. */
  readonly source: FindingSource;
  readonly stack: string;
  /** The rules here, for comparison; null where there are none. */
  readonly rules: SoundRules | null;
  /** Pages of a hundred suppressed findings. */
  readonly mostPages: number;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Told how many suppressed findings were looked at. */
  readonly onPage: (findings: number) => void;
}

/** Looks at the account and Region, asking nothing that changes anything. What cannot be looked at is told as such. */
export async function examine(patient: Patient): Promise<Examination> {
  const { connection, stack, nowMs } = patient;
  const [hub, newHub] = [await readHub(connection), await readNewHub(connection)];
  const stackReading: Answer<StackReading> = await answerOf(() =>
    readStackOutputs(stack, STACK_PARTS, OPTIONAL_STACK_PARTS),
  );
  const decisionBus = decisionBusOf(stackReading);
  const bus = await readBus(connection);
  const prefix = (patient.rules?.ruleset.config ?? DEFAULT_CONFIG).prefix;
  const hasHub = hub.kind === 'unanswered' || hub.value !== null;
  const observations = [
    ...checkHub(hub, newHub),
    ...(hasHub ? await placeOf(connection) : []),
    checkStack(stackReading, stack),
    ...(decisionBus === null
      ? []
      : [checkDecisionBus(await readDecisionBus(connection, decisionBus), decisionBus)]),
    ...(hasHub ? await othersWriting(patient) : []),
    ...(newHub.kind === 'answered' && newHub.value !== null
      ? checkNewRules(await readNewAutomationRules(connection))
      : []),
    ...checkBus(bus, { ownQueueArn: ownQueueOf(stackReading), prefix }),
  ];
  const inOrder = observations.toSorted((a, b) => TOPICS.indexOf(a.topic) - TOPICS.indexOf(b.topic));
  const arn = hub.kind === 'answered' ? hub.value?.arn : undefined;
  return { region: connection.region, accountId: arn?.split(':')[4] ?? null, observations: inOrder, nowMs };
}

async function placeOf(connection: Connection): Promise<readonly Observation[]> {
  const organization = await readOrganization(connection);
  const aggregation = await readAggregation(connection);
  return [...checkAdministrator(organization), checkAggregation(aggregation, connection.region)];
}

async function othersWriting(patient: Patient): Promise<readonly Observation[]> {
  const { connection, source, rules, mostPages, nowMs, onPage } = patient;
  const natives = await readAutomationRules(connection);
  const configs = natives.kind === 'answered' ? natives.value : [];
  const suppressing = suppressingNativeRules(configs, nowMs);
  const config = rules?.ruleset.config ?? DEFAULT_CONFIG;
  const { callsPerSecond, burst } = GET_FINDINGS_PACE;
  const pace = {
    bucket: createTokenBucket(callsPerSecond, burst, systemClock),
    clock: systemClock,
    deadlineMs: Number.POSITIVE_INFINITY,
  };
  const suppressed = await countSuppressed(
    { source, pace, nowMs },
    (finding) => suppressorOf(finding, config, suppressing),
    mostPages,
    onPage,
  );
  return [
    ...checkNativeRules(natives, rules === null ? null : compareWithNative(configs, rules, nowMs)),
    checkSuppressions(suppressed),
  ];
}
