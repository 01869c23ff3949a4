import { type Sabotage, sabotage } from './sabotage.ts';

const PLAN = 'lib/triage/plan.ts';
const PACED = 'lambdas/triage/paced-call.ts';
const FAILURE = 'lambdas/triage/call-failure.ts';
const HUB = 'lambdas/triage/security-hub.ts';
const LANE = 'lambdas/triage/payload-lane.ts';

/** Bugs in how calls are made, paced and classified. */
export const OF_CALLS: readonly Sabotage[] = [
  {
    says: 'what does not fit into the first hundred of a payload is lost',
    foundBy: ['I8'],
    edits: [
      {
        file: PLAN,
        from: 'for (let at = 0; at < findings.length; at +=',
        to: 'for (let at = 0; at < 1; at +=',
      },
      {
        file: 'lib/triage/settle.ts',
        from: "return outcomeOf(decision, 'returned', decision.update, NOT_SENT);",
        to: "return outcomeOf(decision, 'unchanged', null);",
      },
    ],
  },
  sabotage('a call holds 101 findings', ['I9'], PLAN, 'at + UPDATE_LIMITS.findingsPerCall)', 'at + 101)'),
  sabotage(
    'payloads are grouped by their first member',
    ['I2'],
    PLAN,
    'const payload = canonicalJson(update);',
    'const payload = canonicalJson(Object.values(update)[0]);',
  ),
  sabotage(
    'findings are told apart by Id alone',
    ['I16'],
    PLAN,
    'const key = findingKey(finding);',
    'const key = finding.Id;',
  ),
  {
    says: 'a payload is blamed for the first finding that is refused alone',
    foundBy: ['I15'],
    edits: [
      { file: LANE, from: 'const TRIALS = 5;', to: 'const TRIALS = 1;' },
      { file: LANE, from: 'const SMALL_PART = 10;', to: 'const SMALL_PART = 1;' },
    ],
  },
  sabotage(
    'the budget of calls is ignored',
    ['I10'],
    'lambdas/triage/token-bucket.ts',
    'if (tokens >= 1) {',
    'if (tokens >= -1e9) {',
  ),
  sabotage(
    'reads have no quota of their own',
    ['I10'],
    'lambdas/triage/instance.ts',
    'readsPerSecond, READS_AT_ONCE',
    '20, 20',
  ),
  sabotage(
    'the SDK tries again on its own, past the budget',
    ['I10'],
    HUB,
    'maxAttempts: 1',
    'maxAttempts: 5',
  ),
  sabotage(
    'the deadline is ignored',
    ['I9'],
    PACED,
    'pace.deadlineMs - LAST_START_MS',
    'pace.deadlineMs + 3_600_000',
  ),
  sabotage(
    'calls have no time limit',
    ['I9'],
    HUB,
    'throwOnRequestTimeout: true',
    'throwOnRequestTimeout: false',
  ),
  sabotage(
    'a failing call is made forty times, one after the other',
    ['I10'],
    PACED,
    'const CALL_ATTEMPTS = 4;',
    'const CALL_ATTEMPTS = 40;',
  ),
  sabotage(
    'the hourly budget of suppressions is ignored',
    ['I11'],
    'lambdas/triage/suppression-budget.ts',
    'return left >= 0 ? one',
    'return left >= -1e9 ? one',
  ),
  sabotage(
    'what may have been suppressed is outside the budget',
    ['I11'],
    'lambdas/triage/suppression-budget.ts',
    '(isConfirmed || end.mayStand) && budget',
    'isConfirmed && budget',
  ),
  sabotage(
    'throttling is taken for a fault of the findings',
    ['I15'],
    FAILURE,
    "return 'throttled';",
    "return 'refused';",
  ),
  sabotage(
    'a missing permission is taken for a fault of the findings',
    ['I15'],
    FAILURE,
    "if (/^(AccessDenied|InvalidAccess|ExpiredToken)/.test(code)) return 'denied';",
    "if (/^(AccessDenied|InvalidAccess|ExpiredToken)/.test(code)) return 'refused';",
  ),
  sabotage(
    'a clock that is wrong is taken for a fault of the findings',
    ['I15'],
    FAILURE,
    "if (CLOCK_SKEW.test(code)) return 'unavailable';",
    "if (CLOCK_SKEW.test(code)) return 'refused';",
  ),
  sabotage(
    'an outage is taken for a fault of the findings',
    ['I15'],
    FAILURE,
    "    return 'unavailable';\n  if (status === 401",
    "    return 'refused';\n  if (status === 401",
  ),
  sabotage(
    'the role is denied a field that its rules write',
    ['I12'],
    'lib/infrastructure/permissions/findings-access.ts',
    '...NEVER_WRITTEN.map(denyField)',
    "...[...NEVER_WRITTEN, 'Types'].map(denyField)",
  ),
];
