import { type Edit, type Sabotage, sabotage } from './sabotage.ts';

const NEWEST = 'lib/triage/newest.ts';
const DECISIONS = 'lambdas/triage/decisions.ts';
const INSTANCE = 'lib/triage/instance.ts';
const CONSIDER = 'lib/triage/consider.ts';
const INVARIANTS = 'test/fault-simulation/invariants/invariants.ts';
const COMPOSE = 'lib/triage/compose-update.ts';

/** I2 would see it sooner; that I6 sees it by itself is what is tried. */
const I6_ALONE: readonly Edit[] = [
  {
    file: INVARIANTS,
    from: '[noLoss, noInvention, exactness, convergence, idempotence, personsFirst, accounting, ackSafety]',
    to: '[personsFirst]',
  },
  {
    file: INVARIANTS,
    from: '[limits, rate, blastRadius, leastPrivilege, secrecy, usefulness, returning]',
    to: '[]',
  },
];

/** Bugs in what is decided, on which state, and against whom. */
export const OF_DECISIONS: readonly Sabotage[] = [
  sabotage(
    'the oldest state of a batch is decided, not the newest',
    ['I8'],
    NEWEST,
    'isNewer(snapshot, known) ? snapshot : known',
    'isNewer(snapshot, known) ? known : snapshot',
  ),
  sabotage(
    'a press is forgotten behind another event',
    ['I8'],
    NEWEST,
    'if (act === null) return',
    'if (act !== undefined) return',
  ),
  sabotage(
    'findings are decided by Id alone',
    ['I7'],
    NEWEST,
    'const key = findingKey(snapshot.finding);',
    'const key = snapshot.finding.Id;',
  ),
  sabotage(
    'what is old is not read again',
    ['I6', 'I5'],
    DECISIONS,
    'snapshot.timeMs !== null && !isRecent(snapshot, context)',
    'false',
  ),
  sabotage(
    'what is old is believed for two hours',
    ['I6'],
    DECISIONS,
    'const STALE_AFTER_MS = 15 * 60 * 1000;',
    'const STALE_AFTER_MS = 120 * 60 * 1000;',
  ),
  {
    says: 'an old press writes over what a person set since, with I6 as the only judge',
    foundBy: ['I6'],
    edits: [
      {
        file: 'lib/triage/rule-on-finding.ts',
        from: 'const isLater = pressedOn && changesSince(pressedOn, { ...situation, ...considered });',
        to: 'const isLater = pressedOn && (() => false);',
      },
      ...I6_ALONE,
    ],
  },
  sabotage(
    'of two buttons the one whose message comes last has the last word',
    ['I6', 'I8'],
    DECISIONS,
    'if (lastMs === null) return',
    'if (true) return',
  ),
  sabotage('what comes back is not read again', ['I6'], DECISIONS, 'isOld || snapshot.redelivered', 'isOld'),
  sabotage(
    'updates are sent although nothing would change',
    ['I9'],
    'lib/triage/rule-on-finding.ts',
    'changes.size > 0 || resolution',
    'ordinary.matching.length > 0 || resolution',
  ),
  sabotage(
    'an observing function writes',
    ['I2', 'I12'],
    'lambdas/triage/pipeline.ts',
    "mode === 'enforce' ? decided",
    "mode !== 'paused' ? decided",
  ),
  sabotage('a hold is ignored', ['I2'], INSTANCE, "hold.trim().toLowerCase() !== 'off'", "hold === '?'"),
  sabotage(
    'the mark of another instance is ignored',
    ['I2'],
    INSTANCE,
    'looksLikeMark(value)',
    'value === "?"',
  ),
  sabotage(
    "a person's value is written over",
    ['I8', 'I2'],
    'lib/triage/verdict.ts',
    "if (standing.owner !== 'other' && !isLater) return 'write';",
    "if (standing.owner !== '?') return 'write';",
  ),
  sabotage(
    'reopened by the service is taken for a person',
    ['I2', 'I8'],
    'lib/triage/ownership.ts',
    "(entry === 'NOTIFIED' || entry === 'RESOLVED')",
    "entry === '?'",
  ),
  {
    says: 'our SUPPRESSED put back to NEW by a person counts as free, with I6 as the only judge',
    foundBy: ['I6'],
    edits: [
      {
        file: 'lib/triage/ownership.ts',
        from: "(entry === 'NOTIFIED' || entry === 'RESOLVED')",
        to: "(entry === 'NOTIFIED' || entry === 'RESOLVED' || entry === 'SUPPRESSED')",
      },
      ...I6_ALONE,
    ],
  },
  sabotage(
    'CRITICAL findings may be suppressed',
    ['I2'],
    'lib/triage/verdict.ts',
    "if (severity.base === 'CRITICAL') return true;",
    "if (severity.base === 'CRITICAL') return false;",
  ),
  sabotage(
    'the mark is not sent',
    ['I2'],
    COMPOSE,
    'if (needed) fields.set(own.set',
    "if (own.set === '?') fields.set(own.set",
  ),
  sabotage(
    'user-defined fields are sent without those of others',
    ['I2'],
    COMPOSE,
    'const fields = new Map(current);',
    'const fields = new Map([...current].filter(([key]) => key.startsWith(prefix)));',
  ),
  sabotage(
    'a withdrawal suppresses',
    ['I2'],
    'lib/triage/withdraw.ts',
    "isDone(finding) ? undefined : 'NEW'",
    "isDone(finding) ? undefined : 'SUPPRESSED'",
  ),
  sabotage(
    'a withdrawn severity falls below the provider',
    ['I2'],
    'lib/triage/withdraw.ts',
    'return rankBefore > severityRank(provider) ? before : provider;',
    "return 'INFORMATIONAL';",
  ),
  sabotage(
    'an expired rule still counts',
    ['I2'],
    CONSIDER,
    'if (!matched || expired || (',
    'if (!matched || (',
  ),
  sabotage(
    'a rule that only observes is enforced',
    ['I2'],
    CONSIDER,
    "mode === 'enforce' && rule.mode === 'observe'",
    "rule.name === '?'",
  ),
  sabotage('stop is ignored', ['I2'], CONSIDER, 'rule.stop === true', 'rule.name === "?"'),
  sabotage(
    'the rule of the lowest priority decides',
    ['I2'],
    'lib/triage/merge.ts',
    '} else if (earlier === undefined) {',
    '} else {',
  ),
  sabotage(
    'a log line quotes the finding',
    ['I13'],
    'lambdas/triage/log-report.ts',
    'cause: cause?.code };\n    if',
    'cause: cause?.code, decided: outcome };\n    if',
  ),
  sabotage(
    'suppressions are not counted',
    ['I11'],
    'lambdas/triage/measure.ts',
    'NewlySuppressed: newlySuppressed',
    'NewlySuppressed: 0',
  ),
];
