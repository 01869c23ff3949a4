import { NEVER_WRITTEN, writePermissionsOf } from '../rules/permissions/write-permissions.ts';
import { DEFAULT_CONFIG } from '../rules/ruleset.ts';

/** What AWS's documentation leaves open, and how the product is built to either answer. */
export interface Question {
  /** Stable: the name of the answer in account-facts.json. */
  readonly id: string;
  readonly asks: string;
  /** Every answer there can be, with what it means. */
  readonly answers: Readonly<Record<string, string>>;
  /** Why either answer does no harm; or what it does. */
  readonly product: string;
  /** What is needed beside the right to import, update and read findings. */
  readonly needs: 'hub' | 'events' | 'role' | 'nativeRule';
}

const KEPT = {
  replaced: 'what stood there is gone unless it is sent again',
  merged: 'what stood there stays',
};
const FULL_VALUE = 'The full wanted value is always sent.';
const EMPTY = {
  refused: 'the call is refused',
  cleared: 'what stood there is gone',
  kept: 'it changes nothing',
};
const EXCESS = {
  callRefused: 'the call is refused for all of its findings',
  findingUnprocessed: 'each finding comes back unprocessed',
  taken: 'the value is taken',
};
const KNOWN_BEFORE = 'Lint and the dead letters know the limits before a call is made.';
const DENIED = { enforced: 'the call is denied', ignored: 'the call is carried out in spite of the Deny' };
const ROLE_HOLDS = 'Where it is ignored, synthesis warns: the role is weaker than it reads.';

/**
 * The members of BatchUpdateFindings that a policy can name, as the function's role denies them. Those of
 * BatchUpdateFindingsV2, which it denies as well, are not asked: the synthetic finding is not of the new Security Hub.
 */
export const DENIED_KEYS: readonly string[] = [
  ...writePermissionsOf({ rules: [], config: DEFAULT_CONFIG }).flatMap(({ keys }) => keys),
  ...NEVER_WRITTEN,
];
/** Those of which single values are denied. */
export const DENIED_VALUE_KEYS = ['Workflow.Status', 'VerificationState'] as const;

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'updatedAt',
    asks: 'Does an update change UpdatedAt?',
    answers: { unchanged: 'it does not', changed: 'it does' },
    product: 'A finding is known to be newer by its event where UpdatedAt does not say.',
    needs: 'hub',
  },
  {
    id: 'userDefinedFields',
    asks: 'Are user-defined fields merged with those on the finding, or put in their place?',
    answers: KEPT,
    product: FULL_VALUE,
    needs: 'hub',
  },
  {
    id: 'types',
    asks: 'Are types merged with those on the finding, or put in their place?',
    answers: KEPT,
    product: FULL_VALUE,
    needs: 'hub',
  },
  {
    id: 'relatedFindings',
    asks: 'Are related findings merged with those on the finding, or put in their place?',
    answers: KEPT,
    product: FULL_VALUE,
    needs: 'hub',
  },
  {
    id: 'emptyTypes',
    asks: 'Is an empty list taken?',
    answers: EMPTY,
    product: 'An empty list is never sent.',
    needs: 'hub',
  },
  {
    id: 'emptyUserDefinedFields',
    asks: 'Is an empty map taken?',
    answers: EMPTY,
    product: 'An empty map is never sent: the mark is in it.',
    needs: 'hub',
  },
  {
    id: 'severityConflict',
    asks: 'Which counts, where a severity’s label and number contradict each other?',
    answers: {
      label: 'the label',
      normalized: 'the number',
      refused: 'neither: the call is refused',
    },
    product: 'Labels alone are sent.',
    needs: 'hub',
  },
  {
    id: 'tooManyIdentifiers',
    asks: 'What becomes of a call with 101 identifiers?',
    answers: { refused: 'the call is refused', taken: 'the call is carried out' },
    product: 'A call has 100 at most.',
    needs: 'hub',
  },
  {
    id: 'tooManyUserDefinedFields',
    asks: 'What becomes of a call with 51 user-defined fields?',
    answers: EXCESS,
    product: KNOWN_BEFORE,
    needs: 'hub',
  },
  {
    id: 'tooLongValue',
    asks: 'What becomes of a user-defined value of 1,025 characters?',
    answers: EXCESS,
    product: KNOWN_BEFORE,
    needs: 'hub',
  },
  {
    id: 'noteOfSeveralLines',
    asks: 'May a note have several lines?',
    answers: { ...EXCESS, taken: 'it may' },
    product: 'A refused note ends as a dead letter, with its cause.',
    needs: 'hub',
  },
  {
    id: 'noOpEvent',
    asks: 'Does an update that changes nothing send an event?',
    answers: { sent: 'it sends one', silent: 'it sends none' },
    product: 'Deciding again after applying sends nothing, so both come to rest.',
    needs: 'events',
  },
  {
    id: 'anythingBut',
    asks: 'Does anything-but match a list of which one value is excepted?',
    answers: {
      oneValue: 'it matches: another value is enough',
      everyValue: 'it does not: every value counts',
    },
    product:
      'Patterns ask it of severity, workflow status and record state alone. It would matter in an event of several findings, and AWS documents one.',
    needs: 'events',
  },
  {
    id: 'patternLength',
    asks: 'Does the limit of 2,048 characters count the white space of a pattern?',
    answers: { compact: 'it does not', asSent: 'it does' },
    product: 'Patterns are sent without white space.',
    needs: 'events',
  },
  {
    id: 'nativeRules',
    asks: 'Do native automation rules act on an update as well?',
    answers: {
      onImports: 'they act on what providers import alone',
      onUpdatesToo: 'they act on updates, too',
    },
    product:
      'triage doctor names native rules that write what rules here write. Where they act on updates, too, they take back at once what a rule here overwrites.',
    needs: 'nativeRule',
  },
  ...DENIED_KEYS.map(
    (key): Question => ({
      id: `deny.${key}`,
      asks: `Is a Deny of ${key} heeded?`,
      answers: DENIED,
      product: ROLE_HOLDS,
      needs: 'role',
    }),
  ),
  ...DENIED_VALUE_KEYS.map(
    (key): Question => ({
      id: `denyValues.${key}`,
      asks: `Is a Deny of single values of ${key} heeded?`,
      answers: { ...DENIED, all: 'values that are not named are denied as well' },
      product: `${ROLE_HOLDS} Where all are denied, withdrawals fail and an alarm says so.`,
      needs: 'role',
    }),
  ),
];
