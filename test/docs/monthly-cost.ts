/**
 * What a deployment costs a month, in US dollars by the list prices of us-east-1 as of November 2026, without free
 * tiers. Delivery of events from AWS services by EventBridge, and Security Hub's API, cost nothing.
 */
export interface Usage {
  /** Finding events a day on the bus. */
  readonly eventsPerDay: number;
  /** Share of them that the event pattern lets into the queue, 0 to 1. */
  readonly passing: number;
  /** Share of all events that lead to an update, 0 to 1. */
  readonly updating: number;
  readonly alarmMetrics: number;
  readonly customMetrics: number;
  /** Active findings, which each sweep reads. */
  readonly findings: number;
}

export interface MonthlyCost {
  readonly fixed: number;
  readonly queues: number;
  readonly compute: number;
  readonly log: number;
  readonly sweep: number;
  readonly total: number;
}

/** https://aws.amazon.com/sqs/pricing, and of lambda, cloudwatch, step-functions and eventbridge. */
export const PRICES = {
  sqsPerMillionRequests: 0.4,
  lambdaPerMillionInvocations: 0.2,
  lambdaPerGbSecondArm: 0.0000133334,
  logPerGb: 0.5,
  transitionsPerThousand: 0.025,
  customEventsPerMillion: 1,
  alarmMetric: 0.1,
  customMetric: 0.3,
  dashboard: 3,
} as const;

/** What one unit of work takes: measured on the local account where a figure is given, and rounded up. */
export const WORK = {
  days: 30,
  /** Sent one by one; received and deleted in tens. */
  sqsRequestsPerMessage: 1.2,
  /** Five long polls of 20 s at a time, all month. */
  sqsIdleRequests: 5 * 3 * 60 * 24 * 30,
  /** Two environments, a window of 10 s: no more can start. */
  mostInvocations: 2 * 6 * 60 * 24 * 30,
  memoryGb: 0.5,
  /** docs/performance.md: 0.24 ms on a whole core at 100 rules; 512 MB have a third of one. */
  secondsPerMessage: 0.001,
  secondsPerInvocation: 0.05,
  /** 3 calls a second, and docs/api-calls.md: 1.24 updates a call where rules write texts of their own. */
  secondsPerUpdate: 1 / 3 / 1.24,
  bytesPerUpdate: 700,
  bytesPerInvocation: 2_500,
} as const;

/** docs/existing-findings.md. A pass that sent something is followed by another, after a quarter of an hour. */
const SWEEP = {
  passes: 2,
  findingsPerCall: 100,
  secondsPerCall: 1,
  secondsBetweenPasses: 900,
  secondsPerStretch: 240,
  transitions: { start: 5, pause: 1, stretch: 2 },
} as const;
const SECONDS_PER_DAY = 86_400;

function secondsOfSweep(findings: number): number {
  return SWEEP.passes * Math.ceil(findings / SWEEP.findingsPerCall) * SWEEP.secondsPerCall;
}

/** Of one sweep, in US dollars, without what the findings that it sends cost as events. */
export function sweepCost(findings: number): number {
  const seconds = secondsOfSweep(findings);
  const stretches = SWEEP.passes * Math.ceil(seconds / SWEEP.passes / SWEEP.secondsPerStretch);
  const { start, pause, stretch } = SWEEP.transitions;
  return (
    seconds * WORK.memoryGb * PRICES.lambdaPerGbSecondArm +
    (stretches / 1e6) * PRICES.lambdaPerMillionInvocations +
    ((start + pause + stretches * stretch) / 1e3) * PRICES.transitionsPerThousand
  );
}

/** By the daily schedule, which is passed over while a sweep is still running. */
export function sweepsPerMonth(findings: number): number {
  const days = Math.ceil((secondsOfSweep(findings) + SWEEP.secondsBetweenPasses) / SECONDS_PER_DAY);
  return WORK.days / days;
}

/** What a decision bus adds: an event for each update, none over the 64 KB billed as one; a metric, an alarm. */
export function decisionEventsCost({
  eventsPerDay,
  updating,
}: Pick<Usage, 'eventsPerDay' | 'updating'>): number {
  const put = eventsPerDay * WORK.days * updating;
  return (put / 1e6) * PRICES.customEventsPerMillion + PRICES.customMetric + PRICES.alarmMetric;
}

export function monthlyCost(usage: Usage): MonthlyCost {
  const events = usage.eventsPerDay * WORK.days;
  const messages = events * usage.passing;
  const updates = events * usage.updating;
  const invocations = Math.min(messages, WORK.mostInvocations);
  const seconds =
    messages * WORK.secondsPerMessage +
    invocations * WORK.secondsPerInvocation +
    updates * WORK.secondsPerUpdate;
  const cost = {
    fixed:
      usage.alarmMetrics * PRICES.alarmMetric + usage.customMetrics * PRICES.customMetric + PRICES.dashboard,
    queues:
      ((messages * WORK.sqsRequestsPerMessage + WORK.sqsIdleRequests) / 1e6) * PRICES.sqsPerMillionRequests,
    compute:
      (invocations / 1e6) * PRICES.lambdaPerMillionInvocations +
      seconds * WORK.memoryGb * PRICES.lambdaPerGbSecondArm,
    log: ((updates * WORK.bytesPerUpdate + invocations * WORK.bytesPerInvocation) / 1e9) * PRICES.logPerGb,
    sweep: sweepsPerMonth(usage.findings) * sweepCost(usage.findings),
  };
  return { ...cost, total: cost.fixed + cost.queues + cost.compute + cost.log + cost.sweep };
}
