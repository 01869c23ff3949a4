/** Whether deciding a letter again can help: as it is, where there is still a finding, once mended, or not at all. */
export type RedriveAdvice = 'helps' | 'helps unless it is gone' | 'helps once that is done' | 'does not help';

/** What an operator has to know of one cause; the README's table and the commands say it in these words. */
export interface CauseAdvice {
  /** As they stand in `causeCode`, or in EventBridge's `ERROR_CODE`. */
  readonly codes: readonly string[];
  readonly meaning: string;
  readonly impact: string;
  readonly remedy: string;
  readonly redrive: RedriveAdvice;
}

/** SQS moved the event here: nothing of ours wrote a cause. */
export const NO_CAUSE = 'none';
/** Whatever this version of the product does not know. */
export const OTHER_CAUSE = 'any other';

const NOT_UPDATED = 'The finding stands as it was.';

/** Causes in the dead-letter queue, in the order of the README's table. */
export const DEAD_LETTER_CAUSES: readonly CauseAdvice[] = [
  {
    codes: [NO_CAUSE],
    meaning:
      'SQS moved the event after fourteen tries: Security Hub was out of reach or denied, a budget was spent, or the function crashed.',
    impact: 'Its findings were not decided, or their updates not confirmed.',
    remedy: 'Read the function’s log for that time and mend what it names.',
    redrive: 'helps once that is done',
  },
  {
    codes: ['FindingNotFound'],
    meaning: 'Security Hub did not know the finding, asked several times within seconds.',
    impact: 'None where it is gone. One that is there after all stands as it was.',
    remedy: 'Let redrive tell, without --apply: it reads each again. Discard those that are gone.',
    redrive: 'helps unless it is gone',
  },
  {
    codes: ['FindingSizeExceeded'],
    meaning: 'With the update the finding would exceed 240 KB.',
    impact: NOT_UPDATED,
    remedy: 'Let the rules write less on it: shorter notes, fewer types, fewer fields.',
    redrive: 'helps once that is done',
  },
  {
    codes: ['InvalidInput', 'InvalidInputException'],
    meaning: 'Security Hub refuses a value of the update.',
    impact: 'The finding stands as it was, and so does each other one that the rule decides.',
    remedy: 'Mend the value in the rule that the letter names, and deploy.',
    redrive: 'helps once that is done',
  },
  {
    codes: [
      'InvalidParameter…',
      'MissingParameter…',
      'Validation…',
      'Serialization…',
      'Malformed…',
      'Invalid…',
    ],
    meaning:
      'Security Hub refuses the whole request, also for the finding alone, or for five that were drawn by lot from all it was meant for.',
    impact: NOT_UPDATED,
    remedy: 'Look at the update in the letter; mend the rule, or report it to us with the code.',
    redrive: 'helps once that is done',
  },
  {
    codes: ['ConcurrentUpdateError', 'InternalFailure', 'NotAccounted'],
    meaning: 'Security Hub did not confirm the update in four tries.',
    impact: 'The finding stands as it was, or was updated unconfirmed.',
    remedy: 'Nothing: what was done meanwhile is not done twice.',
    redrive: 'helps',
  },
  {
    codes: ['DuplicatedFindingIdentifier'],
    meaning: 'Security Hub says that one call named the finding twice: a bug of ours.',
    impact: NOT_UPDATED,
    remedy: 'Report it with the letter’s ruleset.',
    redrive: 'helps',
  },
  {
    codes: ['MarkTooLarge', 'TooManyUserDefinedFields'],
    meaning: 'What the product has to remember does not fit on the finding.',
    impact: NOT_UPDATED,
    remedy: 'Let fewer rules decide it, or free some of its 50 user-defined fields.',
    redrive: 'helps once that is done',
  },
  {
    codes: ['MalformedEvent', 'InvalidFinding'],
    meaning: 'The message is no event of Security Hub, or its finding has no identity.',
    impact: 'Nothing was decided: no call could name the finding.',
    remedy: 'Find out who sent it: only the event rule, the redrive role and the sweep may.',
    redrive: 'does not help',
  },
  {
    codes: ['DecisionFailed', 'DecisionRefused'],
    meaning: 'Deciding the finding failed: a bug of ours.',
    impact: NOT_UPDATED,
    remedy: 'Report it with the letter’s ruleset; deploy a version without it.',
    redrive: 'helps once that is done',
  },
  {
    codes: ['Unknown', OTHER_CAUSE],
    meaning: 'Security Hub gave a code that this version does not know, or none.',
    impact: NOT_UPDATED,
    remedy: 'Look the code up in the API reference of BatchUpdateFindings, then redrive one letter.',
    redrive: 'helps once that is done',
  },
];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
export const UNDELIVERED_CAUSES: readonly CauseAdvice[] = [
  {
    codes: ['NO_PERMISSIONS'],
    meaning: 'The ingest queue’s policy does not let the event rule send.',
    impact: 'No finding reaches the function until that is mended.',
    remedy: 'Deploy again: that restores the policy.',
    redrive: 'helps once that is done',
  },
  {
    codes: ['NO_RESOURCE'],
    meaning: 'The ingest queue is gone.',
    impact: 'No finding reaches the function until that is mended.',
    remedy: 'Deploy again. SQS gives a deleted queue’s name free after 60 seconds.',
    redrive: 'helps once that is done',
  },
  {
    codes: ['THROTTLING', 'TIMEOUT', 'INTERNAL_ERROR', 'CONNECTION_FAILURE'],
    meaning: 'SQS did not take the event for as long as EventBridge tried.',
    impact: 'These findings were not decided.',
    remedy: 'Nothing, once SQS is well again.',
    redrive: 'helps',
  },
  {
    codes: [OTHER_CAUSE],
    meaning: 'EventBridge gave up for a reason of its own.',
    impact: 'These findings were not decided.',
    remedy: 'Read ERROR_MESSAGE in the letter and mend what it names.',
    redrive: 'helps once that is done',
  },
];

/** What there is to say of a code; `list` is that of the queue the letter is in. */
export function adviceOn(code: string, list: readonly CauseAdvice[]): CauseAdvice {
  const byName = list.find(({ codes }) => codes.includes(code));
  const byStart = () => list.find(({ codes }) => codes.some((known) => startsAs(code, known)));
  const found = byName ?? byStart() ?? list.find(({ codes }) => codes.includes(OTHER_CAUSE));
  if (found === undefined) throw new Error('A list of causes has an entry for any other code.');
  return found;
}

function startsAs(code: string, known: string): boolean {
  return known.endsWith('…') && code.startsWith(known.slice(0, -1));
}

/** The table as Markdown, as the README shows it. */
export function causeTable(heading: string, list: readonly CauseAdvice[]): string {
  const rows = list.map(({ codes, meaning, impact, remedy, redrive }) => {
    const names = codes.map((code) => (code.includes(' ') || code === NO_CAUSE ? code : `\`${code}\``));
    return `| ${names.join(', ')} | ${meaning} | ${impact} | ${remedy} | ${redrive} |`;
  });
  return [`| ${heading} | cause | impact | what to do | redrive |`, '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}
