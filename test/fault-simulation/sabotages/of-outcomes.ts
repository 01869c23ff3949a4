import { type Sabotage, sabotage } from './sabotage.ts';

const ENDING = 'lambdas/triage/ending.ts';
const QUEUES = 'lambdas/triage/queues.ts';
const ACKNOWLEDGE = 'lambdas/triage/acknowledge.ts';
const REMEMBER = 'lambdas/triage/remember.ts';
const REPLY = 'lib/triage/reply.ts';

/** Bugs in what becomes of messages, replies and dead letters. */
export const OF_OUTCOMES: readonly Sabotage[] = [
  sabotage(
    'a message is acknowledged before its dead letter is durable',
    ['I8'],
    ENDING,
    'lettered.filter((_, position) => !confirmed.has(position))',
    '[]',
  ),
  sabotage(
    'Failed[] of a batch send is ignored',
    ['I8'],
    QUEUES,
    'pack.flatMap(([position]) => (confirmed.has(position) ? [position] : []))',
    'pack.map(([position]) => position)',
  ),
  sabotage(
    'a send that failed counts as confirmed',
    ['I8'],
    QUEUES,
    "failures.call('SendMessageBatch', error);\n      return [];",
    'return pack.map(([position]) => position);',
  ),
  sabotage(
    'of several messages with one finding only the first waits for its outcome',
    ['I8'],
    ENDING,
    'messageIds: intake.messagesOf.get(key) ?? []',
    'messageIds: (intake.messagesOf.get(key) ?? []).slice(0, 1)',
  ),
  sabotage(
    'a returned finding is acknowledged where a neighbour was done',
    ['I8'],
    ACKNOWLEDGE,
    'return { batchItemFailures: returned.map(({ id }) => ({ itemIdentifier: id })) };',
    'return { batchItemFailures: [] };',
  ),
  sabotage(
    'postponed acts are acknowledged',
    ['I8'],
    ACKNOWLEDGE,
    'new Set([...postponedIds, ',
    'new Set([...postponedIds.slice(0, 0), ',
  ),
  sabotage(
    'the visibility of returned messages is not changed',
    ['I16'],
    ACKNOWLEDGE,
    'await (await queues()).delay(delays, timeoutMs)',
    'delays.length * timeoutMs * 0',
  ),
  sabotage(
    'returned messages come again after 30 s, however often they came',
    ['I16'],
    ACKNOWLEDGE,
    'FIRST_DELAY_SECONDS * 2 ** Math.max(0, receiveCount - 1)',
    'FIRST_DELAY_SECONDS + 0 * receiveCount',
  ),
  sabotage(
    'a batch in which everything failed for the time being is answered, not thrown',
    ['I16'],
    ACKNOWLEDGE,
    'if (returned.length === messages.length && allFailed(report)) throw transientFailure(report);',
    '',
  ),
  sabotage(
    'an empty 200 is trusted',
    ['I7'],
    REPLY,
    'else failed.push({ finding, cause: NOT_ACCOUNTED });',
    'else processed.push(finding);',
  ),
  sabotage(
    'UnprocessedFindings is ignored',
    ['I7'],
    REPLY,
    'if (cause !== undefined) failed.push({ finding, cause });',
    'if (cause !== undefined) processed.push(finding);',
  ),
  sabotage(
    'identifiers are matched by position',
    ['I7'],
    REPLY,
    'else if (done.has(key)) processed.push(finding);',
    'else if (sent.indexOf(finding) < done.size) processed.push(finding);',
  ),
  sabotage(
    'identifiers are matched by Id alone',
    ['I7'],
    REPLY,
    'const key = findingKey(finding);\n    const cause',
    'const key = [...done, ...causes.keys()].find((one) => one.endsWith(JSON.stringify(finding.Id) + "]")) ?? "";\n    const cause',
  ),
  sabotage(
    'terminal codes are tried again',
    ['I10'],
    REPLY,
    '    default:\n      return 1;',
    '    default:\n      return 1000;',
  ),
  sabotage('ConcurrentUpdateError is final', ['I15'], REPLY, "    case 'ConcurrentUpdateError':\n", ''),
  sabotage(
    'what was sent and not confirmed is remembered as done',
    ['I8'],
    REMEMBER,
    'if (isUpdated) deliveries.remember(covered, end.atMs);',
    'if (end !== undefined) deliveries.remember(covered, end.atMs);',
  ),
  sabotage(
    'the dead letter leaves its finding out',
    ['I8'],
    'lambdas/triage/dead-letter.ts',
    'findings: [finding] };',
    'findings: [] };',
  ),
  sabotage(
    'a dead letter shows its finding as the oldest event of the batch does',
    ['I1'],
    ENDING,
    'findingDeadLetter(snapshot.envelope, (press ?? snapshot).finding, {',
    'findingDeadLetter(snapshot.envelope, one.covered[0]?.finding ?? snapshot.finding, {',
  ),
  sabotage(
    'a body that cannot be read is dropped',
    ['I8'],
    ENDING,
    '...intake.malformed.map(',
    '...intake.malformed.slice(0, 0).map(',
  ),
];
